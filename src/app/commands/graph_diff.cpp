#include "app/commands/graph_diff.hpp"

#include "adapters/render/text_layout.hpp"
#include "app/commands/format.hpp"
#include "app/commands/load_graph.hpp"
#include "base/iso_time.hpp"
#include "base/json_text.hpp"
#include "graph/graph_diff.hpp"

#include <boost/json.hpp>

namespace mcp::app {
namespace {

using domain::Channel;
using domain::Network;
using domain::Policy;
using graph::DirectionChange;
using graph::GraphDiff;
using language::Language;
using language::render;
namespace json = boost::json;

/// Two days of the network and what differs between them.
struct Comparison {
    const Network& older;
    const Network& newer;
    const GraphDiff& diff;
};

json::value time_json(std::optional<Time> time) {
    return time ? json::value(iso_time(*time)) : json::value();
}

json::object channel_json(const Network& network, const Channel& channel) {
    return {{"channel_id", channel.id.text()},
            {"node1_pubkey", network.nodes[channel.node[0]].key.hex()},
            {"node2_pubkey", network.nodes[channel.node[1]].key.hex()},
            {"capacity_sats", channel.capacity ? json::value(channel.capacity->value) : json::value()}};
}

json::value policy_json(const std::optional<Policy>& policy) {
    if (!policy) {
        return nullptr;
    }
    return json::object{{"base_msat", policy->base_fee.value},
                        {"ppm", policy->fee_rate.value},
                        {"inbound_ppm", policy->inbound_fee_rate.value},
                        {"disabled", policy->disabled},
                        {"updated", time_json(policy->updated)}};
}

json::array channels_json(const Network& network, const std::vector<domain::ChannelIx>& channels) {
    json::array array;
    for (const domain::ChannelIx ix : channels) {
        array.push_back(channel_json(network, network.channels[ix]));
    }
    return array;
}

/// Fee changes and flips; a mere refresh (some 60,000 a day) is only counted.
bool is_worth_listing(const DirectionChange& change) {
    return change.fee_changed || change.flipped;
}

json::array directions_json(const Comparison& days) {
    json::array array;
    for (const DirectionChange& change : days.diff.directions) {
        if (is_worth_listing(change)) {
            const Channel& newer = days.newer.channels[change.newer];
            json::object object = channel_json(days.newer, newer);
            object["by"] = days.newer.nodes[newer.end(change.side)].key.hex();
            object["fee_changed"] = change.fee_changed;
            object["disable_flipped"] = change.flipped;
            object["before"] = policy_json(days.older.channels[change.older].policy_of(change.side));
            object["after"] = policy_json(newer.policy_of(change.side));
            array.push_back(std::move(object));
        }
    }
    return array;
}

std::string diff_json(const Comparison& days, bool with_list) {
    json::object object{{"older_as_of", time_json(days.older.as_of)},
                        {"newer_as_of", time_json(days.newer.as_of)},
                        {"channels", days.newer.channels.size()},
                        {"opened", days.diff.opened.size()},
                        {"gone", days.diff.gone.size()},
                        {"fee_changes", days.diff.fee_changes()},
                        {"disable_flips", days.diff.disable_flips()},
                        {"updates", days.diff.updates() ? json::value(*days.diff.updates()) : json::value()}};
    if (with_list) {
        object["list"] = json::object{{"opened", channels_json(days.newer, days.diff.opened)},
                                      {"gone", channels_json(days.older, days.diff.gone)},
                                      {"directions", directions_json(days)}};
    }
    return json_text(object);
}

/// The sentences of the text form.
class DiffText {
public:
    DiffText(const Comparison& days, Language language) : days_(days), language_(language) {}

    [[nodiscard]] std::string counts() const {
        std::vector<adapters::TableRow> rows{
            row("diff.channels", days_.newer.channels.size()), row("diff.opened", days_.diff.opened.size()),
            row("diff.gone", days_.diff.gone.size()), row("diff.fee_changes", days_.diff.fee_changes()),
            row("diff.disable_flips", days_.diff.disable_flips())};
        if (const std::optional<std::uint64_t> updates = days_.diff.updates()) {
            rows.push_back(row("diff.updates", *updates));
        }
        return title() + "\n\n" + adapters::aligned(rows);
    }

