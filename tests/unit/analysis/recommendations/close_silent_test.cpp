#include "tests/support/own_node_samples.hpp"
#include "tests/support/scene.hpp"

#include "analysis/recommendations/all.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::days;
using test::End;
using test::hours;
using test::NetworkBuilder;

const End kGone{.ago = days{30}};

std::string said(const NetworkBuilder& network) {
    return test::said(close_silent(test::Scene(network.build()).input()));
}

TEST(CloseSilent, FreesCapitalFromPeersSilentForAMonth) {
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", kGone, kGone)),
              "medium channels 2.5\n"
              "Free 1,000,000 sat from peers that went silent\n"
              "For 30 days or more the graph heard from neither side of 1 channel: alice (1,000,000 sat). Either the "
              "peer is gone or the channel was closed long ago.\n"
              "If your node still lists the channel with alice, try to reach it once more; without an answer close by "
              "force (the coins come back after the delay of the channel).\n"
              "lncli closechannel --force --chan_point funding0:0\n"
              "lightning-cli close 885600x0x0 1\n"
              "885600x0x0");
}

TEST(CloseSilent, BeginsWithTheLargestChannelOfThePeerThatHoldsMost) {
    NetworkBuilder network = test::quiet_node();
    network.channel("us", "bob", 700'000, kGone, kGone).channel("us", "bob", 800'000, kGone, kGone);
    network.set("us", "alice", kGone, kGone).set("us", "bob", kGone, kGone);
    const std::string text = said(network.resize("us", "alice", 1'100'000));
    EXPECT_NE(text.find("4 channels: bob (2,500,000 sat), alice (1,100,000 sat)."), std::string::npos) << text;
    EXPECT_NE(text.find("lightning-cli close 885600x1x0 1\n885600x0x0 885600x1x0 885600x9x0 885600x8x0"),
              std::string::npos)
        << text;
}

TEST(CloseSilent, WaitsForThirtyWholeDays) {
    const End nearly{.ago = days{30} - std::chrono::seconds{1}};
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", kGone, nearly)), "nothing");
}

TEST(CloseSilent, LeavesChannelsYoungerThanThirtyDays) {
    const auto aged = [](int age_days) {
        return said(test::quiet_node().channel("us", "erin", 1'000'000, kGone, kGone, age_days));
    };
    EXPECT_EQ(aged(29), "nothing");
    EXPECT_NE(aged(30), "nothing");
}

TEST(CloseSilent, SaysNothingWithoutDatesOrIds) {
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", kGone, kGone).undated()), "nothing");
    domain::Network positions = test::quiet_node().set("us", "alice", kGone, kGone).build();
    positions.positional_ids = true;
    EXPECT_EQ(test::said(close_silent(test::Scene(positions).input())), "nothing");
}

TEST(CloseSilent, DoesNotCallAnUnknownCapacityNone) {
    const std::string text =
        said(test::quiet_node().set("us", "alice", kGone, kGone).resize("us", "alice", std::nullopt));
    EXPECT_NE(text.find("1 channel: alice (the graph does not tell the capacity)."), std::string::npos) << text;
}

/// With alice silent for a month, and what the node tells of her channel changed.
template <typename Change>
std::string said_beside_the_node(Change change) {
    const domain::Network network = test::quiet_node().set("us", "alice", kGone, kGone).build();
    domain::OwnNode node = test::node_of(network);
    change(node, test::told_with(node, network, "alice"));
    return test::said(close_silent(test::Scene(network).told(std::move(node)).input()));
}

TEST(CloseSilent, LeavesAloneWhatTheNodeItselfCanUse) {
    EXPECT_EQ(said_beside_the_node([](auto&, auto&) {}), "nothing");
    const std::string text = said_beside_the_node([](auto&, auto& alice) { alice.is_active = false; });
    EXPECT_NE(text.find("Your node still lists the channel with alice, as one that cannot be used"), std::string::npos)
        << text;
}

TEST(CloseSilent, ForcesNoChannelWithPaymentsUnderWay) {
    EXPECT_EQ(said_beside_the_node([](auto&, auto& alice) {
                  alice.is_active = false;
                  alice.htlcs = {{.incoming = true, .amount = Msat{1'000}, .expires_at_block = 900'500}};
              }),
              "nothing");
}

TEST(CloseSilent, ForcesNoChannelThatTheNodeDoesNotListAnyMore) {
    const auto forget = [](domain::OwnNode& node, domain::NodeChannel& alice) {
        std::erase_if(node.channels, [id = alice.id](const auto& channel) { return channel.id == id; });
    };
    EXPECT_EQ(said_beside_the_node(forget), "nothing");
    EXPECT_NE(said_beside_the_node([&](domain::OwnNode& node, domain::NodeChannel& alice) {
                  forget(node, alice);
                  node.gaps = {{domain::NodePart::channels, {ErrorKind::forbidden, {"live.lnd_macaroon_weak", {}}}}};
              }),
              "nothing")
        << "it did not tell its channels";
}

} // namespace
} // namespace mcp::analysis
