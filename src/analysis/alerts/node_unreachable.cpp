#include "analysis/alerts/all.hpp"

namespace mcp::analysis {
namespace {

bool dead(const NodeView& view, const OwnChannel& channel) {
    const auto enabled = [](const std::optional<domain::Policy>& policy) { return policy && !policy->disabled; };
    return view.silent(channel).value_or(false) || (!enabled(channel.own_policy()) && !enabled(channel.peer_policy()));
}

} // namespace

// Peers disable their side when they lose the connection: when every channel is disabled or silent, the node is offline
// or cut off.
std::optional<Finding> node_unreachable(const RuleInput& in) {
    const NodeView& view = in.today.view;
    const auto& channels = view.channels();
    const bool all_dead = std::all_of(channels.begin(), channels.end(), [&](const auto& c) { return dead(view, c); });
    if (channels.empty() || !all_dead) {
        return std::nullopt;
    }
    const auto count = static_cast<std::int64_t>(channels.size());
    return Finding{.severity = domain::Severity::critical,
                   .title = {"alert.node_unreachable.title", {}},
                   .description = {"alert.node_unreachable.description", {{"count", count}}},
                   .requires_action = true};
}

} // namespace mcp::analysis
