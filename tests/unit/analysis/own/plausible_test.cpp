#include "analysis/own/plausible.hpp"

#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>
#include <limits>

namespace mcp::analysis {
namespace {

using domain::OwnNode;

const domain::Network kNetwork = test::quiet_node().build();
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

/// Why the node is not believed after `change`; "believed" when it is.
template <typename Change>
std::string_view after(Change change) {
    OwnNode node = test::cln_of(kNetwork);
    change(node);
    const std::optional<Message> why = impossible_in(node);
    return why ? why->key : "believed";
}

TEST(Plausible, IsWhatAnHonestNodeTells) {
    EXPECT_EQ(after([](OwnNode&) {}), "believed");
    EXPECT_EQ(after([](OwnNode& node) { node = test::node_of(kNetwork); }), "believed");
    EXPECT_EQ(after([](OwnNode& node) { node.channels.clear(); }), "believed");
}

TEST(Plausible, IsNoAmountBelowZeroOrAboveAllBitcoinAlsoNotTogether) {
    constexpr std::string_view kChannels = "absent.node_impossible_channels";
    EXPECT_EQ(after([](OwnNode& node) { node.channels[0].local = Msat{-1}; }), kChannels);
    EXPECT_EQ(after([](OwnNode& node) { node.channels[0].can_receive = Msat{kMost}; }), kChannels);
    EXPECT_EQ(after([](OwnNode& node) { node.channels[0].capacity = Sat{kMost}; }), kChannels);
    EXPECT_EQ(after([](OwnNode& node) { node.channels[0].capacity = kAllBitcoin; }), kChannels) << "with the others";
    EXPECT_EQ(after([](OwnNode& node) { node.channels[1].htlcs = {{true, Msat{-5}, 1}}; }), kChannels);
}

TEST(Plausible, IsNoImpossibleSumOfTheWalletOrOfClosings) {
    constexpr std::string_view kSums = "absent.node_impossible_sums";
    EXPECT_EQ(after([](OwnNode& node) { node.wallet->confirmed = Sat{-1}; }), kSums);
    EXPECT_EQ(after([](OwnNode& node) { node.balances->remote = Msat{kMost}; }), kSums);
    EXPECT_EQ(after([](OwnNode& node) { node.pending->emplace_back().capacity = Sat{kMost}; }), kSums);
    EXPECT_EQ(after([](OwnNode& node) { node.closings->emplace_back().ours = Msat{-1}; }), kSums);
}

TEST(Plausible, IsNoForwardThatCostMoneyAndNoNegativeCount) {
    constexpr std::string_view kFlows = "absent.node_impossible_flows";
    EXPECT_EQ(after([](OwnNode& node) { node.days[0].forwards[0].amount_out = Msat{kMost}; }), kFlows);
    EXPECT_EQ(after([](OwnNode& node) { node.days[0].forwards[0].amount_in = Msat{1}; }), kFlows);
    EXPECT_EQ(after([](OwnNode& node) { node.days[0].forwards[0].count = -1; }), kFlows);
    EXPECT_EQ(after([](OwnNode& node) { node.days[0].sizes[0].count = kMost; }), kFlows);
    EXPECT_EQ(after([](OwnNode& node) { (*node.days[0].failures)[0].beyond = kMost; }), kFlows);
    EXPECT_EQ(after([](OwnNode& node) { node.days[0].chain->fees = Msat{-1}; }), kFlows);
}

TEST(Plausible, IsNoTimeThatCannotBe) {
    constexpr std::string_view kTimes = "absent.node_impossible_times";
    EXPECT_EQ(after([](OwnNode& node) { node.read_at = Time{std::chrono::seconds{kMost}}; }), kTimes);
    EXPECT_EQ(after([](OwnNode& node) { node.credential_expires = Time{}; }), kTimes);
    EXPECT_EQ(after([](OwnNode& node) { node.watched->reached = test::hours{25}; }), kTimes);
    EXPECT_EQ(after([](OwnNode& node) { node.channels[0].online = std::chrono::seconds{-1}; }), kTimes);
    EXPECT_EQ(after([](OwnNode& node) { node.peers = {{.key = {}, .flaps = kMost, .last_flap = {}}}; }), kTimes);
}

} // namespace
} // namespace mcp::analysis
