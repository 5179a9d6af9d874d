#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::OwnNode;
using test::Scene;

const domain::Network kNetwork = test::quiet_node().build();

domain::PendingChannel closing(std::optional<std::int32_t> blocks, std::int64_t ours) {
    return {.kind = domain::PendingKind::force_closing,
            .funding_outpoint = "gone:0",
            .peer = kNetwork.nodes[test::node_named(kNetwork, "alice")].key,
            .capacity = Sat{1'000'000},
            .ours = Sat{ours},
            .blocks_left = blocks,
            .closing_txid = "cl05ed"};
}

std::string said(std::optional<std::vector<domain::PendingChannel>> pending) {
    OwnNode node = test::node_of(kNetwork);
    node.pending = std::move(pending);
    return test::said(force_close_pending(Scene(kNetwork).told(std::move(node)).input()));
}

TEST(ForceClosePending, TellsWithWhomHowMuchAndHowLong) {
    EXPECT_EQ(said({{closing(100, 700'000), closing({}, 20'000)}}),
              "warning, to act on\n"
              "2 channels being closed by force, 720,000 sat of yours in them\n"
              "With: alice (700,000 sat), alice (20,000 sat). The next coins come back in 100 blocks. Keep the node "
              "running until the coins are back: it must collect them, and answer if the peer cheats.");
    EXPECT_NE(said({{closing(-3, 1)}}).find("The delay of one is over"), std::string::npos);
    EXPECT_NE(said({{closing({}, 1)}}).find("does not tell yet"), std::string::npos);
}

TEST(ForceClosePending, IsANoteWhereNothingIsStillToComeBack) {
    EXPECT_EQ(said({{closing(-3, 0)}}),
              "info\n"
              "1 channel being closed by force, nothing left to come back\n"
              "With: alice (0 sat). Nothing of it is still on its way to you; it goes from the list by itself.");
    EXPECT_NE(said({{closing(-3, 0), closing({}, 1)}}).find("warning, to act on"), std::string::npos);
}

TEST(ForceClosePending, SaysNothingOfOtherPendingChannelsOrOfWhatIsNotTold) {
    domain::PendingChannel agreed = closing({}, 1);
    agreed.kind = domain::PendingKind::closing;
    EXPECT_EQ(said({{agreed}}), "nothing");
    EXPECT_EQ(said({}), "nothing");
    EXPECT_EQ(test::said(force_close_pending(Scene(kNetwork).input())), "nothing");
}

} // namespace
} // namespace mcp::analysis
