#include "analysis/betweenness_change.hpp"

#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

TEST(BetweennessChange, IsRelativeToTheEarlierDay) {
    const test::DayOfUs whole(test::quiet_node().build());
    const test::DayOfUs less(test::quiet_node().set("us", "dave", {.disabled = true}, {}).build());
    EXPECT_NEAR(*betweenness_change(whole.view(), less.view()), -0.25, 1e-12); // one of four thirds lost
    EXPECT_NEAR(*betweenness_change(less.view(), whole.view()), 1.0 / 3, 1e-12);
    EXPECT_EQ(*betweenness_change(whole.view(), whole.view()), 0);
}

TEST(BetweennessChange, IsNothingForANodeThatCarriedNothing) {
    const test::DayOfUs whole(test::quiet_node().build());
    const test::DayOfUs nothing(test::NetworkBuilder().channel("us", "alice", 1'000'000).build());
    EXPECT_EQ(betweenness_change(nothing.view(), whole.view()), std::nullopt);
    EXPECT_EQ(*betweenness_change(whole.view(), nothing.view()), -1);
}

} // namespace
} // namespace mcp::analysis
