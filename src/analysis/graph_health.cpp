#include "analysis/graph_health.hpp"

namespace mcp::analysis {

GraphHealth graph_health(const DayFacts& today, const DayFacts* earlier) {
    GraphHealth health{.node_ratio = {}, .silent_share = today.silent_share};
    if (earlier != nullptr && !earlier->network.nodes.empty()) {
        health.node_ratio =
            static_cast<double>(today.network.nodes.size()) / static_cast<double>(earlier->network.nodes.size());
    }
    return health;
}

} // namespace mcp::analysis
