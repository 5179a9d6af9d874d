#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::OwnNode;
using test::Scene;

const domain::Network kNetwork = test::quiet_node().build();

domain::PendingHtlc htlc(std::int64_t blocks, std::int64_t sats = 1'000, bool incoming = true) {
    return {.incoming = incoming,
            .amount = to_msat(Sat{sats}),
            .expires_at_block = static_cast<std::uint32_t>(900'100 + blocks)};
}

OwnNode node_with(const std::vector<domain::PendingHtlc>& with_alice) {
    OwnNode node = test::node_of(kNetwork);
    test::told_with(node, kNetwork, "alice").htlcs = with_alice;
    return node;
}

std::string said(const OwnNode& node, std::optional<OwnNode> yesterday = {}) {
    return test::said(htlc_expiry(Scene(kNetwork).told(node, std::move(yesterday)).input()));
}

OwnNode cut_off(OwnNode node) {
    test::told_with(node, kNetwork, "alice").is_active = false;
    return node;
}

TEST(HtlcExpiry, TellsWhichChannelHowManyAndHowMuch) {
    EXPECT_EQ(
        said(cut_off(node_with({htlc(30, 5'000), htlc(12, 7'000, false)}))),
        "critical, to act on\n"
        "2 payments under way, 12 blocks left\n"
        "12,000 sat in all: 7,000 sat to alice (885600x0x0), 12 blocks left, 5,000 sat from alice (885600x0x0), 30 "
        "blocks left. When one runs out, its channel is closed by force. The channel cannot be used now: bring the "
        "node and the peer back together.");
    EXPECT_EQ(said(node_with({})), "nothing");
    EXPECT_EQ(test::said(htlc_expiry(Scene(kNetwork).input())), "nothing");
}

TEST(HtlcExpiry, GrowsGraverAsTheBlocksRunOut) {
    const auto severity = [](std::int64_t blocks) { return said(cut_off(node_with({htlc(blocks)}))).substr(0, 7); };
    EXPECT_EQ(severity(145), "nothing");
    EXPECT_EQ(severity(144), "info\n1 ");
    EXPECT_EQ(severity(41), "info\n1 ");
    EXPECT_EQ(severity(40), "warning");
    EXPECT_EQ(severity(14), "warning");
    EXPECT_EQ(severity(13), "critica");
    EXPECT_EQ(severity(-5), "critica");
}

TEST(HtlcExpiry, IsAStepLessGraveOverAnActiveChannelUntilItIsKnownToHang) {
    const auto first_seen = [](std::int64_t blocks) { return said(node_with({htlc(blocks)}), node_with({})); };
    EXPECT_EQ(first_seen(20).substr(0, 5), "info\n") << "what a healthy payment to its last hop has";
    EXPECT_NE(first_seen(20).find("it may be through by now."), std::string::npos);
    EXPECT_EQ(first_seen(14).substr(0, 5), "info\n");
    EXPECT_EQ(first_seen(13).substr(0, 8), "warning,");
    EXPECT_EQ(said(node_with({htlc(20)})).substr(0, 5), "info\n") << "nobody knows since when";
    const auto hanging = [](std::int64_t blocks) { return said(node_with({htlc(blocks)}), node_with({htlc(blocks)})); };
    EXPECT_EQ(hanging(20).substr(0, 8), "warning,");
    EXPECT_EQ(hanging(13).substr(0, 9), "critical,");
    EXPECT_NE(hanging(13).find("it hangs further along. Look at the hold invoice"), std::string::npos);
}

TEST(HtlcExpiry, IsAsGraveAsTheGravest) {
    OwnNode node = node_with({htlc(20)}); // first seen, active
    test::told_with(node, kNetwork, "bob").htlcs = {htlc(30)};
    test::told_with(node, kNetwork, "bob").is_active = false;
    EXPECT_EQ(said(node).substr(0, 8), "warning,");
    EXPECT_NE(said(node).find("bring the node and the peer back together"), std::string::npos);
}

TEST(HtlcExpiry, SaysInFrenchWhereAPaymentComesFrom) {
    const auto finding = htlc_expiry(Scene(kNetwork).told(node_with({htlc(20)})).input());
    const std::string text = language::render(finding->description, language::Language::fr);
    EXPECT_NE(text.find(" venant de alice"), std::string::npos) << text;
}

TEST(HtlcExpiry, NotesOfThoseWithTimeLeftOnlyWhatHangsSinceYesterday) {
    const OwnNode today = node_with({htlc(100)});
    EXPECT_NE(said(today, today), "nothing") << "the same payment, a day later";
    EXPECT_EQ(said(today, node_with({htlc(101)})), "nothing") << "another one";
    EXPECT_EQ(said(today, node_with({})), "nothing");
    EXPECT_NE(said(node_with({htlc(40)}), node_with({})), "nothing") << "soon is soon, however young";
}

} // namespace
} // namespace mcp::analysis
