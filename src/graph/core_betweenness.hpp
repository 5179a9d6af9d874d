#pragma once
#include "graph/lanes/lane_path.hpp"
#include "graph/pendant_trees.hpp"

namespace mcp::graph {

/// The figures that PendantTrees::unfold() needs, by search from every vertex of the core, kLanes of them at once.
/// @pre no path is longer than 2^53, threads >= 1   @return the same bits for every `threads` and `path`
[[nodiscard]] CoreFigures core_figures(const PendantTrees& trees, unsigned threads, LanePath path);

} // namespace mcp::graph
