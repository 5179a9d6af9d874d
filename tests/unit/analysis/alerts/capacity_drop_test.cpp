#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::NetworkBuilder;
using test::Scene;

/// Yesterday 4,000,000 sat; today that much less by one channel's size.
std::string said(NetworkBuilder today) {
    return test::said(capacity_drop(Scene(today.build()).after(test::quiet_node().build()).input()));
}

TEST(CapacityDrop, WarnsOfATenthLostInADay) {
    EXPECT_EQ(said(test::quiet_node().resize("us", "alice", 600'000)),
              "warning, to act on, event\n"
              "Capacity fell by 10% in a day\n"
              "From 4,000,000 sat to 3,600,000 sat. The changes below name the channels.");
    EXPECT_EQ(said(test::quiet_node().resize("us", "alice", 600'001)), "nothing");
    EXPECT_EQ(said(test::quiet_node().resize("us", "alice", 2'000'000)), "nothing");
}

TEST(CapacityDrop, WarnsWhenAllChannelsAreGone) {
    NetworkBuilder today = test::quiet_node();
    for (const char* peer : {"alice", "bob", "carol", "dave"}) {
        today.close("us", peer);
    }
    EXPECT_NE(said(today).find("From 4,000,000 sat to 0 sat."), std::string::npos);
}

TEST(CapacityDrop, SaysNothingWithoutYesterday) {
    EXPECT_EQ(test::said(capacity_drop(Scene(NetworkBuilder().node("us").build()).input())), "nothing");
}

TEST(CapacityDrop, TakesACapacityThatIsNoLongerToldForNoLoss) {
    EXPECT_EQ(said(test::quiet_node().resize("us", "alice", std::nullopt)), "nothing");
    const NetworkBuilder gap = test::quiet_node().resize("us", "alice", std::nullopt);
    NetworkBuilder today = test::quiet_node().close("us", "alice").close("us", "bob");
    EXPECT_EQ(test::said(capacity_drop(Scene(today.build()).after(gap.build()).input())), "nothing");
}

TEST(CapacityDrop, SaysNothingOfANodeThatHadNothing) {
    Scene scene(test::quiet_node().build());
    EXPECT_EQ(test::said(capacity_drop(scene.after(NetworkBuilder().node("us").build()).input())), "nothing");
}

} // namespace
} // namespace mcp::analysis
