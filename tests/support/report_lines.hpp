#pragma once
#include "base/iso_time.hpp"
#include "domain/report.hpp"
#include "language/language.hpp"

#include <fmt/format.h>
#include <string>
#include <vector>

/// A report as lines of text, to compare whole reports and to ask a law of every figure in one.
namespace mcp::test {

struct ReportLine {
    std::string name;
    std::string value;  ///< empty: absent
    std::string reason; ///< of an absent one, in both languages
    std::string_view source;

    bool operator==(const ReportLine&) const = default;
};

class ReportLines {
public:
    [[nodiscard]] static std::vector<ReportLine> of(const domain::Report& report) {
        ReportLines made;
        made.summary(report.summary);
        made.metrics(report);
        made.lists(report);
        made.changes(report);
        made.advice(report);
        made.days_and_score(report);
        made.outside(report);
        made.own_node(report);
        return std::move(made.lines_);
    }

private:
    static std::string both(const Message& message) {
        return language::render(message, language::Language::en) + " / " +
               language::render(message, language::Language::fr);
    }

    static std::string shown(int value) { return std::to_string(value); }
    static std::string shown(std::int64_t value) { return std::to_string(value); }
    static std::string shown(double value) { return fmt::format("{:.9g}", value); }
    static std::string shown(Time value) { return iso_time(value); }
    static std::string shown(Day value) { return iso_time(value); }
    static std::string shown(domain::FeeLevel level) { return std::to_string(static_cast<int>(level)); }
    static std::string shown(domain::ClosedBy by) { return std::to_string(static_cast<int>(by)); }
    static std::string shown(Msat value) { return std::to_string(value.value) + " msat"; }
    static std::string shown(domain::ClosingReason reason) { return std::to_string(static_cast<int>(reason)); }
    static std::string shown(const domain::PubKey& key) { return key.hex(); }
    static std::string shown(Sat value) { return std::to_string(value.value) + " sat"; }
    static std::string shown(const domain::ChannelFee& fee) {
        const auto text = [](const auto& amount) { return amount ? std::to_string(amount->value) : "untold"; };
        return fmt::format("{} {} {} {}", fee.base.value, fee.rate.value, text(fee.inbound_base),
                           text(fee.inbound_rate));
    }

    void say(const std::string& name, std::string value) { lines_.push_back({name, std::move(value), {}, {}}); }
    void say(const std::string& name, const Message& message) { say(name, both(message)); }
    template <typename T>
    void say(const std::string& name, const domain::Figure<T>& figure) {
        if (figure) {
            say(name, shown(*figure));
        } else {
            lines_.push_back({name, {}, both(figure.absence().reason), figure.absence().source});
        }
    }

    void summary(const domain::Summary& s) {
        say("score", s.overall_score);
        say("delta", s.score_delta_24h);
        say("status", fmt::format("{} {} {}", static_cast<int>(s.status), s.critical_alerts, s.warnings));
        say("summary capacity", s.capacity);
        say("count", std::to_string(s.channels_count));
        say("forwarding rate", s.forwarding_rate_24h);
        say("revenue", s.revenue_24h);
        say("headline", s.headline);
    }

    void position(const std::string& name, const domain::Position& p) {
        say(name + " betweenness", p.betweenness);
        say(name + " rank", p.rank);
        say(name + " percentile", p.percentile);
        say(name + " carriers", std::to_string(p.carriers));
    }

    void metrics(const domain::Report& r) {
        say("capacity", r.capacity.total);
        say("local", r.capacity.local_balance);
        say("remote", r.capacity.remote_balance);
        say("liquidity", r.capacity.liquidity_ratio);
        say("capacity rank", r.capacity.rank);
        say("capacity rank change", r.capacity.rank_change_24h);
        say("active", r.channel_metrics.active);
        say("inactive", r.channel_metrics.inactive);
        say("pending", r.channel_metrics.pending);
        say("avg capacity", r.channel_metrics.avg_capacity);
        say("median capacity", r.channel_metrics.median_capacity);
        say("channel rank", r.channel_metrics.rank);
        say("channel rank change", r.channel_metrics.rank_change_24h);
        say("forwards 24h", r.forwarding.forwards_24h);
        say("forwards 7d", r.forwarding.forwards_7d);
        say("success rate", r.forwarding.success_rate_24h);
        say("revenue 24h", r.forwarding.revenue_24h);
        say("revenue 7d", r.forwarding.revenue_7d);
        say("volume 24h", r.forwarding.volume_24h);
        say("volume 7d", r.forwarding.volume_7d);
        say("avg fee", r.fees.avg_fee_rate);
        say("min fee", r.fees.min_fee_rate);
        say("max fee", r.fees.max_fee_rate);
        say("base fee", r.fees.base_fee_avg);
        say("median fee", r.fees.median_fee_rate);
        say("median base", r.fees.median_base_fee);
        say("weighted p10", r.fees.weighted_p10);
        say("weighted p50", r.fees.weighted_p50);
        say("weighted p90", r.fees.weighted_p90);
        say("uptime", r.network.uptime_24h);
        say("peer count", std::to_string(r.network.peer_count));
        position("hops", r.network.hops);
        position("50k", r.network.by_fee_50k);
        position("500k", r.network.by_fee_500k);
        position("5m", r.network.by_fee_5m);
        say("betweenness 24h", r.network.betweenness_change_24h);
        say("betweenness 7d", r.network.betweenness_change_7d);
        say("hhi", r.network.concentration_hhi);
        say("stuck", r.network.stuck_with_silent_peers);
    }

