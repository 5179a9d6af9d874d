#include "tests/support/scene.hpp"

#include "analysis/score/all.hpp"
#include "tests/support/own_node_samples.hpp"

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

/// What the node says, after `change` of it.
template <typename Change>
PartResult told(Change change) {
    test::DayOfUs day(test::quiet_node().undated().build());
    domain::OwnNode node = test::node_of(day.facts->network);
    change(node);
    day.us.tell(node);
    return availability(day.us, day.us.own());
}

TEST(Availability, IsWhatTheNodeSaysCanBeUsedWhereItSays) {
    const PartResult part = told([](domain::OwnNode& node) { node.channels[0].is_active = false; });
    EXPECT_EQ(*part.value, 75); // the graph has no dates, the node knows
    EXPECT_TRUE(part.is_told_by_node);
    EXPECT_EQ(test::english(part.inputs), "75% of capacity can be used as your node says, less the time its peers were "
                                          "away; times 100.0% of yesterday in which the node itself answered");
}

TEST(Availability, TakesOffTheTimeThatPeersAndNodeWereAway) {
    EXPECT_EQ(*told([](domain::OwnNode& node) {
                   node.channels[0].watched = test::hours{100};
                   node.channels[0].online = test::hours{80};
               }).value,
              95);
    const PartResult half = told([](domain::OwnNode& node) { node.watched->reached = test::hours{12}; });
    EXPECT_EQ(*half.value, 50);
    EXPECT_EQ(test::english(half.inputs).substr(0, 17), "100% of capacity ") << "the time is a factor of its own";
    EXPECT_EQ(*told([](domain::OwnNode& node) {
                   node.watched = domain::NodeWatched{.watched = test::hours{3}, .reached = test::hours{0}};
               }).value,
              100)
        << "three hours tell nothing of a day";
}

TEST(Availability, IsThatOfTheGraphWhenTheNodeWasInDoubt) {
    test::DayOfUs day(test::quiet_node().set("us", "alice", {.disabled = true}, {}).build());
    domain::OwnNode node = test::node_of(day.facts->network);
    node.doubts = {domain::NodeDoubt::not_synced_to_graph};
    day.us.tell(node);
    const PartResult part = availability(day.us, day.us.own());
    EXPECT_EQ(*part.value, 75);
    EXPECT_FALSE(part.is_told_by_node);
}

} // namespace
} // namespace mcp::analysis
