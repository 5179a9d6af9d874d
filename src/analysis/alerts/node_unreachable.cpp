#include "analysis/alerts/all.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

bool dead(const NodeView& view, const OwnChannel& channel) {
    const auto enabled = [](const std::optional<domain::Policy>& policy) { return policy && !policy->disabled; };
    return view.silent(channel).value_or(false) || (!enabled(channel.own_policy()) && !enabled(channel.peer_policy()));
}

/// It was read today, and a channel that the network knows can be used: it is there, whatever gossip says.
bool is_at_work(const OwnDay* own) {
    if (own == nullptr) {
        return false;
    }
    const auto& channels = own->node().channels;
    return std::any_of(channels.begin(), channels.end(), [](const auto& c) { return c.is_public && c.is_active; });
}

} // namespace

// Peers disable their side when they lose the connection: when every channel is disabled or silent, the node is offline
// or cut off.
std::optional<Finding> node_unreachable(const RuleInput& in) {
    const NodeView& view = in.today.view;
    const auto& channels = view.channels();
    const bool all_dead = std::all_of(channels.begin(), channels.end(), [&](const auto& c) { return dead(view, c); });
    if (channels.empty() || !all_dead || is_at_work(in.today.own())) {
        return std::nullopt;
    }
    const auto count = static_cast<std::int64_t>(channels.size());
    return Finding{.severity = domain::Severity::critical,
                   .title = {"alert.node_unreachable.title", {}},
                   .description = {"alert.node_unreachable.description", {{"count", count}}},
                   .requires_action = true};
}

} // namespace mcp::analysis
