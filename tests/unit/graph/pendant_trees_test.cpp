#include "graph/pendant_trees.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::graph {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A triangle 0-1-2; on 2 hangs 3, on 3 hang 4 and 5.
const std::vector<Arc> kTriangle = {{0, 1, 1}, {1, 0, 1}, {1, 2, 1}, {2, 1, 1}, {2, 0, 1}, {0, 2, 1}};

CsrGraph triangle_with_tree() {
    std::vector<Arc> arcs = kTriangle;
    for (const Arc& arc : {Arc{2, 3, 7}, Arc{3, 4, 7}, Arc{3, 5, 7}}) {
        arcs.push_back(arc);
        arcs.push_back({arc.to, arc.from, arc.weight});
    }
    return CsrGraph::build(6, std::move(arcs));
}

TEST(PendantTrees, LeaveTheVerticesOnCyclesMostConnectedFirst) {
    std::vector<Arc> square = {{0, 1, 1}, {1, 2, 1}, {2, 3, 1}, {3, 0, 1}, {3, 1, 1}};
    square.push_back({4, 0, 1});
    const PendantTrees trees(CsrGraph::build(5, square));
    ASSERT_EQ(trees.core().vertices(), 4u);
    // 1 and 3 have three neighbours, 0 and 2 two: numbered 1, 3, 0, 2.
    EXPECT_THAT(trees.core().targets(0), ElementsAre(3));
    EXPECT_THAT(trees.core().targets(1), ElementsAre(0, 2));
    EXPECT_THAT(trees.core().targets(2), ElementsAre(0));
    EXPECT_THAT(trees.core().targets(3), ElementsAre(1));
}

TEST(PendantTrees, LetTheStemStandForAllThatHangsOnIt) {
    const PendantTrees trees(triangle_with_tree());
    EXPECT_THAT(trees.source_weight(), ElementsAre(1, 1, 4));
    EXPECT_THAT(trees.target_weight(), ElementsAre(1, 1, 4));
}

TEST(PendantTrees, CountAPendantThatOnlySendsAsASourceAlone) {
    std::vector<Arc> arcs = kTriangle;
    arcs.push_back({3, 0, 1});
    arcs.push_back({1, 4, 1});
    const PendantTrees trees(CsrGraph::build(5, arcs));
    EXPECT_THAT(trees.source_weight(), ElementsAre(2, 1, 1));
    EXPECT_THAT(trees.target_weight(), ElementsAre(1, 2, 1));
}

TEST(PendantTrees, AddWhatCrossesTheTreesToTheFiguresOfTheCore) {
    const PendantTrees trees(triangle_with_tree());
    const CoreFigures core{.betweenness = {0, 0, 0}, .sources_before = {6, 6, 6}, .targets_after = {6, 6, 6}};
    // 2: {3, 4, 5} with {0, 1}, both ways. 3: {4, 5} with {0, 1, 2} both ways, and 4 with 5.
    EXPECT_THAT(trees.unfold(core), ElementsAre(0, 0, 12, 14, 0, 0));
}

TEST(PendantTrees, FoldATreeIntoNothing) {
    const PendantTrees trees(CsrGraph::build(4, {{0, 1, 1}, {1, 2, 1}, {2, 3, 1}}));
    EXPECT_EQ(trees.core().vertices(), 0u);
    EXPECT_THAT(trees.unfold({}), ElementsAre(0, 2, 2, 0));
}

TEST(PendantTrees, LeaveLoneVerticesAlone) {
    const PendantTrees trees(CsrGraph::build(2, {}));
    EXPECT_THAT(trees.core().target, IsEmpty());
    EXPECT_THAT(trees.unfold({}), ElementsAre(0, 0));
}

} // namespace
} // namespace mcp::graph
