#pragma once
#include "graph/csr_graph.hpp"

#include <vector>

namespace mcp::graph {

/// Exact betweenness as the textbook has it (Brandes 2001): one Dijkstra for each source, distances in 64-bit integers,
/// no cleverness. It is what the fast engine must equal, and what serves where the fast engine may not (see
/// betweenness()). Ordered pairs, end points not counted, equal shortest paths share.   @complexity O(V * (V + A log
/// V))
[[nodiscard]] std::vector<double> betweenness_reference(const CsrGraph& graph);

} // namespace mcp::graph
