#pragma once
#include "graph/csr_graph.hpp"

#include <vector>

namespace mcp::graph {

/// Exact betweenness of every vertex of a directed graph: for every ordered pair (s, t) the share of the shortest paths
/// from s to t that pass through the vertex, end points not counted, equal shortest paths sharing (Brandes 2001). For a
/// hop graph halve the values to count each unordered pair once (igraph's undirected convention): see
/// hop_betweenness().
/// @param threads 1 or more   @return one value for each vertex, 0 where nothing passes
[[nodiscard]] std::vector<double> betweenness(const CsrGraph& graph, unsigned threads);

/// Unweighted, undirected betweenness of the hop graph, each unordered pair counted once.
[[nodiscard]] std::vector<double> hop_betweenness(const CsrGraph& hop_graph, unsigned threads);

} // namespace mcp::graph
