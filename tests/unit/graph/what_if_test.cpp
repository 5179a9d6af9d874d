#include "graph/what_if.hpp"

#include "graph/betweenness_reference.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace mcp::graph {
namespace {

std::vector<Arc> arcs_of(const CsrGraph& graph) {
    std::vector<Arc> arcs;
    for (Vertex v = 0; v < graph.vertices(); ++v) {
        for (std::uint32_t k = graph.first[v]; k < graph.first[v + 1]; ++k) {
            arcs.push_back({v, graph.target[k], graph.weight[k]});
        }
    }
    return arcs;
}

/// Insert the edge and compute again: what every gain must equal.
double betweenness_after(const CsrGraph& graph, Vertex node, const Opening& opening) {
    std::vector<Arc> arcs = arcs_of(graph);
    if (opening.weight_out) {
        arcs.push_back({node, opening.peer, *opening.weight_out});
    }
    if (opening.weight_in) {
        arcs.push_back({opening.peer, node, *opening.weight_in});
    }
    return betweenness_reference(CsrGraph::build(graph.vertices(), std::move(arcs)))[node];
}

/// Take the relation away, or what is left of it dearer, and compute again: what every loss must equal.
double betweenness_after(const CsrGraph& graph, Vertex node, const Closing& closing) {
    std::vector<Arc> arcs;
    for (Arc arc : arcs_of(graph)) {
        const bool out = arc.from == node && arc.to == closing.peer;
        const bool in = arc.from == closing.peer && arc.to == node;
        if (out || in) {
            const std::int64_t left = (out ? closing.weight_out : closing.weight_in).value_or(kUnreached);
            arc.weight = std::max(arc.weight, left);
        }
        if (arc.weight != kUnreached) {
            arcs.push_back(arc);
        }
    }
    return betweenness_reference(CsrGraph::build(graph.vertices(), std::move(arcs)))[node];
}

/// A random graph with what real ones have: pendant and isolated vertices, one-way arcs, and ties (weights 1 to
/// `heaviest`).
CsrGraph random_graph(std::mt19937& random, std::uint32_t vertices, std::int64_t heaviest) {
    const auto below = [&](std::int64_t bound) {
        return std::uniform_int_distribution<std::int64_t>(0, bound - 1)(random);
    };
    std::vector<Arc> arcs;
    const std::int64_t channels = below(3 * vertices) + 1;
    for (std::int64_t i = 0; i < channels; ++i) {
        const auto a = static_cast<Vertex>(below(vertices));
        const auto b = static_cast<Vertex>(below(vertices));
        if (below(5) > 0) {
            arcs.push_back({a, b, 1 + below(heaviest)});
        }
        if (below(5) > 0) {
            arcs.push_back({b, a, 1 + below(heaviest)});
        }
    }
    return CsrGraph::build(vertices, std::move(arcs));
}

void expect_near(double value, double expected) {
    EXPECT_LE(std::abs(value - expected), 1e-9 * std::max(1.0, std::abs(expected))) << value << " for " << expected;
}

/// An opening to every other vertex, a direction missing now and then.
std::vector<Opening> random_openings(std::mt19937& random, const CsrGraph& graph, Vertex node, std::int64_t heaviest) {
    const auto weight = [&]() -> std::optional<std::int64_t> {
        const std::int64_t drawn = std::uniform_int_distribution<std::int64_t>(0, heaviest)(random);
        return drawn == 0 ? std::nullopt : std::optional(drawn);
    };
    std::vector<Opening> openings;
    for (Vertex peer = 0; peer < graph.vertices(); ++peer) {
        if (peer != node) {
            openings.push_back({peer, weight(), weight()});
        }
    }
    return openings;
}

class OpeningAChannel : public testing::TestWithParam<std::size_t> {};

TEST_P(OpeningAChannel, GainsWhatInsertingItAndComputingAgainSays) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const std::int64_t heaviest = 1 + seed % 4;
        const CsrGraph graph = random_graph(random, 3 + seed % 22, heaviest);
        const Vertex node = seed % graph.vertices();
        const std::vector<Opening> openings = random_openings(random, graph, node, heaviest);
        const WhatIf what_if = WhatIf::prepare(graph, 1 + seed % 2, GetParam());
        const double today = betweenness_reference(graph)[node];
        expect_near(what_if.betweenness(node), today);
        const std::vector<OpeningGain> gains = what_if.open_gains(node, openings);
        ASSERT_EQ(gains.size(), openings.size());
        for (std::size_t i = 0; i < openings.size(); ++i) {
            EXPECT_EQ(gains[i].peer, openings[i].peer);
            expect_near(gains[i].total(), betweenness_after(graph, node, openings[i]) - today);
        }
    }
}

