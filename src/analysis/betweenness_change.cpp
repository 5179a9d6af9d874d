#include "analysis/betweenness_change.hpp"

namespace mcp::analysis {

std::optional<double> betweenness_change(const NodeView& earlier, const NodeView& now) {
    const double before = earlier.day().betweenness.fee_500k[earlier.node()];
    const double after = now.day().betweenness.fee_500k[now.node()];
    return before > 0 ? std::optional(after / before - 1) : std::nullopt;
}

} // namespace mcp::analysis
