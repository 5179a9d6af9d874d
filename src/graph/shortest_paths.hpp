#pragma once
#include "graph/csr_graph.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace mcp::graph {

/// A distance to a vertex that no path reaches. Nothing may be added to it.
inline constexpr std::int64_t kUnreached = std::numeric_limits<std::int64_t>::max();

/// One place where a search begins: `vertex`, as if already `distance` msat away.
struct SearchStart {
    Vertex vertex;
    std::int64_t distance;
};

/// How far each vertex is from where a search began, and by how many equally short paths.
struct PathCounts {
    std::vector<std::int64_t> distance; ///< msat, kUnreached where no path leads
    std::vector<double> paths;          ///< a whole number, exact below 2^53; 0 where no path leads
};

/// Dijkstra's search with path counts, its memory kept from one search to the next. One for each thread.
class ShortestPathSearch {
public:
    /// @param graph outlives the search
    explicit ShortestPathSearch(const CsrGraph& graph);

    /// @return valid until the next search   @complexity O(A log A)
    [[nodiscard]] const PathCounts& from(Vertex source);
    /// One search from several starts: a vertex takes the nearest of them, and its paths from all that are as near.
    [[nodiscard]] const PathCounts& from(std::span<const SearchStart> starts);

private:
    using Entry = std::pair<std::int64_t, Vertex>;

    void reach(Vertex v, std::int64_t distance, double paths);
    void settle(Vertex v);

    const CsrGraph& graph_;
    PathCounts found_;
    std::vector<Entry> heap_;
};

} // namespace mcp::graph
