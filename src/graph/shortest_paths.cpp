#include "graph/shortest_paths.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace mcp::graph {

ShortestPathSearch::ShortestPathSearch(const CsrGraph& graph) : graph_(graph) {
    found_.distance.resize(graph.vertices());
    found_.paths.resize(graph.vertices());
}

const PathCounts& ShortestPathSearch::from(Vertex source) {
    return from(std::array{SearchStart{source, 0}});
}

const PathCounts& ShortestPathSearch::from(std::span<const SearchStart> starts) {
    std::fill(found_.distance.begin(), found_.distance.end(), kUnreached);
    std::fill(found_.paths.begin(), found_.paths.end(), 0.0);
    for (const SearchStart& start : starts) {
        reach(start.vertex, start.distance, 1);
    }
    while (!heap_.empty()) {
        std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
        const auto [distance, v] = heap_.back();
        heap_.pop_back();
        if (distance == found_.distance[v]) { // else a shorter way was found since
            settle(v);
        }
    }
    return found_;
}

/// Weights are at least 1, so a vertex is pushed once for each distance it improves to, and settled once.
void ShortestPathSearch::reach(Vertex v, std::int64_t distance, double paths) {
    if (distance < found_.distance[v]) {
        found_.distance[v] = distance;
        found_.paths[v] = paths;
        heap_.emplace_back(distance, v);
        std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
    } else if (distance == found_.distance[v]) {
        found_.paths[v] += paths;
    }
}

void ShortestPathSearch::settle(Vertex v) {
    const std::int64_t distance = found_.distance[v];
    const double paths = found_.paths[v];
    for (std::uint32_t k = graph_.first[v]; k < graph_.first[v + 1]; ++k) {
        reach(graph_.target[k], distance + graph_.weight[k], paths);
    }
}

} // namespace mcp::graph
