#pragma once
#include "graph/csr_graph.hpp"
#include "graph/lanes/lane_path.hpp"

#include <vector>

namespace mcp::graph {

/// Exact betweenness of every vertex of a directed graph: for every ordered pair (s, t) the share of the shortest paths
/// from s to t that pass through the vertex, end points not counted, equal shortest paths sharing (Brandes 2001). For a
/// hop graph halve the values to count each unordered pair once (igraph's undirected convention): see
/// hop_betweenness(). The result has the same bits whatever `threads` and `path` are. How it is done:
/// docs/design/engine.md.
/// @param threads 1 or more   @param path one of lane_paths_here()   @return one value for each vertex, 0 where nothing
/// passes
/// @complexity O(V * A) for a hop graph; a fee graph of 5,000 vertices and 50,000 arcs takes about a second of one core
[[nodiscard]] std::vector<double> betweenness(const CsrGraph& graph, unsigned threads,
                                              LanePath path = fastest_lane_path());

/// Unweighted, undirected betweenness of the hop graph, each unordered pair counted once.
[[nodiscard]] std::vector<double> hop_betweenness(const CsrGraph& hop_graph, unsigned threads,
                                                  LanePath path = fastest_lane_path());

} // namespace mcp::graph
