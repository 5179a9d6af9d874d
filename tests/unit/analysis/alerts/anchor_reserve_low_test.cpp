#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::OwnNode;
using test::Scene;

const domain::Network kNetwork = test::quiet_node().build();

std::string said(std::int64_t confirmed, std::optional<Sat> reserve) {
    OwnNode node = test::node_of(kNetwork);
    node.wallet =
        domain::NodeWallet{.confirmed = Sat{confirmed}, .unconfirmed = Sat{9'000'000}, .anchor_reserve = reserve};
    return test::said(anchor_reserve_low(Scene(kNetwork).told(std::move(node)).input()));
}

TEST(AnchorReserveLow, MeasuresByTheNodesOwnReserveWhereItTellsOne) {
    EXPECT_EQ(
        said(49'999, Sat{50'000}),
        "warning, to act on\n"
        "The wallet is 1 sat short of its reserve for closing by force\n"
        "It holds 49,999 sat confirmed; the node keeps 50,000 sat back to raise the fees of closings. Send coins to "
        "an address of 'lncli newaddress p2wkh'.");
    EXPECT_EQ(said(50'000, Sat{50'000}), "nothing");
    EXPECT_EQ(said(0, Sat{0}), "nothing");
}

TEST(AnchorReserveLow, ElseAsksFor10000ForEachChannelUpTo100000) {
    EXPECT_NE(said(39'999, {}).find("40,000 sat would do"), std::string::npos);
    EXPECT_EQ(said(40'000, {}), "nothing");
    test::NetworkBuilder many;
    for (int i = 0; i < 30; ++i) {
        many.channel("us", fmt::format("peer {}", i), 1'000'000);
    }
    const domain::Network network = many.build();
    OwnNode node = test::node_of(network);
    node.wallet->anchor_reserve.reset();
    node.wallet->confirmed = Sat{100'000};
    EXPECT_EQ(test::said(anchor_reserve_low(Scene(network).told(node).input())), "nothing");
    node.wallet->confirmed = Sat{99'999};
    EXPECT_NE(test::said(anchor_reserve_low(Scene(network).told(node).input())), "nothing");
}

TEST(AnchorReserveLow, BelievesTheWalletOfAnUpToDateNodeOnly) {
    OwnNode node = test::node_of(kNetwork);
    node.wallet->confirmed = {};
    EXPECT_NE(test::said(anchor_reserve_low(Scene(kNetwork).told(node).input())), "nothing");
    node.doubts = {domain::NodeDoubt::not_synced_to_chain};
    EXPECT_EQ(test::said(anchor_reserve_low(Scene(kNetwork).told(node).input())), "nothing");
}

TEST(AnchorReserveLow, SaysNothingOfAWalletThatWasNotTold) {
    OwnNode node = test::node_of(kNetwork);
    node.wallet.reset();
    EXPECT_EQ(test::said(anchor_reserve_low(Scene(kNetwork).told(std::move(node)).input())), "nothing");
}

} // namespace
} // namespace mcp::analysis
