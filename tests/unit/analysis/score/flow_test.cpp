#include "analysis/score/all.hpp"

#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::OwnNode;

template <typename Change>
PartResult after(Change change, bool is_cln = false) {
    test::DayOfUs day(test::quiet_node().build());
    OwnNode node = is_cln ? test::cln_of(day.facts->network) : test::node_of(day.facts->network);
    change(node);
    day.us.tell(node);
    return flow(day.us, day.us.own());
}

TEST(Flow, IsNeverGuessedFromPublicData) {
    const test::DayOfUs day(test::quiet_node().build());
    EXPECT_EQ(test::why(flow(day.us).value), test::needs_node());
}

TEST(Flow, IsTheCapacityShareThatForwardedInTheWeek) {
    const PartResult part = after([](OwnNode&) {});
    EXPECT_EQ(*part.value, 50); // two of four channels
    EXPECT_TRUE(part.is_told_by_node);
    EXPECT_EQ(test::english(part.inputs),
              "50% of capacity forwarded within 7 days; 70 forwards; failed ones are not kept");
    EXPECT_EQ(*after([](OwnNode& node) {
                   for (auto& day : node.days) {
                       day.forwards.clear();
                   }
               }).value,
              0);
}

TEST(Flow, CountsSuccessByWhatSoFewTriesProveAtLeast) {
    const PartResult part = after([](OwnNode&) {}, true);
    EXPECT_NEAR(*part.value, 50 * wilson_lower(70, 105), 1e-9);
    EXPECT_EQ(test::english(part.inputs),
              "50% of capacity forwarded within 7 days; success rate at least 57% (70 of 105)");
}

TEST(Flow, IsAbsentUnlessAllSevenDaysWereTold) {
    EXPECT_EQ(test::why(after([](OwnNode& node) { node.days.pop_back(); }).value),
              "your node did not tell the forwards of all the days concerned");
    EXPECT_EQ(test::why(after([](OwnNode& node) { node.days.clear(); }).value), "your node does not tell it");
}

TEST(Flow, StaysWhenTheNodeWasInDoubt) {
    EXPECT_EQ(*after([](OwnNode& node) { node.doubts = {domain::NodeDoubt::not_synced_to_chain}; }).value, 50)
        << "what passed on the days before is the same whatever it knows now";
}

} // namespace
} // namespace mcp::analysis
