#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::days;
using test::End;
using test::hours;
using test::NetworkBuilder;
using test::Scene;

const End kOff{.disabled = true, .ago = days{2}};

std::string said(const NetworkBuilder& network) {
    return test::said(channel_inactive(Scene(network.build()).input()));
}

TEST(ChannelInactive, WarnsWhenAQuarterOfCapacityIsDisabledForMoreThanADay) {
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", {}, kOff)),
              "warning, to act on\n"
              "25% of capacity has been disabled for more than a day\n"
              "1 channel with 1,000,000 sat has been disabled by a side for more than a day, most likely because the "
              "peers cannot reach each other. Largest: alice (1,000,000 sat).");
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", {}, kOff).resize("us", "alice", 999'999)), "nothing");
}

TEST(ChannelInactive, CountsEitherSide) {
    EXPECT_NE(said(test::quiet_node().set("us", "alice", kOff, {})), "nothing");
    EXPECT_NE(said(test::quiet_node().set("us", "alice", kOff, kOff)), "nothing");
}

TEST(ChannelInactive, IsCriticalAboveHalfOfCapacityOnly) {
    NetworkBuilder half = test::quiet_node().set("us", "alice", {}, kOff).set("us", "bob", {}, kOff);
    EXPECT_EQ(said(half).substr(0, 8), "warning,");
    EXPECT_EQ(said(half.set("us", "carol", kOff, {})),
              "critical, to act on\n"
              "75% of capacity has been disabled for more than a day\n"
              "3 channels with 3,000,000 sat have been disabled by a side for more than a day, most likely because "
              "the peers cannot reach each other. Largest: alice (1,000,000 sat), bob (1,000,000 sat), carol "
              "(1,000,000 sat).");
}

TEST(ChannelInactive, WaitsForMoreThanADay) {
    const auto disabled_since = [](std::chrono::seconds ago) {
        return said(test::quiet_node().set("us", "alice", {}, {.disabled = true, .ago = ago}));
    };
    EXPECT_EQ(disabled_since(hours{24}), "nothing");
    EXPECT_NE(disabled_since(hours{24} + std::chrono::seconds{1}), "nothing");
}

TEST(ChannelInactive, LeavesSilentChannelsToTheirOwnRule) {
    const End long_off{.disabled = true, .ago = days{15}};
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", long_off, long_off)), "nothing");
}

/// What a node says today of a channel that the graph tells to be off for two days, after such a day before.
std::string said_after(const domain::OwnNode& yesterday) {
    const domain::Network network = test::quiet_node().set("us", "alice", {}, kOff).build();
    test::DayOfUs day(network);
    domain::OwnNode today = test::node_of(network);
    test::told_with(today, network, "alice").is_active = false;
    day.us.tell(today, &yesterday);
    const GraphHealth health = graph_health(*day.facts, nullptr);
    const Thresholds thresholds;
    return test::said(channel_inactive({.today = day.us, .health = health, .thresholds = thresholds}));
}

TEST(ChannelInactive, ReadsNoUsableChannelFromADayOnWhichTheNodeToldNone) {
    const domain::Network network = test::quiet_node().build();
    domain::OwnNode before = test::earlier(test::node_of(network));
    EXPECT_EQ(said_after(before), "nothing") << "it could be used yesterday";
    before.channels.clear();
    before.gaps = {{domain::NodePart::channels, {ErrorKind::forbidden, {"system.not_allowed", {}}}}};
    EXPECT_NE(said_after(before), "nothing") << "unknown: the graph tells";
    before = test::earlier(test::node_of(network));
    before.doubts = {domain::NodeDoubt::not_synced_to_chain};
    EXPECT_NE(said_after(before), "nothing");
}

TEST(ChannelInactive, SaysNothingWithoutDatesOrCapacity) {
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", {}, kOff).undated()), "nothing");
    EXPECT_EQ(said(NetworkBuilder().channel("us", "alice", std::nullopt, {}, kOff)), "nothing");
    EXPECT_EQ(said(NetworkBuilder().node("us")), "nothing");
}

} // namespace
} // namespace mcp::analysis