    void lists(const domain::Report& r) {
        for (const domain::ReportChannel& c : r.channels) {
            const std::string name = "channel " + c.id_text + " ";
            say(name + "peer", c.peer.hex() + " " + c.peer_alias);
            say(name + "capacity", c.capacity);
            say(name + "age", c.age_days);
            say(name + "last update", c.last_update_days);
            say(name + "own fee", c.own_fee);
            say(name + "peer fee", c.peer_fee);
            say(name + "disabled", std::to_string(static_cast<int>(c.disabled_by)));
            say(name + "max htlc", c.max_htlc);
            say(name + "local", c.local);
            say(name + "remote", c.remote);
        }
        for (const domain::ReportPeer& p : r.peers) {
            const std::string name = "peer " + p.peer.hex() + " ";
            say(name + "channels", fmt::format("{} {} {}", p.peer_alias, p.channels, p.rivals));
            say(name + "capacity", p.capacity);
            say(name + "own price", p.own_price);
            say(name + "p10", p.market_p10);
            say(name + "median", p.market_median);
            say(name + "p95", p.market_p95);
            say(name + "quantile", p.own_quantile);
            say(name + "to be paid", p.price_to_be_paid);
        }
    }

    void changes(const domain::Report& r) {
        if (!r.changes) {
            lines_.push_back({"changes", {}, both(r.changes.absence().reason), r.changes.absence().source});
            return;
        }
        for (const domain::ReportChange& c : *r.changes) {
            say("change " + c.channel_id, both(c.text) + " " + c.peer.hex());
        }
    }

    void advice(const domain::Report& r) {
        for (const domain::Recommendation& a : r.recommendations) {
            const std::string name = "advice " + std::string(a.rule) + " ";
            say(name + "texts", both(a.title) + both(a.description) + both(a.suggested_action) + both(a.confidence));
            say(name + "commands", a.command_lnd + a.command_cln + " " + fmt::format("{}", a.impact_score));
            say(name + "gain", a.gain_a_month);
            say(name + "on-chain cost", a.onchain_cost);
            for (const std::string& id : a.channels_affected) {
                say(name + "channel", id);
            }
        }
        for (const auto* alerts : {&r.alerts, &r.resolved_alerts}) {
            for (const domain::Alert& a : *alerts) {
                say("alert " + a.id,
                    both(a.title) + both(a.description) +
                        fmt::format("{} {} {}", static_cast<int>(a.severity), static_cast<int>(a.state), a.days));
            }
        }
    }

    void days_and_score(const domain::Report& r) {
        for (std::size_t i = 0; i < r.trends.days.size(); ++i) {
            say("trend score", r.trends.score.at(i));
            say("trend capacity", r.trends.capacity.at(i));
            say("trend revenue", r.trends.revenue.at(i));
            say("trend forwards", r.trends.forward_rate.at(i));
        }
        for (const domain::ScorePart& part : r.score.parts) {
            say(std::string(part.name), part.value);
            say(std::string(part.name) + " change", part.change_24h);
            say(std::string(part.name) + " inputs", part.inputs);
            say(std::string(part.name) + " told by", std::to_string(static_cast<int>(part.is_told_by_node)));
        }
        for (const Message& warning : r.warnings) {
            say("warning", warning);
        }
    }

    template <typename Row>
    void gaps(const std::string& name, const domain::Told<Row>& told) {
        for (const domain::Absence& gap : told.gaps) {
            lines_.push_back({name, {}, both(gap.reason), gap.source});
        }
    }

    void outside(const domain::Report& r) {
        say("fee next block", r.onchain.next_block);
        say("fee half hour", r.onchain.half_hour);
        say("fee hour", r.onchain.hour);
        say("fee economy", r.onchain.economy);
        say("fee minimum", r.onchain.minimum);
        say("fee as of", r.onchain.as_of);
        say("fee usual", r.onchain.usual_hour);
        say("fee level", r.onchain.level);
        say("fee days", std::to_string(r.onchain.days_compared));
        say("usd", r.bitcoin_price.usd);
        say("eur", r.bitcoin_price.eur);
        say("price as of", r.bitcoin_price.as_of);
        gaps("networks", r.provider_networks);
        gaps("nodes", r.provider_nodes);
        gaps("closings", r.closed_channels);
        for (const domain::CountedNetwork& n : r.provider_networks.rows) {
            const std::string name = "network of " + std::string(n.source) + " ";
            say(name + "as of", n.as_of);
            say(name + "asked at", n.asked_at);
            say(name + "channels", n.channels);
            say(name + "nodes", n.nodes);
            say(name + "capacity", n.capacity);
            say(name + "median capacity", n.median_capacity);
            say(name + "median fee", n.median_fee_rate);
        }
        counted_nodes(r);
        closings(r);
        for (const domain::SourceState& s : r.sources) {
            say("source " + std::string(s.name), std::to_string(static_cast<int>(s.status)));
        }
    }

