#include "analysis/graph_health.hpp"

#include "graph/market.hpp"

namespace mcp::analysis {
namespace {

std::optional<double> share_of_silent_policies(const domain::Network& network) {
    if (!network.as_of) {
        return std::nullopt;
    }
    double announced = 0;
    double silent = 0;
    for (const domain::Channel& channel : network.channels) {
        for (const auto& policy : channel.policy) {
            if (policy) {
                const std::optional<Time>& updated = policy->updated ? policy->updated : channel.updated;
                ++announced;
                silent += !updated || *updated + graph::kSilentAfter < *network.as_of ? 1 : 0;
            }
        }
    }
    return announced > 0 ? std::optional(silent / announced) : std::nullopt;
}

} // namespace

GraphHealth graph_health(const DayFacts& today, const DayFacts* earlier) {
    GraphHealth health{.node_ratio = {}, .silent_share = share_of_silent_policies(today.network)};
    if (earlier != nullptr && !earlier->network.nodes.empty()) {
        health.node_ratio =
            static_cast<double>(today.network.nodes.size()) / static_cast<double>(earlier->network.nodes.size());
    }
    return health;
}

} // namespace mcp::analysis
