#include "adapters/render/report_json.hpp"

#include "adapters/render/words.hpp"
#include "base/iso_time.hpp"
#include "base/json_text.hpp"

#include <boost/json.hpp>
#include <cmath>
#include <fmt/format.h>
#include <set>

namespace mcp::adapters {
namespace {

using domain::Figure;
using language::Language;
namespace json = boost::json;

constexpr double kSatsPerBitcoin = 1e8;

json::value to_value(Sat amount) {
    return amount.value;
}
json::value to_value(Msat amount) {
    return amount.value;
}
json::value to_value(int number) {
    return number;
}
json::value to_value(std::int64_t number) {
    return number;
}
json::value to_value(double number) {
    return number;
}

template <typename Amount>
json::value value_or_null(const std::optional<Amount>& amount) {
    return amount ? json::value(amount->value) : json::value();
}

json::value to_value(const domain::ChannelFee& fee) {
    return json::object{{"base_msat", fee.base.value},
                        {"ppm", fee.rate.value},
                        {"inbound_base_msat", value_or_null(fee.inbound_base)},
                        {"inbound_ppm", value_or_null(fee.inbound_rate)}};
}

json::value to_value(Time time) {
    return json::value(iso_time(time));
}
json::value to_value(Day day) {
    return json::value(iso_time(day));
}
json::value to_value(const domain::PubKey& key) {
    return json::value(key.hex());
}
json::value to_value(domain::FeeLevel level) {
    return json::value(word(level));
}
json::value to_value(domain::ClosingReason reason) {
    return json::value(word(reason));
}
json::value to_value(domain::ClosedBy by) {
    return json::value(word(by));
}

/// Who tells what can be told by the node itself or by the graph.
std::string_view teller(bool is_told_by_node) {
    return is_told_by_node ? "node" : "graph";
}

json::value word_or_null(domain::DisabledBy by) {
    return by == domain::DisabledBy::nobody ? json::value() : json::value(word(by));
}

json::array strings(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

std::string asset_id(std::string_view user_id, Day date) {
    const std::chrono::year_month_day day(date);
    return fmt::format("daily_report_{}_{:04}{:02}{:02}", user_id, static_cast<int>(day.year()),
                       static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

/// Writes the document and remembers every gap on the way, so that no null can be forgotten in `absent`.
class Encoder {
public:
    Encoder(const domain::Report& report, Language language, const ports::Bookkeeping& bookkeeping)
        : report_(report), language_(language), bookkeeping_(bookkeeping) {}

    json::object document() {
        json::object doc{{"report_id", report_.report_id},
                         {"user_id", report_.user_id},
                         {"tenant_id", report_.tenant_id},
                         {"node_pubkey", report_.node.hex()},
                         {"node_alias", report_.node_alias},
                         {"report_date", iso_time(report_.report_date)},
                         {"generation_timestamp", iso_time(report_.generated_at)},
                         {"report_version", domain::kReportVersion},
                         {"language", language::code(language_)},
                         {"graph_as_of", graph_date()}};
        doc["summary"] = summary();
        doc["metrics"] = metrics();
        doc["channels"] = channels();
        doc["peers"] = peers();
        doc["changes"] = changes();
        doc["recommendations"] = recommendations();
        doc["alerts"] = alerts(report_.alerts);
        doc["resolved_alerts"] = alerts(report_.resolved_alerts);
        doc["trends"] = trends();
        doc["score"] = score();
        doc["onchain"] = onchain();
        doc["btc_price"] = bitcoin_price();
        doc["providers"] = providers();
        doc["closed_channels"] = closed_channels();
        doc["node"] = node();
        doc["sources"] = sources();
        doc["warnings"] = texts(report_.warnings);
        add_bookkeeping(doc);
        doc["absent"] = std::move(absent_);
        return doc;
    }

private:
    [[nodiscard]] std::string text(const Message& message) const { return language::render(message, language_); }

    [[nodiscard]] json::array texts(const std::vector<Message>& messages) const {
        json::array list;
        for (const Message& message : messages) {
            list.emplace_back(text(message));
        }
        return list;
    }

    /// The name of the graph source that served today stands for every one of them.
    [[nodiscard]] std::string_view served(std::string_view source) const {
        return source == domain::source::kGraph && !report_.sources.empty() ? report_.sources.front().name : source;
    }

    void note_gap(std::string_view path, const domain::Absence& absence) {
        const std::string reason = text(absence.reason);
        if (gaps_.emplace(path, reason).second) {
            absent_.push_back(json::object{{"path", path}, {"reason", reason}, {"source", served(absence.source)}});
        }
    }

    template <typename T>
    json::value figure(std::string_view path, const Figure<T>& figure) {
        if (!figure) {
            note_gap(path, figure.absence());
            return nullptr;
        }
        return to_value(*figure);
    }

    json::value graph_date() {
        if (!report_.graph_as_of) {
            note_gap("graph_as_of", {{"absent.undated_graph", {}}, domain::source::kGraph});
            return nullptr;
        }
        return json::value(iso_time(*report_.graph_as_of));
    }

    json::object summary() {
        const domain::Summary& s = report_.summary;
        const Figure<double> bitcoin =
            s.capacity.map([](const Sat& sats) { return static_cast<double>(sats.value) / kSatsPerBitcoin; });
        return {{"overall_score", figure("summary.overall_score", s.overall_score)},
                {"score_delta_24h", figure("summary.score_delta_24h", s.score_delta_24h)},
                {"status", word(s.status)},
                {"critical_alerts", s.critical_alerts},
                {"warnings", s.warnings},
                {"capacity_btc", figure("summary.capacity_btc", bitcoin)},
                {"channels_count", s.channels_count},
                {"forwarding_rate_24h", figure("summary.forwarding_rate_24h", s.forwarding_rate_24h)},
                {"revenue_sats_24h", figure("summary.revenue_sats_24h", s.revenue_24h)},
                {"headline", text(s.headline)}};
    }

    json::object metrics() {
        return {{"capacity", capacity_metrics()},
                {"channels", channel_metrics()},
                {"forwarding", forwarding_metrics()},
                {"fees", fee_metrics()},
                {"network", network_metrics()}};
    }

    json::object capacity_metrics() {
        const domain::CapacityMetrics& m = report_.capacity;
        return {{"total_sats", figure("metrics.capacity.total_sats", m.total)},
                {"local_balance", figure("metrics.capacity.local_balance", m.local_balance)},
                {"remote_balance", figure("metrics.capacity.remote_balance", m.remote_balance)},
                {"liquidity_ratio", figure("metrics.capacity.liquidity_ratio", m.liquidity_ratio)},
                {"rank", figure("metrics.capacity.rank", m.rank)},
                {"rank_change_24h", figure("metrics.capacity.rank_change_24h", m.rank_change_24h)}};
    }

    json::object channel_metrics() {
        const domain::ChannelMetrics& m = report_.channel_metrics;
        return {{"active", figure("metrics.channels.active", m.active)},
                {"inactive", figure("metrics.channels.inactive", m.inactive)},
                {"pending", figure("metrics.channels.pending", m.pending)},
                {"told_by", teller(m.is_told_by_node)},
                {"avg_capacity_sats", figure("metrics.channels.avg_capacity_sats", m.avg_capacity)},
                {"median_capacity_sats", figure("metrics.channels.median_capacity_sats", m.median_capacity)},
                {"rank", figure("metrics.channels.rank", m.rank)},
                {"rank_change_24h", figure("metrics.channels.rank_change_24h", m.rank_change_24h)}};
    }

    json::object forwarding_metrics() {
        const domain::ForwardingMetrics& m = report_.forwarding;
        return {{"forwards_24h", figure("metrics.forwarding.forwards_24h", m.forwards_24h)},
                {"forwards_7d", figure("metrics.forwarding.forwards_7d", m.forwards_7d)},
                {"success_rate_24h", figure("metrics.forwarding.success_rate_24h", m.success_rate_24h)},
                {"revenue_24h", figure("metrics.forwarding.revenue_24h", m.revenue_24h.map(to_sat_floor))},
                {"revenue_7d", figure("metrics.forwarding.revenue_7d", m.revenue_7d.map(to_sat_floor))},
                {"revenue_24h_msat", figure("metrics.forwarding.revenue_24h_msat", m.revenue_24h)},
                {"revenue_7d_msat", figure("metrics.forwarding.revenue_7d_msat", m.revenue_7d)},
                {"volume_24h_msat", figure("metrics.forwarding.volume_24h_msat", m.volume_24h)},
                {"volume_7d_msat", figure("metrics.forwarding.volume_7d_msat", m.volume_7d)}};
    }

    json::object fee_metrics() {
        const domain::FeeMetrics& m = report_.fees;
        return {{"avg_fee_rate", figure("metrics.fees.avg_fee_rate", m.avg_fee_rate)},
                {"min_fee_rate", figure("metrics.fees.min_fee_rate", m.min_fee_rate)},
                {"max_fee_rate", figure("metrics.fees.max_fee_rate", m.max_fee_rate)},
                {"base_fee_avg", figure("metrics.fees.base_fee_avg", m.base_fee_avg)},
                {"median_fee_rate", figure("metrics.fees.median_fee_rate", m.median_fee_rate)},
                {"median_base_fee", figure("metrics.fees.median_base_fee", m.median_base_fee)},
                {"weighted_fee_rate",
                 {{"p10", figure("metrics.fees.weighted_fee_rate.p10", m.weighted_p10)},
                  {"p50", figure("metrics.fees.weighted_fee_rate.p50", m.weighted_p50)},
                  {"p90", figure("metrics.fees.weighted_fee_rate.p90", m.weighted_p90)}}}};
    }

    json::object network_metrics() {
        const domain::NetworkMetrics& m = report_.network;
        return {{"uptime_24h", figure("metrics.network.uptime_24h", m.uptime_24h)},
                {"peer_count", m.peer_count},
                {"centrality_score", figure("metrics.network.centrality_score", m.by_fee_500k.percentile)},
                {"betweenness_rank", figure("metrics.network.betweenness_rank", m.by_fee_500k.rank)},
                {"betweenness_change_24h", figure("metrics.network.betweenness_change_24h", m.betweenness_change_24h)},
                {"betweenness_change_7d", figure("metrics.network.betweenness_change_7d", m.betweenness_change_7d)},
                {"concentration_hhi", figure("metrics.network.concentration_hhi", m.concentration_hhi)},
                {"stuck_with_silent_peers_sats",
                 figure("metrics.network.stuck_with_silent_peers_sats", m.stuck_with_silent_peers)},
                {"position",
                 {{"hops", position("hops", m.hops)},
                  {"50k", position("50k", m.by_fee_50k)},
                  {"500k", position("500k", m.by_fee_500k)},
                  {"5m", position("5m", m.by_fee_5m)}}}};
    }

    json::object position(std::string_view size, const domain::Position& p) {
        const std::string path = fmt::format("metrics.network.position.{}.", size);
        return {{"betweenness", figure(path + "betweenness", p.betweenness)},
                {"rank", figure(path + "rank", p.rank)},
                {"percentile", figure(path + "percentile", p.percentile)},
                {"carriers", p.carriers}};
    }

    json::value fee(const std::string& path, const Figure<domain::ChannelFee>& told) {
        if (told && !told->inbound_rate) {
            const domain::Absence untold{{"absent.no_inbound_fees", {}}, domain::source::kGraph};
            note_gap(path + ".inbound_base_msat", untold);
            note_gap(path + ".inbound_ppm", untold);
        }
        return figure(path, told);
    }

    json::array channels() {
        json::array rows;
        for (const domain::ReportChannel& c : report_.channels) {
            rows.push_back(json::object{{"channel_id", c.id_text},
                                        {"peer_pubkey", c.peer.hex()},
                                        {"peer_alias", c.peer_alias},
                                        {"capacity_sats", figure("channels[].capacity_sats", c.capacity)},
                                        {"age_days", figure("channels[].age_days", c.age_days)},
                                        {"last_update_days", figure("channels[].last_update_days", c.last_update_days)},
                                        {"own_fee", fee("channels[].own_fee", c.own_fee)},
                                        {"peer_fee", fee("channels[].peer_fee", c.peer_fee)},
                                        {"disabled_by", word_or_null(c.disabled_by)},
                                        {"max_htlc_sats", figure("channels[].max_htlc_sats", c.max_htlc)},
                                        {"local_sats", figure("channels[].local_sats", c.local)},
                                        {"remote_sats", figure("channels[].remote_sats", c.remote)}});
        }
        return rows;
    }

    json::array peers() {
        json::array rows;
        for (const domain::ReportPeer& p : report_.peers) {
            rows.push_back(
                json::object{{"peer_pubkey", p.peer.hex()},
                             {"peer_alias", p.peer_alias},
                             {"channels", p.channels},
                             {"capacity_sats", figure("peers[].capacity_sats", p.capacity)},
                             {"own_price_ppm", figure("peers[].own_price_ppm", p.own_price)},
                             {"market_p10_ppm", figure("peers[].market_p10_ppm", p.market_p10)},
                             {"market_median_ppm", figure("peers[].market_median_ppm", p.market_median)},
                             {"market_p95_ppm", figure("peers[].market_p95_ppm", p.market_p95)},
                             {"own_quantile", figure("peers[].own_quantile", p.own_quantile)},
                             {"price_to_be_paid_ppm", figure("peers[].price_to_be_paid_ppm", p.price_to_be_paid)},
                             {"rivals", p.rivals}});
        }
        return rows;
    }

    json::value change_state(const std::string& path, const std::optional<domain::ChangeState>& state) {
        if (!state) {
            return nullptr;
        }
        json::object object;
        if (state->capacity) {
            object["capacity_sats"] = state->capacity->value;
        }
        if (state->fee) {
            object["fee"] = fee(path + ".fee", *state->fee);
        }
        if (state->disabled) {
            object["disabled"] = *state->disabled;
        }
        return object;
    }

    json::value time_of(const domain::ReportChange& change) {
        if (!change.at) {
            note_gap("changes[].at", {{"absent.time_of_change", {}}, domain::source::kGraph});
            return nullptr;
        }
        return json::value(iso_time(*change.at));
    }

    json::value changes() {
        if (!report_.changes) {
            note_gap("changes", report_.changes.absence());
            return nullptr;
        }
        json::array rows;
        for (const domain::ReportChange& c : *report_.changes) {
            rows.push_back(json::object{{"kind", word(c.kind)},
                                        {"channel_id", c.channel_id},
                                        {"peer_pubkey", c.peer.hex()},
                                        {"peer_alias", c.peer_alias},
                                        {"side", c.by_peer ? "peer" : "own"},
                                        {"before", change_state("changes[].before", c.before)},
                                        {"after", change_state("changes[].after", c.after)},
                                        {"at", time_of(c)},
                                        {"text", text(c.text)}});
        }
        return rows;
    }

    json::array recommendations() {
        json::array rows;
        for (const domain::Recommendation& r : report_.recommendations) {
            rows.push_back(json::object{
                {"rule", r.rule},
                {"priority", word(r.priority)},
                {"category", word(r.category)},
                {"title", text(r.title)},
                {"description", text(r.description)},
                {"impact_score", r.impact_score},
                {"channels_affected", strings(r.channels_affected)},
                {"suggested_action", text(r.suggested_action)},
                {"command_lnd", r.command_lnd},
                {"command_cln", r.command_cln},
                {"estimated_gain_sats_month", figure("recommendations[].estimated_gain_sats_month", r.gain_a_month)},
                {"onchain_cost_sats", figure("recommendations[].onchain_cost_sats", r.onchain_cost)},
                {"confidence", text(r.confidence)},
                {"valid_until", iso_time(r.valid_until)}});
        }
        return rows;
    }

    [[nodiscard]] json::array alerts(const std::vector<domain::Alert>& list) const {
        json::array rows;
        for (const domain::Alert& a : list) {
            rows.push_back(json::object{{"id", a.id},
                                        {"severity", word(a.severity)},
                                        {"type", a.type},
                                        {"title", text(a.title)},
                                        {"description", text(a.description)},
                                        {"detected_at", iso_time(a.since)},
                                        {"requires_action", a.requires_action},
                                        {"state", word(a.state)},
                                        {"days", a.days},
                                        {"days_is_lower_bound", a.days_is_lower_bound}});
        }
        return rows;
    }

    template <typename T>
    json::array series(std::string_view path, const std::vector<Figure<T>>& values) {
        json::array list;
        for (const Figure<T>& value : values) {
            list.push_back(figure(path, value));
        }
        return list;
    }

    static std::vector<Figure<Sat>> whole_satoshi(const std::vector<Figure<Msat>>& amounts) {
        std::vector<Figure<Sat>> whole;
        for (const Figure<Msat>& amount : amounts) {
            whole.push_back(amount.map(to_sat_floor));
        }
        return whole;
    }

    json::object trends() {
        const domain::Trends& t = report_.trends;
        json::array dates;
        for (const Day day : t.days) {
            dates.emplace_back(iso_time(day));
        }
        return {{"dates_7d", std::move(dates)},
                {"score_evolution_7d", series("trends.score_evolution_7d[]", t.score)},
                {"revenue_evolution_7d", series("trends.revenue_evolution_7d[]", whole_satoshi(t.revenue))},
                {"revenue_msat_evolution_7d", series("trends.revenue_msat_evolution_7d[]", t.revenue)},
                {"forward_rate_evolution_7d", series("trends.forward_rate_evolution_7d[]", t.forward_rate)},
                {"capacity_evolution_7d", series("trends.capacity_evolution_7d[]", t.capacity)}};
    }

    /// What the part was computed from; why it is absent, where it has nothing more to say.
    static const Message& inputs_of(const domain::ScorePart& part) {
        return !part.value && part.inputs.key == "score.absent" ? part.value.absence().reason : part.inputs;
    }

    json::object score() {
        json::array parts;
        for (const domain::ScorePart& p : report_.score.parts) {
            parts.push_back(json::object{{"name", p.name},
                                         {"value", figure("score.parts[].value", p.value)},
                                         {"weight", p.weight},
                                         {"inputs", text(inputs_of(p))},
                                         {"change_24h", figure("score.parts[].change_24h", p.change_24h)},
                                         {"told_by", teller(p.is_told_by_node)}});
        }
        const std::string basis = text({"score.basis",
                                        {{"present", std::int64_t{report_.score.parts_present}},
                                         {"all", static_cast<std::int64_t>(report_.score.parts.size())}}});
        return {{"parts", std::move(parts)}, {"basis", basis}};
    }

    json::object onchain() {
        const domain::OnchainFigures& o = report_.onchain;
        return {{"fees",
                 {{"next_block_sat_vb", figure("onchain.fees.next_block_sat_vb", o.next_block)},
                  {"half_hour_sat_vb", figure("onchain.fees.half_hour_sat_vb", o.half_hour)},
                  {"hour_sat_vb", figure("onchain.fees.hour_sat_vb", o.hour)},
                  {"economy_sat_vb", figure("onchain.fees.economy_sat_vb", o.economy)},
                  {"minimum_sat_vb", figure("onchain.fees.minimum_sat_vb", o.minimum)}}},
                {"as_of", figure("onchain.as_of", o.as_of)},
                {"usual_hour_sat_vb", figure("onchain.usual_hour_sat_vb", o.usual_hour)},
                {"days_compared", o.days_compared},
                {"level", figure("onchain.level", o.level)}};
    }

    json::object bitcoin_price() {
        const domain::PriceFigures& p = report_.bitcoin_price;
        return {{"usd", figure("btc_price.usd", p.usd)},
                {"eur", figure("btc_price.eur", p.eur)},
                {"as_of", figure("btc_price.as_of", p.as_of)}};
    }

    /// null when nobody told, with the reason of each that could have.
    template <typename Row, typename Encode>
    json::value told(std::string_view path, const domain::Told<Row>& told, Encode encode) {
        for (const domain::Absence& gap : told.gaps) {
            note_gap(path, gap);
        }
        if (!told.gaps.empty()) {
            return nullptr;
        }
        json::array rows;
        for (const Row& row : told.rows) {
            rows.push_back(encode(row));
        }
        return rows;
    }

    json::object providers() {
        const auto network = [&](const domain::CountedNetwork& n) {
            return json::object{
                {"source", n.source},
                {"as_of", figure("providers.network[].as_of", n.as_of)},
                {"asked_at", figure("providers.network[].asked_at", n.asked_at)},
                {"channels", figure("providers.network[].channels", n.channels)},
                {"nodes", figure("providers.network[].nodes", n.nodes)},
                {"capacity_sats", figure("providers.network[].capacity_sats", n.capacity)},
                {"median_capacity_sats", figure("providers.network[].median_capacity_sats", n.median_capacity)},
                {"median_fee_ppm", figure("providers.network[].median_fee_ppm", n.median_fee_rate)}};
        };
        const auto node = [&](const domain::CountedNode& n) {
            return json::object{
                {"source", n.source},
                {"alias", n.alias},
                {"as_of", figure("providers.node[].as_of", n.as_of)},
                {"asked_at", figure("providers.node[].asked_at", n.asked_at)},
                {"first_seen", figure("providers.node[].first_seen", n.first_seen)},
                {"capacity_sats", figure("providers.node[].capacity_sats", n.capacity)},
                {"channels", figure("providers.node[].channels", n.channels)},
                {"closed_channels", figure("providers.node[].closed_channels", n.closed_channels)},
                {"capacity_rank", figure("providers.node[].capacity_rank", n.capacity_rank)},
                {"channels_rank", figure("providers.node[].channels_rank", n.channels_rank)},
                {"median_fee_ppm_out", figure("providers.node[].median_fee_ppm_out", n.median_fee_rate_out)},
                {"median_fee_ppm_in", figure("providers.node[].median_fee_ppm_in", n.median_fee_rate_in)},
                {"weighted_fee_ppm_out", figure("providers.node[].weighted_fee_ppm_out", n.weighted_fee_rate_out)},
                {"weighted_fee_ppm_in", figure("providers.node[].weighted_fee_ppm_in", n.weighted_fee_rate_in)},
                {"earlier_as_of", figure("providers.node[].earlier_as_of", n.earlier_as_of)},
                {"capacity_sats_then", figure("providers.node[].capacity_sats_then", n.capacity_then)},
                {"channels_then", figure("providers.node[].channels_then", n.channels_then)}};
        };
        return {{"network", told("providers.network", report_.provider_networks, network)},
                {"node", told("providers.node", report_.provider_nodes, node)}};
    }

    json::object closing(const domain::ReportClosing& c) {
        json::array told_by;
        for (const domain::ToldClosing& t : c.told_by) {
            told_by.push_back(
                json::object{{"source", t.source},
                             {"reason", figure("closed_channels[].told_by[].reason", t.reason)},
                             {"closed_at", figure("closed_channels[].told_by[].closed_at", t.closed_at)},
                             {"closed_height", figure("closed_channels[].told_by[].closed_height", t.closed_height)},
                             {"capacity_sats", figure("closed_channels[].told_by[].capacity_sats", t.capacity)},
                             {"closed_by", figure("closed_channels[].told_by[].closed_by", t.closed_by)}});
        }
        return {{"channel_id", c.channel_id},
                {"peer_pubkey", figure("closed_channels[].peer_pubkey", c.peer)},
                {"peer_alias", c.peer_alias},
                {"told_by", std::move(told_by)}};
    }

    json::value closed_channels() {
        return told("closed_channels", report_.closed_channels,
                    [&](const domain::ReportClosing& c) { return closing(c); });
    }

    // What the user's own node tells.

    static std::string in_node(std::string_view key) { return fmt::format("node.{}", key); }

    template <typename T, typename Encode>
    json::value list(std::string_view path, const Figure<std::vector<T>>& rows, Encode encode) {
        if (!rows) {
            note_gap(path, rows.absence());
            return nullptr;
        }
        json::array array;
        for (const T& row : *rows) {
            array.push_back(encode(row));
        }
        return array;
    }

    static json::array htlcs(const std::vector<domain::ReportHtlc>& list) {
        json::array rows;
        for (const domain::ReportHtlc& h : list) {
            rows.push_back(json::object{{"direction", h.incoming ? "in" : "out"},
                                        {"amount_msat", h.amount.value},
                                        {"blocks_left", h.blocks_left}});
        }
        return rows;
    }

    json::object node_channel(const domain::ReportNodeChannel& c) {
        return {{"channel_id", c.channel_id},
                {"peer_pubkey", c.peer.hex()},
                {"peer_alias", c.peer_alias},
                {"announced", c.is_announced},
                {"active", c.is_active},
                {"capacity_sats", c.capacity.value},
                {"local_msat", c.local.value},
                {"remote_msat", c.remote.value},
                {"can_send_msat", c.can_send.value},
                {"can_receive_msat", c.can_receive.value},
                {"pending_htlcs", htlcs(c.htlcs)},
                {"peer_uptime", figure(in_node("channels[].peer_uptime"), c.peer_uptime)},
                {"forwards_in_7d", figure(in_node("channels[].forwards_in_7d"), c.forwards_in_7d)},
                {"forwards_out_7d", figure(in_node("channels[].forwards_out_7d"), c.forwards_out_7d)},
                {"fees_7d_half_each_msat", figure(in_node("channels[].fees_7d_half_each_msat"), c.fees_7d)},
                {"fees_7d_outgoing_msat", figure(in_node("channels[].fees_7d_outgoing_msat"), c.fees_out_7d)}};
    }

    json::object pending_channel(const domain::ReportPending& p) {
        return {{"kind", word(p.kind)},
                {"funding_outpoint", p.funding_outpoint},
                {"peer_pubkey", p.peer.hex()},
                {"peer_alias", p.peer_alias},
                {"capacity_sats", p.capacity.value},
                {"own_sats", p.ours.value},
                {"blocks_left", figure(in_node("pending_channels[].blocks_left"), p.blocks_left)},
                {"closing_txid", p.closing_txid}};
    }

    json::value wallet(const Figure<domain::ReportWallet>& told) {
        if (!told) {
            note_gap(in_node("wallet"), told.absence());
            return nullptr;
        }
        return json::object{
            {"confirmed_sats", told->confirmed.value},
            {"unconfirmed_sats", told->unconfirmed.value},
            {"anchor_reserve_sats", figure(in_node("wallet.anchor_reserve_sats"), told->anchor_reserve)}};
    }

    [[nodiscard]] json::array doubts(const domain::ReportNode& n) const {
        json::array rows;
        for (const domain::NodeDoubt doubt : n.doubts) {
            rows.emplace_back(word(doubt));
        }
        return rows;
    }

    [[nodiscard]] json::array gaps(const domain::ReportNode& n) const {
        json::array rows;
        for (const domain::ReportGap& gap : n.gaps) {
            rows.push_back(json::object{{"part", word(gap.part)}, {"reason", text(gap.why)}});
        }
        return rows;
    }

    json::object passing(const domain::ReportNode& n) {
        return {{"amount_msat", n.usual_forward.value},
                {"amount_is_own", n.usual_forward_is_own},
                {"send_share", figure(in_node("usual_forward.send_share"), n.send_share)},
                {"receive_share", figure(in_node("usual_forward.receive_share"), n.receive_share)}};
    }

    json::value node() {
        if (!report_.own_node) {
            note_gap("node", report_.own_node.absence());
            return nullptr;
        }
        const domain::ReportNode& n = *report_.own_node;
        json::object doc{{"kind", word(n.kind)},
                         {"alias", n.alias},
                         {"version", n.version},
                         {"read_at", iso_time(n.read_at)},
                         {"block_height", n.block_height},
                         {"partial", !n.doubts.empty() || !n.gaps.empty()},
                         {"doubts", doubts(n)},
                         {"gaps", gaps(n)},
                         {"local_msat", figure(in_node("local_msat"), n.local)},
                         {"remote_msat", figure(in_node("remote_msat"), n.remote)},
                         {"unsettled_local_msat", figure(in_node("unsettled_local_msat"), n.unsettled_local)},
                         {"unsettled_remote_msat", figure(in_node("unsettled_remote_msat"), n.unsettled_remote)}};
        doc["usual_forward"] = passing(n);
        doc["wallet"] = wallet(n.wallet);
        doc["peers_connected"] = figure(in_node("peers_connected"), n.peers_connected);
        doc["chain_fees_24h_msat"] = figure(in_node("chain_fees_24h_msat"), n.chain_fees_24h);
        doc["chain_fees_7d_msat"] = figure(in_node("chain_fees_7d_msat"), n.chain_fees_7d);
        doc["fees_7d_of_gone_channels_msat"] =
            figure(in_node("fees_7d_of_gone_channels_msat"), n.fees_gone_channels_7d);
        doc["credential_expires"] = figure(in_node("credential_expires"), n.credential_expires);
        doc["pending_channels"] = list(in_node("pending_channels"), n.pending,
                                       [&](const domain::ReportPending& p) { return pending_channel(p); });
        doc["channels"] =
            list(in_node("channels"), n.channels, [&](const domain::ReportNodeChannel& c) { return node_channel(c); });
        return doc;
    }

    [[nodiscard]] json::array sources() const {
        json::array rows;
        for (const domain::SourceState& s : report_.sources) {
            rows.push_back(
                json::object{{"name", s.name},
                             {"status", word(s.status)},
                             {"fetched_at", s.fetched_at ? json::value(iso_time(*s.fetched_at)) : json::value()},
                             {"age_seconds", s.age_seconds ? json::value(*s.age_seconds) : json::value()},
                             {"error", s.error ? json::value(text(*s.error)) : json::value()}});
        }
        return rows;
    }

    void add_bookkeeping(json::object& doc) const {
        doc["rag_asset_id"] = asset_id(report_.user_id, report_.report_date);
        doc["rag_indexed"] = false; // no index of the assets is built yet
        doc["generation_status"] = "completed";
        doc["error_message"] = nullptr;
        doc["retry_count"] = bookkeeping_.retry_count;
        doc["created_at"] = iso_time(bookkeeping_.created_at);
        doc["updated_at"] = iso_time(bookkeeping_.updated_at);
    }

    const domain::Report& report_;
    Language language_;
    const ports::Bookkeeping& bookkeeping_;
    json::array absent_;
    std::set<std::pair<std::string, std::string>> gaps_;
};

} // namespace

std::string report_json(const domain::Report& report, Language language, const ports::Bookkeeping& bookkeeping) {
    return json_text(Encoder(report, language, bookkeeping).document());
}

std::string report_json(const domain::Report& report, Language language) {
    return report_json(report, language,
                       {.retry_count = 0, .created_at = report.generated_at, .updated_at = report.generated_at});
}

std::string failed_report_json(const ports::FailedReport& report) {
    const domain::User& user = report.user;
    return json_text(json::object{{"report_id", report.report_id},
                                  {"user_id", user.id},
                                  {"tenant_id", user.tenant},
                                  {"node_pubkey", user.node ? json::value(user.node->hex()) : json::value()},
                                  {"report_date", iso_time(report.report_date)},
                                  {"generation_timestamp", iso_time(report.bookkeeping.updated_at)},
                                  {"report_version", domain::kReportVersion},
                                  {"language", language::code(user.language)},
                                  {"generation_status", "failed"},
                                  {"error_message", language::render(report.error, user.language)},
                                  {"retry_count", report.bookkeeping.retry_count},
                                  {"created_at", iso_time(report.bookkeeping.created_at)},
                                  {"updated_at", iso_time(report.bookkeeping.updated_at)}});
}

} // namespace mcp::adapters
