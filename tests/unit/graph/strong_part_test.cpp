#include "graph/strong_part.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace mcp::graph {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

CsrGraph graph_of(std::uint32_t vertices, std::vector<Arc> arcs) {
    return CsrGraph::build(vertices, std::move(arcs));
}

/// Who can be reached from whom, by Warshall's algorithm.
std::vector<std::vector<bool>> reach_of(const CsrGraph& graph) {
    const std::uint32_t n = graph.vertices();
    std::vector<std::vector<bool>> reach(n, std::vector<bool>(n, false));
    for (Vertex v = 0; v < n; ++v) {
        reach[v][v] = true;
        for (const Vertex to : graph.targets(v)) {
            reach[v][to] = true;
        }
    }
    for (Vertex over = 0; over < n; ++over) {
        for (Vertex v = 0; v < n; ++v) {
            for (Vertex to = 0; to < n; ++to) {
                reach[v][to] = reach[v][to] || (reach[v][over] && reach[over][to]);
            }
        }
    }
    return reach;
}

std::vector<bool> by_reach(const CsrGraph& graph) {
    const std::vector<std::vector<bool>> reach = reach_of(graph);
    std::vector<std::size_t> sizes(graph.vertices(), 0);
    for (Vertex v = 0; v < graph.vertices(); ++v) {
        for (Vertex to = 0; to < graph.vertices(); ++to) {
            sizes[v] += reach[v][to] && reach[to][v] ? 1 : 0;
        }
    }
    const std::size_t most = *std::max_element(sizes.begin(), sizes.end());
    std::vector<bool> largest(sizes.size());
    std::transform(sizes.begin(), sizes.end(), largest.begin(), [&](std::size_t size) { return size == most; });
    return largest;
}

TEST(LargestStrongPart, LeavesOutIslandsAndWhoCanOnlyPayOrOnlyBePaid) {
    const CsrGraph graph = graph_of(7, {{0, 1, 1}, {1, 2, 1}, {2, 0, 1}, {3, 0, 1}, {2, 4, 1}, {5, 6, 1}, {6, 5, 1}});
    EXPECT_THAT(largest_strong_part(graph), ElementsAre(true, true, true, false, false, false, false));
}

TEST(LargestStrongPart, HoldsAllOfSeveralThatAreTheLargest) {
    EXPECT_THAT(largest_strong_part(graph_of(3, {{0, 1, 1}})), Each(true));
    EXPECT_THAT(largest_strong_part(graph_of(0, {})), IsEmpty());
}

TEST(LargestStrongPart, IsWhatMutualReachSaysOnAnyGraph) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        std::mt19937 random(seed);
        const std::uint32_t vertices = 1 + seed % 17;
        std::vector<Arc> arcs;
        for (std::uint32_t i = 0; i < vertices + seed % 13; ++i) {
            arcs.push_back({static_cast<Vertex>(random() % vertices), static_cast<Vertex>(random() % vertices), 1});
        }
        const CsrGraph graph = graph_of(vertices, std::move(arcs));
        EXPECT_EQ(largest_strong_part(graph), by_reach(graph)) << "seed " << seed;
    }
}

} // namespace
} // namespace mcp::graph
