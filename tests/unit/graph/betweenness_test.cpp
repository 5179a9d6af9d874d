#include "graph/betweenness.hpp"

#include "graph/betweenness_reference.hpp"
#include "tests/support/random_graphs.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <random>
#include <rapidcheck/gtest.h>

namespace mcp::graph {
namespace {

using tests::RandomGraph;

void expect_close(const std::vector<double>& values, const std::vector<double>& expected) {
    ASSERT_EQ(values.size(), expected.size());
    for (std::size_t v = 0; v < expected.size(); ++v) {
        EXPECT_NEAR(values[v], expected[v], 1e-9 * std::max(1.0, std::abs(expected[v]))) << "vertex " << v;
    }
}

void assert_close(const std::vector<double>& values, const std::vector<double>& expected) {
    RC_ASSERT(values.size() == expected.size());
    for (std::size_t v = 0; v < expected.size(); ++v) {
        RC_ASSERT(std::abs(values[v] - expected[v]) <= 1e-9 * std::max(1.0, std::abs(expected[v])));
    }
}

void equals_the_reference_on_every_path(const CsrGraph& graph) {
    const std::vector<double> expected = betweenness_reference(graph);
    for (const LanePath path : lane_paths_here()) {
        assert_close(betweenness(graph, 1, path), expected);
    }
}

RC_GTEST_PROP(Betweenness, EqualsTheReferenceOnAnyFeeGraph, ()) {
    equals_the_reference_on_every_path((*tests::fee_graphs()).build());
}

RC_GTEST_PROP(Betweenness, EqualsTheReferenceOnAnyHopGraph, ()) {
    equals_the_reference_on_every_path((*tests::hop_graphs()).build());
}

RC_GTEST_PROP(Betweenness, HasTheSameBitsOnEveryLanePathAndAnyCountOfThreads, ()) {
    const auto random = *rc::gen::oneOf(tests::fee_graphs(), tests::hop_graphs());
    const CsrGraph graph = random.build();
    const std::vector<double> one = betweenness(graph, 1, LanePath::portable);
    for (const LanePath path : lane_paths_here()) {
        RC_ASSERT(betweenness(graph, 1, path) == one);
        RC_ASSERT(betweenness(graph, 2, path) == one);
    }
}

RC_GTEST_PROP(Betweenness, DoesNotDependOnTheNumberingOfNodes, ()) {
    const RandomGraph random = *tests::fee_graphs();
    std::vector<Vertex> renamed(random.vertices);
    std::iota(renamed.begin(), renamed.end(), 0);
    std::shuffle(renamed.begin(), renamed.end(), std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
    RandomGraph other = random;
    for (Arc& arc : other.arcs) {
        arc = {renamed[arc.from], renamed[arc.to], arc.weight};
    }
    const std::vector<double> values = betweenness(other.build(), 1);
    std::vector<double> in_first_numbering(random.vertices);
    for (Vertex v = 0; v < random.vertices; ++v) {
        in_first_numbering[v] = values[renamed[v]];
    }
    assert_close(in_first_numbering, betweenness(random.build(), 1));
}

RC_GTEST_PROP(Betweenness, OfANodeWithoutChannelsIsZeroAndChangesNoOther, ()) {
    RandomGraph random = *tests::fee_graphs();
    const std::vector<double> without = betweenness(random.build(), 1);
    ++random.vertices;
    std::vector<double> with = betweenness(random.build(), 1);
    RC_ASSERT(with.back() == 0);
    with.pop_back();
    RC_ASSERT(with == without);
}

RC_GTEST_PROP(Betweenness, IsNotChangedByADearerParallelChannel, ()) {
    RandomGraph random = *rc::gen::suchThat(tests::fee_graphs(), [](const RandomGraph& r) { return !r.arcs.empty(); });
    const std::vector<double> before = betweenness(random.build(), 1);
    Arc dearer = *rc::gen::elementOf(random.arcs);
    dearer.weight += *rc::gen::inRange(0, 1000);
    random.arcs.push_back(dearer);
    RC_ASSERT(betweenness(random.build(), 1) == before);
}

/// Hops from `source` to each vertex, -1 where there is no way.
std::vector<int> hops_from(const CsrGraph& graph, Vertex source) {
    std::vector<int> hops(graph.vertices(), -1);
    std::vector<Vertex> queue{source};
    hops[source] = 0;
    for (std::size_t i = 0; i < queue.size(); ++i) {
        for (const Vertex next : graph.targets(queue[i])) {
            if (hops[next] < 0) {
                hops[next] = hops[queue[i]] + 1;
                queue.push_back(next);
            }
        }
    }
    return hops;
}

RC_GTEST_PROP(Betweenness, OfAllNodesAddsUpToTheInnerNodesOfAllShortestPaths, ()) {
    const CsrGraph graph = (*tests::hop_graphs()).build();
    double inner_nodes = 0;
    for (Vertex source = 0; source < graph.vertices(); ++source) {
        for (const int hops : hops_from(graph, source)) {
            inner_nodes += std::max(hops - 1, 0);
        }
    }
    const std::vector<double> values = betweenness(graph, 1);
    const double total = std::accumulate(values.begin(), values.end(), 0.0);
    RC_ASSERT(std::abs(total - inner_nodes) <= 1e-9 * std::max(1.0, inner_nodes));
}

/// A ring with a chord here and there: levels by the hundred, batches enough for every strip, several vertices a word
/// of dirty bits.
CsrGraph large_ring(std::int64_t weight_step) {
    constexpr std::uint32_t kVertices = 700;
    std::vector<Arc> arcs;
    for (Vertex v = 0; v < kVertices; ++v) {
        const std::int64_t weight = 1 + weight_step * (v * 7 % 5);
        arcs.push_back({v, (v + 1) % kVertices, weight});
        arcs.push_back({(v + 1) % kVertices, v, weight});
        if (v % 90 == 0) {
            arcs.push_back({v, (v + 200) % kVertices, 1 + 40 * weight_step});
            arcs.push_back({(v + 200) % kVertices, v, 1 + 40 * weight_step});
        }
    }
    return CsrGraph::build(kVertices, std::move(arcs));
}

TEST(Betweenness, EqualsTheReferenceOnLongWays) {
    for (const std::int64_t weight_step : {0, 3}) {
        const CsrGraph ring = large_ring(weight_step);
        const std::vector<double> expected = betweenness_reference(ring);
        for (const LanePath path : lane_paths_here()) {
            expect_close(betweenness(ring, 2, path), expected);
        }
    }
}

TEST(Betweenness, StaysExactWhereDistancesOutgrowDoubles) {
    constexpr std::int64_t kPast = std::int64_t{1} << 54; // here a double cannot tell x from x + 1
    const CsrGraph graph = CsrGraph::build(4, {{0, 1, kPast}, {1, 3, 2}, {0, 2, kPast}, {2, 3, 1}});
    EXPECT_EQ(betweenness(graph, 1), (std::vector<double>{0, 0, 1, 0}));
}

TEST(Betweenness, CountsAnUnorderedPairOnceInHops) {
    const CsrGraph path = CsrGraph::build(3, {{0, 1, 1}, {1, 0, 1}, {1, 2, 1}, {2, 1, 1}});
    EXPECT_EQ(hop_betweenness(path, 1), (std::vector<double>{0, 1, 0}));
}

TEST(Betweenness, OfAnEmptyGraphIsEmpty) {
    EXPECT_TRUE(betweenness(CsrGraph::build(0, {}), 2).empty());
}

TEST(LanePaths, EndWithThePortableOneAndBeginWithTheFastest) {
    EXPECT_EQ(lane_paths_here().back(), LanePath::portable);
    EXPECT_EQ(lane_paths_here().front(), fastest_lane_path());
    EXPECT_EQ(name_of(LanePath::portable), "portable");
    EXPECT_EQ(name_of(LanePath::avx2), "AVX2");
    EXPECT_EQ(name_of(LanePath::avx512), "AVX-512");
}

} // namespace
} // namespace mcp::graph
