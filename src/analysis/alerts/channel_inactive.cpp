#include "analysis/alerts/all.hpp"
#include "analysis/wording.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

constexpr std::chrono::hours kLongerThan{24};

/// A disabled flag is a policy update with a date of its own, so its age is known from one graph.
bool disabled_for_a_day(const std::optional<domain::Policy>& policy, const std::optional<Time>& as_of) {
    return policy && policy->disabled && policy->updated && as_of && *policy->updated + kLongerThan < *as_of;
}

} // namespace

namespace {

/// Unusable yesterday too; where yesterday's channels were not told, or in doubt, the graph must have told of it for a
/// day.
bool for_a_day(const NodeView& view, const OwnDay& own, const domain::NodeChannel& channel) {
    if (own.yesterday() != nullptr && tells_the_moment(*own.yesterday())) {
        const auto& then = own.yesterday()->channels;
        const auto before = std::find_if(then.begin(), then.end(), [&](const auto& c) { return c.id == channel.id; });
        return before != then.end() && !before->is_active;
    }
    const OwnChannel* graph = own.in_graph(channel);
    const auto& as_of = view.day().network.as_of;
    return graph != nullptr && (view.silent(*graph).value_or(false) || disabled_for_a_day(graph->own_policy(), as_of) ||
                                disabled_for_a_day(graph->peer_policy(), as_of));
}

std::optional<Finding> as_node_tells(const RuleInput& in, const OwnDay& own) {
    Sat all;
    Sat unusable;
    std::vector<PeerAmount> channels;
    for (const domain::NodeChannel& channel : own.node().channels) {
        all += channel.capacity;
        if (!channel.is_active && for_a_day(in.today.view, own, channel)) {
            unusable += channel.capacity;
            channels.push_back({channel.peer, channel.capacity});
        }
    }
    const double share = all > Sat{0} ? static_cast<double>(unusable.value) / static_cast<double>(all.value) : 0;
    if (share < in.thresholds.inactive_share) {
        return std::nullopt;
    }
    std::stable_sort(channels.begin(), channels.end(),
                     [](const PeerAmount& a, const PeerAmount& b) { return a.amount > b.amount; });
    const bool grave = share > in.thresholds.inactive_share_critical;
    return Finding{.severity = grave ? domain::Severity::critical : domain::Severity::warning,
                   .title = {"alert.channel_inactive.title_node", {{"share", Share{share}}}},
                   .description = {"alert.channel_inactive.description_node",
                                   {{"count", static_cast<std::int64_t>(channels.size())},
                                    {"capacity", unusable},
                                    {"largest", name_peers(in.today.view, channels)}}},
                   .requires_action = true};
}

} // namespace

// A channel that one side disabled cannot be used towards that side: after a day it is no hiccup. Silent ones have
// their own rule.
std::optional<Finding> channel_inactive(const RuleInput& in) {
    if (in.today.own() != nullptr && in.today.own()->tells_the_moment()) {
        return as_node_tells(in, *in.today.own());
    }
    const NodeView& view = in.today.view;
    const auto& as_of = view.day().network.as_of;
    const auto inactive = [&](const OwnChannel& channel) {
        return !view.silent(channel).value_or(true) &&
               (disabled_for_a_day(channel.own_policy(), as_of) || disabled_for_a_day(channel.peer_policy(), as_of));
    };
    const std::optional<double> share = capacity_share(view, inactive);
    if (!share || *share < in.thresholds.inactive_share) {
        return std::nullopt;
    }
    const bool grave = *share > in.thresholds.inactive_share_critical;
    const auto affected = channels_where(view, inactive);
    return Finding{.severity = grave ? domain::Severity::critical : domain::Severity::warning,
                   .title = {"alert.channel_inactive.title", {{"share", Share{*share}}}},
                   .description = {"alert.channel_inactive.description",
                                   {{"count", static_cast<std::int64_t>(affected.size())},
                                    {"capacity", total_capacity_words(affected)},
                                    {"largest", name_peers(view, affected)}}},
                   .requires_action = true};
}

} // namespace mcp::analysis