    void counted_nodes(const domain::Report& r) {
        for (const domain::CountedNode& n : r.provider_nodes.rows) {
            const std::string name = "node of " + std::string(n.source) + " ";
            say(name + "alias", n.alias + ".");
            say(name + "as of", n.as_of);
            say(name + "asked at", n.asked_at);
            say(name + "first seen", n.first_seen);
            say(name + "capacity", n.capacity);
            say(name + "channels", n.channels);
            say(name + "closed", n.closed_channels);
            say(name + "capacity rank", n.capacity_rank);
            say(name + "channels rank", n.channels_rank);
            say(name + "median fee rate out", n.median_fee_rate_out);
            say(name + "median fee rate in", n.median_fee_rate_in);
            say(name + "weighted fee rate out", n.weighted_fee_rate_out);
            say(name + "weighted fee rate in", n.weighted_fee_rate_in);
            say(name + "earlier as of", n.earlier_as_of);
            say(name + "capacity then", n.capacity_then);
            say(name + "channels then", n.channels_then);
        }
    }

    void closings(const domain::Report& r) {
        for (const domain::ReportClosing& c : r.closed_channels.rows) {
            say("closing " + c.channel_id + " peer", c.peer);
            for (const domain::ToldClosing& t : c.told_by) {
                const std::string name = "closing " + c.channel_id + " " + std::string(t.source) + " ";
                say(name + "reason", t.reason);
                say(name + "at", t.closed_at);
                say(name + "height", t.closed_height);
                say(name + "capacity", t.capacity);
                say(name + "closed by", t.closed_by);
            }
        }
    }

    void own_node(const domain::Report& r) {
        say("public score", r.score.of_public_view);
        if (!r.own_node) {
            lines_.push_back({"own node", {}, both(r.own_node.absence().reason), r.own_node.absence().source});
            return;
        }
        const domain::ReportNode& n = *r.own_node;
        say("own read", fmt::format("{} {} {}", n.version, iso_time(n.read_at), n.block_height));
        say("own doubts", fmt::format("{} doubts, {} gaps", n.doubts.size(), n.gaps.size()));
        say("own local", n.local);
        say("own remote", n.remote);
        say("own unsettled local", n.unsettled_local);
        say("own unsettled remote", n.unsettled_remote);
        say("own usual forward", shown(n.usual_forward));
        say("own send share", n.send_share);
        say("own receive share", n.receive_share);
        say("own gone fees", n.fees_gone_channels_7d);
        say("own peers", n.peers_connected);
        say("own chain fees 24h", n.chain_fees_24h);
        say("own chain fees 7d", n.chain_fees_7d);
        say("own credential", n.credential_expires);
        own_lists(n);
    }

    template <typename T>
    void gap(const std::string& name, const domain::Figure<T>& figure) {
        if (!figure) {
            lines_.push_back({name, {}, both(figure.absence().reason), figure.absence().source});
        }
    }

    void own_lists(const domain::ReportNode& n) {
        gap("own channels", n.channels);
        gap("own pending", n.pending);
        gap("own wallet", n.wallet);
        if (n.wallet) {
            say("own wallet", shown(n.wallet->confirmed) + " " + shown(n.wallet->unconfirmed));
            say("own reserve", n.wallet->anchor_reserve);
        }
        for (const domain::ReportNodeChannel& c : n.channels ? *n.channels : std::vector<domain::ReportNodeChannel>{}) {
            const std::string name = "own channel " + c.channel_id + " ";
            say(name + "state", fmt::format("{} {} {} {} {} {} {}", c.peer_alias, c.is_announced, c.is_active,
                                            c.capacity.value, c.local.value, c.remote.value, c.htlcs.size()));
            say(name + "uptime", c.peer_uptime);
            say(name + "forwards in", c.forwards_in_7d);
            say(name + "forwards out", c.forwards_out_7d);
            say(name + "fees", c.fees_7d);
            say(name + "fees out", c.fees_out_7d);
        }
        for (const domain::ReportPending& p : n.pending ? *n.pending : std::vector<domain::ReportPending>{}) {
            say("own pending " + p.funding_outpoint, shown(p.capacity) + " " + shown(p.ours));
            say("own pending " + p.funding_outpoint + " blocks", p.blocks_left);
        }
    }

    std::vector<ReportLine> lines_;
};

inline void PrintTo(const ReportLine& line, std::ostream* out) {
    *out << line.name << ": " << (line.value.empty() ? "absent, " + line.reason : line.value);
}

} // namespace mcp::test
