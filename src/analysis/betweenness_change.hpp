#pragma once
#include "analysis/node_view.hpp"

#include <optional>

namespace mcp::analysis {

/// Relative change of a node's weighted betweenness (500 k sat) from an earlier day: -0.3 is a fall by 30 %.
/// Nothing when the node carried nothing then (there is nothing to compare with).
[[nodiscard]] std::optional<double> betweenness_change(const NodeView& earlier, const NodeView& now);

} // namespace mcp::analysis
