#pragma once
#include "graph/csr_graph.hpp"

namespace mcp::graph {

/// The graph without the arcs that are dearer than some path of two arcs between the same ends: no shortest path uses
/// them, so distances, path counts and betweenness stay what they were. On fee graphs of Lightning that is a large part
/// of all arcs, because many directions ask far more than the way round over a hub.   @complexity O(A * mean degree),
/// mostly far less
[[nodiscard]] CsrGraph without_beaten_arcs(const CsrGraph& graph);

} // namespace mcp::graph
