#include "analysis/own/own_day.hpp"

#include "analysis/own/node_section.hpp"
#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::NodeChannel;
using domain::OwnNode;
using test::days;
using test::End;
using test::NetworkBuilder;

std::string told_peer(const OwnDay& own, const test::DayOfUs& day, const std::string& peer) {
    const NodeChannel* told = own.told(day.with(peer));
    return told == nullptr ? "nothing" : told->funding_outpoint;
}

TEST(OwnDay, JoinsChannelsByIdElseByFundingOutput) {
    const test::DayOfUs day(test::quiet_node().build());
    OwnNode node = test::node_of(day.facts->network);
    test::told_with(node, day.facts->network, "bob").id = {7}; // known by its alias only
    NodeChannel& carol = test::told_with(node, day.facts->network, "carol");
    carol.id = {8};
    carol.funding_outpoint = "another:0";
    const OwnDay own(day.view(), node);
    EXPECT_EQ(told_peer(own, day, "alice"), "funding0:0");
    EXPECT_EQ(told_peer(own, day, "bob"), "funding1:0");
    EXPECT_EQ(told_peer(own, day, "carol"), "nothing");
    EXPECT_EQ(own.in_graph(carol), nullptr);
    const NodeChannel* alice = own.told(day.with("alice"));
    EXPECT_EQ(own.in_graph(*alice)->channel, day.with("alice").channel);
}

TEST(OwnDay, BelievesNoChannelThatIsSaidToBeWithAnotherPeer) {
    const test::DayOfUs day(test::quiet_node().build());
    OwnNode node = test::node_of(day.facts->network);
    test::told_with(node, day.facts->network, "alice").peer = test::key_of(500);
    EXPECT_EQ(told_peer(OwnDay(day.view(), node), day, "alice"), "nothing");
}

TEST(OwnDay, TakesOfAPeersActiveChannelsTheOneThatPassesMost) {
    NetworkBuilder network = test::quiet_node();
    network.channel("us", "alice", 3'000'000).channel("us", "alice", 9'000'000);
    const test::DayOfUs day(network.build());
    OwnNode node = test::node_of(day.facts->network);
    for (NodeChannel& channel : node.channels) {
        channel.is_active = channel.capacity != Sat{9'000'000};
    }
    const OwnDay own(day.view(), node);
    const OwnPeer& alice = own.peers().front();
    EXPECT_EQ(alice.capacity, Sat{13'000'000});
    EXPECT_EQ(alice.can_send, Msat{1'470'000'000}); // half of 3,000,000 less 1 %, not of all three
    EXPECT_EQ(*alice.fill(), 0.5);
    EXPECT_EQ(own.peers().size(), 4u);
}

TEST(OwnDay, SendsNoMoreThanThePolicyOfThatSideTakes) {
    const test::DayOfUs day(
        test::quiet_node().set("us", "alice", {.max_htlc_sats = 1'000}, {.max_htlc_sats = 2'000}).build());
    const OwnNode node = test::node_of(day.facts->network);
    const OwnDay own(day.view(), node);
    const OwnPeer* alice = own.peer(day.view().peer(day.with("alice").peer).key);
    EXPECT_EQ(alice->can_send, Msat{1'000'000});
    EXPECT_EQ(alice->can_receive, Msat{2'000'000});
}

TEST(OwnDay, LeavesUnannouncedChannelsOutOfWhatTheNetworkCanRouteOver) {
    const test::DayOfUs day(test::quiet_node().build());
    OwnNode node = test::node_of(day.facts->network);
    test::told_with(node, day.facts->network, "alice").is_public = false;
    const OwnDay own(day.view(), node);
    EXPECT_EQ(own.peers().size(), 3u);
    EXPECT_EQ(own.node().channels.size(), 4u);
}

TEST(OwnDay, JudgesForwardsByTheOwnSizeOnceTenAreKnown) {
    const test::DayOfUs day(test::quiet_node().build());
    OwnNode node = test::node_of(day.facts->network);
    EXPECT_EQ(OwnDay(day.view(), node).usual_forward(), Msat{20'000'000});
    EXPECT_TRUE(OwnDay(day.view(), node).usual_forward_is_own());
    for (domain::NodeDayFlow& flow : node.days) {
        flow.sizes = {{.amount = Msat{20'000'000}, .count = 1}};
    }
    EXPECT_EQ(OwnDay(day.view(), node).usual_forward(), kTypicalPayment);
    EXPECT_FALSE(OwnDay(day.view(), node).usual_forward_is_own());
}

TEST(OwnDay, HasAWeekOfAllSevenDaysOnly) {
    const test::DayOfUs day(test::quiet_node().build());
    OwnNode node = test::node_of(day.facts->network);
    EXPECT_EQ(OwnDay(day.view(), node).week()->totals.forwards, 70);
    node.days.erase(node.days.begin() + 3);
    const OwnDay own(day.view(), node);
    EXPECT_FALSE(own.week());
    EXPECT_NE(own.last_day(), nullptr);
    EXPECT_EQ(own.why_no_flow().reason.key, "absent.not_all_days_told");
}

TEST(OwnDay, TellsWhyAPartIsAbsentInTheNodesOwnWords) {
    const test::DayOfUs day(test::quiet_node().build());
    OwnNode node = test::node_of(day.facts->network);
    node.gaps = {{domain::NodePart::wallet, {ErrorKind::forbidden, {"system.not_allowed", {}}}}};
    const OwnDay own(day.view(), node);
    EXPECT_EQ(test::english(own.why_without(domain::NodePart::wallet).reason),
              "your node did not tell it: permission denied; check its owner and mode");
    EXPECT_EQ(test::english(own.why_without(domain::NodePart::peers).reason), "your node does not tell it");
}

TEST(OwnDay, KnowsTheNewestBlockOfNodeAndGraph) {
    const test::DayOfUs day(test::quiet_node().build());
    OwnNode node = test::node_of(day.facts->network);
    EXPECT_EQ(OwnDay(day.view(), node).height(), 900'100);
    node.block_height = 5;
    EXPECT_EQ(OwnDay(day.view(), node).height(), 900'000);
}

} // namespace
} // namespace mcp::analysis
