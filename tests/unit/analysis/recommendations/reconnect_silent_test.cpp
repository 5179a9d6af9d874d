#include "tests/support/own_node_samples.hpp"
#include "tests/support/scene.hpp"

#include "analysis/recommendations/all.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::days;
using test::End;
using test::NetworkBuilder;

const End kSilent{.ago = days{15}};
const std::string kAlice = test::key_of(1).hex();

std::string said(domain::Network network) {
    return test::said(reconnect_silent(test::Scene(std::move(network)).input()));
}

TEST(ReconnectSilent, AsksToConnectAgainAfterTwoWeeks) {
    domain::Network network = test::quiet_node().set("us", "alice", kSilent, kSilent).build();
    network.nodes[test::node_named(network, "alice")].address = "203.0.113.1:9735";
    EXPECT_EQ(said(std::move(network)),
              "medium channels 2.0\n"
              "Reconnect peers that hold 1,000,000 sat\n"
              "1 channel without an update for two weeks: alice (1,000,000 sat). Other nodes no longer route over it.\n"
              "Connect to alice; if that fails, ask its operator for a new address.\n"
              "lncli connect " +
                  kAlice +
                  "@203.0.113.1:9735\n"
                  "lightning-cli connect " +
                  kAlice + "@203.0.113.1:9735\n885600x0x0");
}

TEST(ReconnectSilent, HasNoCommandForLndWithoutAnAddress) {
    const std::string text = said(test::quiet_node().set("us", "alice", kSilent, kSilent).build());
    EXPECT_NE(text.find("new address.\n\nlightning-cli connect " + kAlice + "\n"), std::string::npos) << text;
}

TEST(ReconnectSilent, SpeaksBetweenFourteenAndThirtyDays) {
    const auto silent_for = [](std::chrono::seconds ago) {
        return said(test::quiet_node().set("us", "alice", {.ago = ago}, {.ago = ago}).build());
    };
    EXPECT_EQ(silent_for(days{14}), "nothing");
    EXPECT_NE(silent_for(days{14} + std::chrono::seconds{1}), "nothing");
    EXPECT_NE(silent_for(days{30} - std::chrono::seconds{1}), "nothing");
    EXPECT_EQ(silent_for(days{30}), "nothing");
}

TEST(ReconnectSilent, LeavesYoungChannelsAndUndatedGraphs) {
    EXPECT_EQ(said(test::quiet_node().channel("us", "erin", 1'000'000, kSilent, kSilent, 29).build()), "nothing");
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", kSilent, kSilent).undated().build()), "nothing");
}

std::string said_by(domain::NodeKind kind, bool is_active) {
    const domain::Network network = test::quiet_node().set("us", "alice", kSilent, kSilent).build();
    domain::OwnNode node = test::node_of(network);
    node.kind = kind;
    test::told_with(node, network, "alice").is_active = is_active;
    return test::said(reconnect_silent(test::Scene(network).told(std::move(node)).input()));
}

TEST(ReconnectSilent, LeavesWhatTheNodeTellsToBeActive) {
    EXPECT_EQ(said_by(domain::NodeKind::lnd, true), "nothing");
    EXPECT_NE(said_by(domain::NodeKind::lnd, false), "nothing");
}

TEST(ReconnectSilent, AsksForTheAddressThatAnLndNeeds) {
    const std::string ask = "The graph tells no address of alice: ask its operator for its address, then connect.";
    EXPECT_NE(said_by(domain::NodeKind::lnd, false).find(ask), std::string::npos);
    EXPECT_EQ(said_by(domain::NodeKind::cln, false).find(ask), std::string::npos) << "it looks it up itself";
}

} // namespace
} // namespace mcp::analysis