class ClosingAChannel : public testing::TestWithParam<std::size_t> {};

TEST_P(ClosingAChannel, LosesWhatTakingItAwayAndComputingAgainSays) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const std::int64_t heaviest = 1 + seed % 4;
        const CsrGraph graph = random_graph(random, 3 + seed % 22, heaviest);
        const Vertex node = seed % graph.vertices();
        std::vector<Closing> closings;
        for (const Opening& left : random_openings(random, graph, node, 2 * heaviest)) {
            closings.push_back({left.peer, left.weight_out, left.weight_in});
            closings.push_back({left.peer, std::nullopt, std::nullopt});
        }
        const double today = betweenness_reference(graph)[node];
        const std::vector<double> losses =
            WhatIf::prepare(graph, 1 + seed % 2, GetParam()).close_losses(node, closings);
        ASSERT_EQ(losses.size(), closings.size());
        for (std::size_t i = 0; i < closings.size(); ++i) {
            expect_near(losses[i], today - betweenness_after(graph, node, closings[i]));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(FromTheTableAndWithout, ClosingAChannel,
                         testing::Values(WhatIf::kMaxTableBytes, std::size_t{0}));
INSTANTIATE_TEST_SUITE_P(FromTheTableAndWithout, OpeningAChannel,
                         testing::Values(WhatIf::kMaxTableBytes, std::size_t{0}));

constexpr std::int64_t kFee = 10;

CsrGraph both_ways(std::uint32_t vertices, const std::vector<Arc>& arcs) {
    std::vector<Arc> all = arcs;
    for (const Arc& arc : arcs) {
        all.push_back({arc.to, arc.from, arc.weight});
    }
    return CsrGraph::build(vertices, std::move(all));
}

double gain(const CsrGraph& graph, Vertex node, const Opening& opening) {
    return WhatIf::prepare(graph, 1).open_gains(node, std::array{opening}).front().total();
}

TEST(OpeningAChannelByHand, GivesANewcomerNothingBecauseNobodyPassesThroughADeadEnd) {
    const CsrGraph path = both_ways(4, {{0, 1, kFee}, {1, 2, kFee}});
    EXPECT_EQ(gain(path, 3, {1, kFee, kFee}), 0);
    EXPECT_EQ(WhatIf::prepare(path, 1).betweenness(3), 0);
}

TEST(OpeningAChannelByHand, MakesTheNodeTheOnlyWayToAPeerWithoutChannels) {
    const CsrGraph path = both_ways(4, {{0, 1, kFee}, {1, 2, kFee}});
    EXPECT_EQ(gain(path, 2, {3, kFee, kFee}), 4); // 3 to and from 0 and 1
    EXPECT_EQ(gain(path, 2, {3, kFee, std::nullopt}), 2);
}

TEST(OpeningAChannelByHand, EarnsHalfOfATie) {
    const CsrGraph path = both_ways(4, {{0, 1, kFee}, {1, 2, kFee}, {3, 2, kFee}});
    EXPECT_EQ(gain(path, 3, {0, kFee, kFee}), 1); // 0 to 2 over 1 or over 3, and back
}

TEST(OpeningAChannelByHand, CountsOnlyADirectionCheaperThanTodays) {
    const CsrGraph triangle = both_ways(3, {{0, 1, kFee}, {1, 2, kFee}, {0, 2, 2 * kFee + 1}});
    EXPECT_EQ(gain(triangle, 1, {0, kFee, kFee}), 0);
    const CsrGraph dear = both_ways(3, {{0, 1, 2 * kFee}, {1, 2, kFee}, {0, 2, 2 * kFee + 1}});
    EXPECT_EQ(gain(dear, 1, {0, kFee, std::nullopt}), 1);
}

} // namespace
} // namespace mcp::graph
