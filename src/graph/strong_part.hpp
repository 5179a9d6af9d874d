#pragma once
#include "graph/csr_graph.hpp"

#include <vector>

namespace mcp::graph {

/// Which vertices belong to a largest strongly connected part: within it everybody can pay everybody.
/// Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972).
/// @complexity O(vertices + arcs), without recursion
[[nodiscard]] std::vector<bool> largest_strong_part(const CsrGraph& graph);

} // namespace mcp::graph