    [[nodiscard]] std::string list() const {
        std::string text;
        for (const domain::ChannelIx ix : days_.diff.opened) {
            text += channel_line("diff.list_opened", days_.newer, days_.newer.channels[ix]);
        }
        for (const domain::ChannelIx ix : days_.diff.gone) {
            text += channel_line("diff.list_gone", days_.older, days_.older.channels[ix]);
        }
        for (const DirectionChange& change : days_.diff.directions) {
            text += is_worth_listing(change) ? direction_line(change) : "";
        }
        return text.empty() ? "" : "\n" + text;
    }

private:
    [[nodiscard]] std::string words(Message message) const { return render(message, language_); }

    [[nodiscard]] std::string title() const {
        return days_.older.as_of && days_.newer.as_of
                   ? words({"diff.title", {{"older", *days_.older.as_of}, {"newer", *days_.newer.as_of}}})
                   : words({"diff.title_undated", {}});
    }

    [[nodiscard]] adapters::TableRow row(std::string_view label, std::uint64_t number) const {
        return {words({label, {}}), words({"facts.figure", {{"value", static_cast<std::int64_t>(number)}}})};
    }

    [[nodiscard]] static std::string name_of(const Network& network, domain::NodeId id) {
        constexpr std::size_t kShortKey = 12;
        const domain::Node& node = network.nodes[id];
        return node.alias.empty() ? node.key.hex().substr(0, kShortKey) : node.alias;
    }

    [[nodiscard]] std::string channel_line(std::string_view key, const Network& network, const Channel& channel) const {
        return words(
                   {key,
                    {{"id", channel.id.text()},
                     {"capacity", channel.capacity ? MessageValue(*channel.capacity) : MessageValue(std::string("?"))},
                     {"node1", name_of(network, channel.node[0])},
                     {"node2", name_of(network, channel.node[1])}}}) +
               "\n";
    }

    [[nodiscard]] std::string policy_words(const std::optional<Policy>& policy) const {
        if (!policy) {
            return words({"diff.no_policy", {}});
        }
        std::string text = words({"diff.policy", {{"base", policy->base_fee}, {"rate", policy->fee_rate}}});
        if (policy->inbound_fee_rate != Ppm{0}) {
            text += ", " + words({"diff.inbound", {{"rate", policy->inbound_fee_rate}}});
        }
        return policy->disabled ? text + ", " + words({"diff.disabled", {}}) : text;
    }

    [[nodiscard]] std::string direction_line(const DirectionChange& change) const {
        const Channel& newer = days_.newer.channels[change.newer];
        return words({"diff.list_direction",
                      {{"id", newer.id.text()},
                       {"before", policy_words(days_.older.channels[change.older].policy_of(change.side))},
                       {"after", policy_words(newer.policy_of(change.side))},
                       {"from", name_of(days_.newer, newer.end(change.side))},
                       {"to", name_of(days_.newer, newer.end(other(change.side)))}}}) +
               "\n";
    }

    const Comparison& days_;
    Language language_;
};

} // namespace

int graph_diff(const GraphDiffOptions& options, Io& io) {
    const Result<Format> format = parse_format(options.format, std::array{Format::text, Format::json});
    if (!format) {
        return refuse_call(io, format.error().what);
    }
    if (options.newer_file.empty()) {
        return refuse_call(io, {"usage.two_graphs", {}});
    }
    if (options.older_file == "-" && options.newer_file == "-") {
        return refuse_call(io, {"usage.one_standard_input", {}});
    }
    const Result<adapters::LoadedGraph> older = load_graph(options.older_file, io);
    if (!older) {
        return report_failure(io, older.error());
    }
    const Result<adapters::LoadedGraph> newer = load_graph(options.newer_file, io);
    if (!newer) {
        return report_failure(io, newer.error());
    }
    const Result<GraphDiff> diff = graph::graph_diff(older->network, newer->network);
    if (!diff) {
        return refuse_call(io, diff.error().what);
    }
    const Comparison days{older->network, newer->network, *diff};
    if (*format == Format::json) {
        return deliver(io, diff_json(days, options.list));
    }
    const DiffText text(days, io.language);
    return deliver(io, text.counts() + (options.list ? text.list() : ""));
}

} // namespace mcp::app
