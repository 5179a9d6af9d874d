#include "tests/support/scene.hpp"

#include "analysis/score/all.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::days;
using test::End;
using test::NetworkBuilder;

PartResult of(const NetworkBuilder& network) {
    return availability(test::DayOfUs(network.build()).us);
}

TEST(Availability, IsTheShareOfCapacityInActiveChannels) {
    EXPECT_EQ(*of(test::quiet_node()).value, 100);
    const End silent{.ago = days{15}};
    NetworkBuilder network = test::quiet_node().set("us", "alice", {.disabled = true}, {});
    EXPECT_EQ(*of(network).value, 75);
    EXPECT_EQ(*of(network.set("us", "bob", silent, silent)).value, 50);
    EXPECT_EQ(*of(network.set("us", "carol", {}, {.announced = false})).value, 25);
    EXPECT_EQ(*of(network.set("us", "dave", {}, {.disabled = true})).value, 0);
    EXPECT_EQ(test::english(of(test::quiet_node().set("us", "alice", {.disabled = true}, {})).inputs).substr(0, 16),
              "75% of capacity ");
}

TEST(Availability, WeighsByCapacity) {
    EXPECT_EQ(*of(test::quiet_node().resize("us", "alice", 5'000'000).set("us", "alice", {.disabled = true}, {})).value,
              37.5); // 3 of 8 million
}

TEST(Availability, AsksForOneFreshSideOnly) {
    EXPECT_EQ(*of(test::quiet_node().set("us", "alice", {.ago = days{100}}, {})).value, 100);
}

TEST(Availability, IsAbsentWithoutDatesCapacityOrChannels) {
    EXPECT_EQ(test::why(of(test::quiet_node().undated()).value), "the graph carries no update times");
    EXPECT_EQ(test::why(of(NetworkBuilder().channel("us", "alice", std::nullopt)).value),
              "the graph does not tell the capacity");
    EXPECT_EQ(test::why(of(NetworkBuilder().node("us")).value), "the node has no public channel");
    EXPECT_EQ(test::english(of(NetworkBuilder().node("us")).inputs), "absent");
}

} // namespace
} // namespace mcp::analysis
