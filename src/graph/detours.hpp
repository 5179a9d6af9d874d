#pragma once
#include "graph/csr_graph.hpp"
#include "graph/shortest_paths.hpp"

#include <utility>
#include <vector>

namespace mcp::graph {

/// The shortest paths that avoid one vertex, made from those that do not: only what lay wholly behind the vertex is
/// searched again. One for each thread.
class Detours {
public:
    /// @param graph, reversed and beyond outlive it   @param beyond from `avoided` to every vertex
    Detours(const CsrGraph& graph, const CsrGraph& reversed, Vertex avoided, const PathCounts& beyond);

    /// @param line from `source` to every vertex, in the whole graph   @pre source is not the avoided vertex
    /// @return the same without the avoided vertex, valid until the next call; exact while path counts are (below 2^53)
    [[nodiscard]] const PathCounts& around(Vertex source, const PathCounts& line);

private:
    using Entry = std::pair<std::int64_t, Vertex>;

    void drop_paths_through_avoided(Vertex source, const PathCounts& line);
    void enter_cut_off(Vertex v);
    void settle();
    void reach(Vertex v, std::int64_t distance, double paths);

    const CsrGraph& graph_;
    const CsrGraph& reversed_;
    Vertex avoided_;
    const PathCounts& beyond_;
    PathCounts line_;
    std::vector<bool> cut_off_;    ///< all its shortest paths led through the avoided vertex
    std::vector<Vertex> cut_list_; ///< those
    std::vector<Entry> heap_;
};

} // namespace mcp::graph
