#include "graph/beaten_arcs.hpp"

#include "graph/betweenness_reference.hpp"
#include "tests/support/random_graphs.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace mcp::graph {
namespace {

using testing::ElementsAre;

TEST(BeatenArcs, AreThoseDearerThanTwoArcs) {
    const CsrGraph graph = CsrGraph::build(3, {{0, 2, 5}, {0, 1, 2}, {1, 2, 2}});
    EXPECT_THAT(without_beaten_arcs(graph).targets(0), ElementsAre(1));
}

TEST(BeatenArcs, LeaveOneThatOnlyTies) {
    const CsrGraph graph = CsrGraph::build(3, {{0, 2, 4}, {0, 1, 2}, {1, 2, 2}});
    EXPECT_THAT(without_beaten_arcs(graph).targets(0), ElementsAre(1, 2));
}

TEST(BeatenArcs, LeaveOneThatIsBeatenTheOtherWayRoundOnly) {
    const CsrGraph graph = CsrGraph::build(3, {{2, 0, 5}, {0, 1, 2}, {1, 2, 2}});
    EXPECT_THAT(without_beaten_arcs(graph).targets(2), ElementsAre(0));
}

RC_GTEST_PROP(BeatenArcs, ChangeNoBetweennessWhenTheyGo, ()) {
    const CsrGraph graph = (*tests::fee_graphs()).build();
    const CsrGraph pruned = without_beaten_arcs(graph);
    RC_CLASSIFY(pruned.target.size() < graph.target.size(), "some arcs beaten");
    const std::vector<double> expected = betweenness_reference(graph);
    const std::vector<double> values = betweenness_reference(pruned);
    for (std::size_t v = 0; v < expected.size(); ++v) {
        RC_ASSERT(std::abs(values[v] - expected[v]) <= 1e-9 * std::max(1.0, expected[v]));
    }
}

} // namespace
} // namespace mcp::graph
