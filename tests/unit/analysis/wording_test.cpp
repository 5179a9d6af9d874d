#include "analysis/wording.hpp"

#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::DayOfUs;
using test::NetworkBuilder;

std::string names(const DayOfUs& day) {
    const ChannelList all = channels_where(day.view(), [](const auto&) { return true; });
    return test::english(Message{"headline.alert", {{"what", name_peers(day.view(), all)}}});
}

TEST(DisplayName, IsTheAliasOrTheBeginningOfTheKey) {
    domain::Node node{.key = test::key_of(0x12345678), .alias = "alice", .updated = {}};
    EXPECT_EQ(display_name(node), "alice");
    node.alias.clear();
    EXPECT_EQ(display_name(node), "021234567800…");
}

TEST(NamePeers, GivesThreeLargestFirstAndCountsTheOthers) {
    NetworkBuilder network;
    network.channel("us", "alice", 1).channel("us", "bob", 5).channel("us", "carol", 3).channel("us", "alice", 3);
    EXPECT_EQ(names(DayOfUs(network.build())), "bob (5 sat), alice (4 sat), carol (3 sat)");
    network.channel("us", "dave", 2).channel("us", "erin", 1);
    EXPECT_EQ(names(DayOfUs(network.build())), "bob (5 sat), alice (4 sat), carol (3 sat), 2 more");
    EXPECT_EQ(names(DayOfUs(NetworkBuilder().node("us").build())), "");
}

TEST(NamePeers, DoesNotCallAnUnknownCapacityZero) {
    NetworkBuilder network;
    network.channel("us", "alice", 7).channel("us", "alice", std::nullopt).channel("us", "bob", 5);
    EXPECT_EQ(names(DayOfUs(network.build())), "alice (the graph does not tell the capacity), bob (5 sat)");
}

TEST(LeadingChannel, IsTheLargestWithThePeerThatHoldsMost) {
    const DayOfUs day(NetworkBuilder()
                          .channel("us", "alice", 5)
                          .channel("us", "bob", 3)
                          .channel("us", "bob", 4)
                          .channel("us", "carol", 1)
                          .build());
    const ChannelList all = channels_where(day.view(), [](const auto&) { return true; });
    EXPECT_EQ(leading_channel(all).channel->capacity, Sat{4});
    EXPECT_EQ(leading_channel({&day.with("carol")}).channel->capacity, Sat{1});
}

TEST(TotalCapacity, IsAtLeastWhatTheGraphTells) {
    const DayOfUs day(
        NetworkBuilder().channel("us", "a", 5).channel("us", "b", 3).channel("us", "c", std::nullopt).build());
    const auto told = [](const ChannelList& channels) {
        return test::english(Message{"advice.close_silent.title", {{"capacity", total_capacity_words(channels)}}});
    };
    const ChannelList all = channels_where(day.view(), [](const auto&) { return true; });
    EXPECT_EQ(total_capacity(all), std::nullopt);
    EXPECT_EQ(told(all), "Free at least 8 sat from peers that went silent");
    EXPECT_EQ(told({&day.with("c")}), "Free an unknown capacity from peers that went silent");
    EXPECT_EQ(total_capacity({&day.with("a"), &day.with("b")}), Sat{8});
    EXPECT_EQ(told({&day.with("a"), &day.with("b")}), "Free 8 sat from peers that went silent");
    EXPECT_EQ(total_capacity({}), Sat{0});
}

} // namespace
} // namespace mcp::analysis
