#include "graph/betweenness_reference.hpp"

#include "graph/betweenness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::graph {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::Pointwise;

CsrGraph both_ways(std::uint32_t vertices, const std::vector<Arc>& arcs) {
    std::vector<Arc> all = arcs;
    for (const Arc& arc : arcs) {
        all.push_back({arc.to, arc.from, arc.weight});
    }
    return CsrGraph::build(vertices, std::move(all));
}

TEST(BetweennessReference, CountsEveryOrderedPairOnAPath) {
    const CsrGraph path = both_ways(4, {{0, 1, 1}, {1, 2, 1}, {2, 3, 1}});
    EXPECT_THAT(betweenness_reference(path), ElementsAre(0, 4, 4, 0));
    EXPECT_THAT(hop_betweenness(path, 1), ElementsAre(0, 2, 2, 0));
}

TEST(BetweennessReference, GivesTheHubOfAStarEveryPairOfLeaves) {
    const CsrGraph star = both_ways(6, {{0, 1, 1}, {0, 2, 1}, {0, 3, 1}, {0, 4, 1}, {0, 5, 1}});
    EXPECT_THAT(hop_betweenness(star, 1), ElementsAre(10, 0, 0, 0, 0, 0));
}

TEST(BetweennessReference, SharesAPairAmongEqualPaths) {
    const CsrGraph square = both_ways(4, {{0, 1, 7}, {1, 2, 7}, {2, 3, 7}, {3, 0, 7}});
    EXPECT_THAT(betweenness_reference(square), ElementsAre(1, 1, 1, 1));
}

TEST(BetweennessReference, CountsPathsNotNeighboursWhenSharing) {
    // From 0 to 4: two paths over 1 (0-1-2-4, 0-1-3-4) and one over 5 (0-5-6-4).
    const CsrGraph fork =
        CsrGraph::build(7, {{0, 1, 1}, {1, 2, 1}, {1, 3, 1}, {2, 4, 1}, {3, 4, 1}, {0, 5, 1}, {5, 6, 1}, {6, 4, 1}});
    const double third = 1.0 / 3;
    // 1 carries 0 to 2, to 3 and two thirds of 0 to 4; 2 and 3 share 1 to 4.
    EXPECT_THAT(betweenness_reference(fork),
                Pointwise(DoubleEq(), {0.0, 2 + 2 * third, third + 0.5, third + 0.5, 0.0, 1 + third, third + 1}));
}

TEST(BetweennessReference, PrefersTheCheaperDetour) {
    const CsrGraph detour = CsrGraph::build(4, {{0, 3, 10}, {0, 1, 3}, {1, 2, 3}, {2, 3, 3}});
    EXPECT_THAT(betweenness_reference(detour), ElementsAre(0, 2, 2, 0));
}

TEST(BetweennessReference, FollowsArcsInTheirDirectionOnly) {
    const CsrGraph oneway = CsrGraph::build(3, {{0, 1, 1}, {1, 2, 1}, {2, 1, 1}});
    EXPECT_THAT(betweenness_reference(oneway), ElementsAre(0, 1, 0));
}

TEST(BetweennessReference, KeepsDistancesExactPast32Bits) {
    const std::int64_t dear = 5'000'001'000; // a 5 M sat payment at 100 % and the hop cost, msat
    const CsrGraph nearly = CsrGraph::build(4, {{0, 1, dear}, {1, 3, dear}, {0, 2, dear}, {2, 3, dear + 1}});
    EXPECT_THAT(betweenness_reference(nearly), ElementsAre(0, 1, 0, 0));
}

TEST(BetweennessReference, IsZeroWithoutChannels) {
    EXPECT_THAT(betweenness_reference(CsrGraph::build(3, {})), ElementsAre(0, 0, 0));
    EXPECT_TRUE(betweenness_reference(CsrGraph::build(0, {})).empty());
}

} // namespace
} // namespace mcp::graph
