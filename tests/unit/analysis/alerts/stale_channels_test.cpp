#include "tests/support/own_node_samples.hpp"
#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::days;
using test::End;
using test::NetworkBuilder;
using test::Scene;

const End kSilent{.ago = days{15}};

std::string said(const NetworkBuilder& network) {
    return test::said(stale_channels(Scene(network.build()).input()));
}

TEST(StaleChannels, WarnsWhenAQuarterOfCapacityIsSilent) {
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", kSilent, kSilent)),
              "warning, to act on\n"
              "25% of capacity lies with silent peers\n"
              "1 channel with 1,000,000 sat had no update from either side for 14 days; other nodes drop such channels "
              "from their graph. Largest: alice (1,000,000 sat).");
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", kSilent, kSilent).resize("us", "alice", 999'999)), "nothing");
}

TEST(StaleChannels, NamesThreePeersAndCountsTheOthers) {
    NetworkBuilder network = test::quiet_node();
    for (const char* peer : {"alice", "bob", "carol", "dave"}) {
        network.set("us", peer, kSilent, kSilent);
    }
    EXPECT_EQ(said(network),
              "warning, to act on\n"
              "100% of capacity lies with silent peers\n"
              "4 channels with 4,000,000 sat had no update from either side for 14 days; other nodes "
              "drop such channels from their graph. Largest: alice (1,000,000 sat), bob (1,000,000 sat), "
              "carol (1,000,000 sat), 1 more.");
}

TEST(StaleChannels, TakesTheNewerUpdateAndMoreThanFourteenDays) {
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", kSilent, {.ago = days{3}})), "nothing");
    const End just_heard{.ago = days{14}};
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", kSilent, just_heard)), "nothing");
    const End just_silent{.ago = days{14} + std::chrono::seconds{1}};
    EXPECT_NE(said(test::quiet_node().set("us", "alice", kSilent, just_silent)), "nothing");
}

TEST(StaleChannels, SaysNothingWithoutDatesOrCapacity) {
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", kSilent, kSilent).undated()), "nothing");
    EXPECT_EQ(said(NetworkBuilder().channel("us", "alice", std::nullopt, kSilent, kSilent)), "nothing");
}

TEST(StaleChannels, LeavesOutWhatTheNodeTellsToBeActiveOrDoesNotList) {
    const domain::Network network = test::quiet_node().set("us", "alice", kSilent, kSilent).build();
    const auto beside = [&](domain::OwnNode node) {
        return test::said(stale_channels(Scene(network).told(std::move(node)).input()));
    };
    domain::OwnNode node = test::node_of(network);
    EXPECT_EQ(beside(node), "nothing");
    test::told_with(node, network, "alice").is_active = false;
    EXPECT_NE(beside(node), "nothing");
    node.channels.clear();
    EXPECT_EQ(beside(node), "nothing");
}

} // namespace
} // namespace mcp::analysis
