#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::OwnNode;
using test::Scene;

const domain::Network kNetwork = test::quiet_node().build();

OwnNode filled(double share) {
    OwnNode node = test::node_of(kNetwork);
    for (domain::NodeChannel& channel : node.channels) {
        test::fill(channel, share);
    }
    return node;
}

std::string said(OwnNode node) {
    return test::said(low_liquidity(Scene(kNetwork).told(std::move(node)).input()));
}

TEST(LowLiquidity, WarnsWhenASideRunsOut) {
    EXPECT_EQ(said(filled(0.02)), "warning, to act on\n"
                                  "Little can be sent from your node\n"
                                  "only 2% of the balances is yours, and 20,000 sat cannot be sent to 4 peers: alice "
                                  "(1,000,000 sat), bob (1,000,000 sat), carol (1,000,000 sat), 1 more.");
    EXPECT_EQ(said(filled(0.98)).substr(0, 51), "warning, to act on\nLittle can come into your node\no");
    EXPECT_EQ(said(filled(0.5)), "nothing");
}

TEST(LowLiquidity, NotesWhenAUsualForwardPassesForFewPeers) {
    OwnNode node = filled(0.5);
    for (const char* peer : {"alice", "bob", "carol", "dave"}) {
        test::fill(test::told_with(node, kNetwork, peer), peer == std::string("dave") ? 1 : 0.01);
    }
    EXPECT_EQ(said(node), "nothing") << "a quarter is no few";
    test::fill(test::told_with(node, kNetwork, "dave"), 0.99);
    test::told_with(node, kNetwork, "dave").can_send = {};
    EXPECT_EQ(said(node).substr(0, 4), "info");
    EXPECT_NE(said(node).find("20,000 sat can be sent to 0% of the reachable capacity only, not to 4 peers"),
              std::string::npos);
}

/// As its nodes forward less than tells the size of their forwards.
OwnNode quiet(OwnNode node) {
    node.days.clear();
    return node;
}

TEST(LowLiquidity, TakesATypicalPaymentForNoMeasurement) {
    OwnNode node = quiet(filled(0.5));
    for (domain::NodeChannel& channel : node.channels) {
        channel.can_send = Msat{1};
    }
    EXPECT_EQ(said(node), "nothing") << "nobody knows what passes here";
    EXPECT_EQ(said(quiet(filled(0.02))),
              "warning, to act on\n"
              "Little can be sent from your node\n"
              "only 2% of the balances is yours, and a typical payment (500,000 sat, or a third of a smaller channel) "
              "cannot be sent to 4 peers: alice (1,000,000 sat), bob (1,000,000 sat), carol (1,000,000 sat), 1 more.");
}

TEST(LowLiquidity, IsNamedAndGradedByWhatItFound) {
    OwnNode empty_yet_fit = filled(0.08); // 70,000 sat can go to each, 20,000 are usual: no fault
    for (domain::NodeChannel& channel : empty_yet_fit.channels) {
        channel.can_receive = {};
    }
    EXPECT_EQ(said(empty_yet_fit).substr(0, 53), "info, to act on\nLittle can come into your node\n20,000");
    OwnNode stuck = filled(0.4);
    for (domain::NodeChannel& channel : stuck.channels) {
        channel.can_send = {};
        channel.can_receive = {};
    }
    EXPECT_EQ(said(stuck).substr(0, 74),
              "info, to act on\nLittle can be sent from your node, and little can come in\n");
}

TEST(LowLiquidity, LeavesPeersThatAreAwayToOtherAlerts) {
    OwnNode node = filled(0.5);
    for (domain::NodeChannel& channel : node.channels) {
        channel.is_active = false;
    }
    EXPECT_EQ(said(node), "nothing");
}

TEST(LowLiquidity, ConcludesNothingFromANodeInDoubt) {
    OwnNode node = filled(0.02);
    node.doubts = {domain::NodeDoubt::not_synced_to_graph};
    EXPECT_EQ(said(node), "nothing");
    EXPECT_EQ(test::said(low_liquidity(Scene(kNetwork).input())), "nothing");
}

} // namespace
} // namespace mcp::analysis
