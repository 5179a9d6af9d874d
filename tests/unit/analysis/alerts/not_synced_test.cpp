#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::OwnNode;
using test::Scene;

const domain::Network kNetwork = test::quiet_node().build();

std::string said(std::vector<domain::NodeDoubt> doubts) {
    OwnNode node = test::node_of(kNetwork);
    node.doubts = std::move(doubts);
    return test::said(not_synced(Scene(kNetwork).told(std::move(node)).input()));
}

TEST(NotSynced, TellsEachDoubt) {
    EXPECT_EQ(
        said({domain::NodeDoubt::not_synced_to_chain, domain::NodeDoubt::no_channel_active}),
        "warning, to act on\n"
        "Your node was not up to date when it was read\n"
        "On 25 October 2025, 12:00 UTC, at block 900,100: it does not know the newest blocks, none of its open "
        "channels can be used. Nothing is concluded from its balances, usable channels and wallet of that moment. "
        "Look at its log, its connection and its Bitcoin backend: 'lncli getinfo' or 'lightning-cli getinfo'.");
    EXPECT_NE(said({domain::NodeDoubt::not_synced_to_graph}).find("has not synchronised its graph"), std::string::npos);
    EXPECT_EQ(said({}), "nothing");
    EXPECT_EQ(test::said(not_synced(Scene(kNetwork).input())), "nothing");
}

TEST(NotSynced, SaysOfANodeThatOnlyHasNoUsableChannelThatItIsCutOff) {
    EXPECT_EQ(said({domain::NodeDoubt::no_channel_active}),
              "warning, to act on\n"
              "None of your channels could be used when your node was read\n"
              "On 25 October 2025, 12:00 UTC, at block 900,100, it was starting, shutting down or cut off from its "
              "peers. Nothing is concluded from its balances, usable channels and wallet of that moment. If it lasts, "
              "look at its log and its connection: 'lncli listpeers' or 'lightning-cli listpeers'.");
}

} // namespace
} // namespace mcp::analysis
