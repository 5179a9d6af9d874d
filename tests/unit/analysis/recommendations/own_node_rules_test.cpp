#include "analysis/recommendations/all.hpp"
#include "tests/support/outside_samples.hpp"
#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::OwnNode;
using test::days;
using test::Scene;

const domain::Network kNetwork = test::quiet_node().build();

std::string said(Advise rule, OwnNode node, std::optional<OwnNode> yesterday = {}) {
    return test::said(rule(Scene(kNetwork).told(std::move(node), std::move(yesterday)).input()));
}

OwnNode filled(double share) {
    OwnNode node = test::node_of(kNetwork);
    for (domain::NodeChannel& channel : node.channels) {
        test::fill(channel, share);
    }
    return node;
}

TEST(OwnNodeAdvice, IsNoneForAQuietNodeOrOneThatIsNotConnected) {
    for (const Advise rule :
         {rescue_payment, collect_force_close, more_outbound, more_inbound, top_up_reserve, announce_price}) {
        EXPECT_EQ(said(rule, test::node_of(kNetwork), test::earlier(test::node_of(kNetwork))), "nothing");
        EXPECT_EQ(test::said(rule(Scene(kNetwork).input())), "nothing");
    }
}

TEST(MoreOutbound, MovesUntilAQuarterIsOurs) {
    EXPECT_EQ(said(more_outbound, filled(0.02)),
              "high liquidity 6.0\n"
              "Bring 920,000 sat to your side\n"
              "Only 2.0% of the balances on your announced channels is yours; with it 25% would be.\n"
              "Swap 920,000 sat in, or open another channel with alice from your wallet.\n"
              "loop in --amt 920000\n" +
                  fmt::format("lightning-cli fundchannel {} 920000\n",
                              kNetwork.nodes[test::node_named(kNetwork, "alice")].key.hex()));
    EXPECT_EQ(said(more_outbound, filled(0.1)), "nothing");
    EXPECT_EQ(said(more_outbound, filled(0.98)), "nothing");
}

TEST(MoreOutbound, CostsAnOpeningWhereItsCommandOpensAChannel) {
    const auto cost = [](domain::NodeKind kind) {
        const test::Beside beside(test::fees_of(3, {3, 3, 4, 3, 2, 3, 5}));
        const Surroundings surroundings = beside.surroundings();
        OwnNode node = filled(0.02);
        node.kind = kind;
        return more_outbound(Scene(kNetwork).told(std::move(node)).beside(surroundings).input())->onchain_cost;
    };
    EXPECT_EQ(test::why(cost(domain::NodeKind::lnd)), "what the swap costs, its service says when asked");
    ASSERT_TRUE(cost(domain::NodeKind::cln));
    EXPECT_EQ(*cost(domain::NodeKind::cln), Sat{459}); // 153 vB x 3 sat/vB
}

TEST(TopUpReserve, DoesNotClaimToCostNothing) {
    OwnNode node = test::node_of(kNetwork);
    node.wallet->confirmed = Sat{20'000};
    EXPECT_EQ(test::why(top_up_reserve(Scene(kNetwork).told(node).input())->onchain_cost),
              "what sending it costs, the wallet that it comes from tells");
}

TEST(MoreInbound, MovesUntilAQuarterIsThePeers) {
    EXPECT_EQ(said(more_inbound, filled(0.98)),
              "high liquidity 6.0\n"
              "Move 920,000 sat to your peers' side\n"
              "Only 2.0% of the balances on your announced channels is your peers'; with it 25% would be.\n"
              "Swap 920,000 sat out to your wallet, pay with it, or buy a channel towards you.\n"
              "loop out --amt 920000\n\n");
    EXPECT_EQ(said(more_inbound, filled(0.9)), "nothing");
}

TEST(MoreInbound, PromisesNoGainAndNoPrice) {
    const auto advice = more_inbound(Scene(kNetwork).told(filled(1)).input());
    EXPECT_EQ(test::why(advice->gain_a_month), "a gain in sat needs 28 days of the node's own flows");
    EXPECT_EQ(test::why(advice->onchain_cost), "what the swap costs, its service says when asked");
    EXPECT_EQ(test::english(advice->confidence), "from what your node told today; one day is no trend");
}

TEST(MoreInbound, ConcludesNothingFromANodeInDoubt) {
    OwnNode node = filled(1);
    node.doubts = {domain::NodeDoubt::no_channel_active};
    EXPECT_EQ(said(more_inbound, node), "nothing");
}

TEST(TopUpReserve, GivesAnAddressToSendTo) {
    OwnNode node = test::node_of(kNetwork);
    node.wallet->confirmed = Sat{20'000};
    EXPECT_EQ(
        said(top_up_reserve, node),
        "medium performance 4.0\n"
        "Send 30,000 sat to your node's wallet\n"
        "It holds 20,000 sat confirmed, 50,000 sat is the reserve: without it a channel cannot be closed by force in "
        "time when fees are high.\n"
        "Send 30,000 sat to an address of your node.\n"
        "lncli newaddress p2wkh\n"
        "lightning-cli newaddr bech32\n");
}

TEST(RenewCredential, GivesTheLineOfTheNodesOwnProgram) {
    OwnNode node = test::node_of(kNetwork);
    node.credential_expires = node.read_at + test::days{14};
    EXPECT_EQ(said(renew_credential, node),
              "medium performance 3.0\n"
              "Make a new credential for your node\n"
              "The one that it is read with ends on 8 November 2025, 12:00 UTC; then half of this report goes blank.\n"
              "Make one that can only read, and connect the node with it again.\n"
              "lncli bakemacaroon --root_key_id=7210 --save_to=monitor.macaroon info:read offchain:read onchain:read "
              "peers:read\n\n");
    node.credential_expires = node.read_at + test::days{15};
    EXPECT_EQ(said(renew_credential, node), "nothing");
}

TEST(RescuePayment, ConnectsThePeerOfThePaymentThatRunsOutFirst) {
    OwnNode node = test::node_of(kNetwork);
    test::told_with(node, kNetwork, "bob").htlcs = {
        {.incoming = true, .amount = Msat{9'000'000}, .expires_at_block = 900'105}};
    test::told_with(node, kNetwork, "alice").htlcs = {
        {.incoming = true, .amount = Msat{1'000}, .expires_at_block = 900'130}};
    test::told_with(node, kNetwork, "bob").is_active = false;
    node.kind = domain::NodeKind::cln;
    const std::string key = kNetwork.nodes[test::node_named(kNetwork, "bob")].key.hex();
    EXPECT_EQ(
        said(rescue_payment, node),
        "high channels 10.0\n"
        "Bring the payment with bob home\n"
        "9,000 sat under way with bob runs out in 5 blocks; then the channel is closed by force.\n"
        "Connect to bob and leave both nodes running: the payment is settled or given back as soon as they talk.\n"
        "\n"
        "lightning-cli connect " +
            key + "\n885600x1x0");
    node.kind = domain::NodeKind::lnd;
    EXPECT_NE(said(rescue_payment, node).find("no address of bob: ask its operator for its address and connect"),
              std::string::npos);
    node.channels.clear();
    EXPECT_EQ(said(rescue_payment, node), "nothing");
}

TEST(RescuePayment, SendsNobodyToAPeerThatIsConnected) {
    const auto with = [](std::int64_t blocks, bool incoming) {
        OwnNode node = test::node_of(kNetwork);
        test::told_with(node, kNetwork, "bob").htlcs = {
            {.incoming = incoming,
             .amount = Msat{9'000'000},
             .expires_at_block = static_cast<std::uint32_t>(900'100 + blocks)}};
        return node;
    };
    EXPECT_EQ(said(rescue_payment, with(20, true)), "nothing") << "it may be through by now";
    EXPECT_EQ(said(rescue_payment, with(20, true), test::node_of(kNetwork)), "nothing");
    EXPECT_EQ(said(rescue_payment, with(20, true), with(20, true)),
              "high channels 7.0\n"
              "Bring the payment with bob home\n"
              "9,000 sat under way with bob runs out in 20 blocks; then the channel is closed by force.\n"
              "The channel with bob works, so there is nothing to connect: what holds the payment is further along. If "
              "it pays a hold invoice of yours, settle or cancel that; else look at the channel that it leaves by.\n"
              "\n\n885600x1x0");
    EXPECT_NE(said(rescue_payment, with(20, false), with(20, false)).find("Look at the channel that it came by"),
              std::string::npos);
    EXPECT_NE(said(rescue_payment, with(13, true)).find("high channels 7.0"), std::string::npos);
    EXPECT_NE(said(rescue_payment, with(13, true), with(13, true)).find("high channels 10.0"), std::string::npos);
}

TEST(RescuePayment, BeginsWithTheOneThatHangs) {
    OwnNode node = test::node_of(kNetwork);
    test::told_with(node, kNetwork, "alice").htlcs = {
        {.incoming = true, .amount = Msat{1'000}, .expires_at_block = 900'115}}; // active, first seen
    test::told_with(node, kNetwork, "bob").htlcs = {
        {.incoming = true, .amount = Msat{1'000}, .expires_at_block = 900'130}};
    test::told_with(node, kNetwork, "bob").is_active = false;
    EXPECT_NE(said(rescue_payment, node).find("Bring the payment with bob home"), std::string::npos);
}

TEST(RescuePayment, IsAWholeSentenceInFrench) {
    OwnNode node = test::node_of(kNetwork);
    test::told_with(node, kNetwork, "bob").htlcs = {
        {.incoming = true, .amount = Msat{9'000'000}, .expires_at_block = 900'105}};
    const auto advice = rescue_payment(Scene(kNetwork).told(node).input());
    const std::string text = language::render(advice->description, language::Language::fr);
    EXPECT_TRUE(text.starts_with("Un paiement en cours de ")) << text;
}

TEST(CollectForceClose, LooksAfterCoinsWhoseDelayIsOver) {
    OwnNode node = test::node_of(kNetwork);
    const domain::PubKey alice = kNetwork.nodes[test::node_named(kNetwork, "alice")].key;
    node.pending = {{.kind = domain::PendingKind::force_closing,
                     .funding_outpoint = "a:0",
                     .peer = alice,
                     .capacity = Sat{1'000'000},
                     .ours = Sat{400'000},
                     .blocks_left = 0,
                     .closing_txid = {}}};
    EXPECT_EQ(
        said(collect_force_close, node),
        "high channels 5.0\n"
        "Collect 400,000 sat of channels closed by force\n"
        "The delay of 1 channel is over: alice (400,000 sat). The node collects the coins by itself; when it does "
        "not, its transaction pays too low a fee.\n"
        "Look what still waits; if it stays, raise the fee of the sweep.\n"
        "lncli pendingchannels\n"
        "lightning-cli listpeerchannels " +
            alice.hex() + "\n");
    EXPECT_EQ(test::why(collect_force_close(Scene(kNetwork).told(node).input())->onchain_cost),
              "what the sweep pays depends on its size and fee, which are not told");
    node.pending->front().ours = Sat{0};
    EXPECT_EQ(said(collect_force_close, node), "nothing") << "nothing is still to come back";
    node.pending->front().ours = Sat{400'000};
    node.pending->front().blocks_left = 1;
    EXPECT_EQ(said(collect_force_close, node), "nothing");
    node.pending->front().blocks_left.reset();
    EXPECT_EQ(said(collect_force_close, node), "nothing");
}

TEST(AnnouncePrice, SetsTheNodesOwnPriceAgain) {
    OwnNode node = test::node_of(kNetwork);
    test::told_with(node, kNetwork, "alice").fee->rate = Ppm{250};
    EXPECT_EQ(
        said(announce_price, node, test::earlier(node)),
        "low fees 1.5\n"
        "Announce your price anew on 1 channel\n"
        "The graph still tells another price than your node has asked for a day or more: alice (1,000,000 sat).\n"
        "Set it again for alice: 250 ppm + 0 msat. The time lock in the command comes from the graph: check it against "
        "your node's before you paste.\n"
        "lncli updatechanpolicy --base_fee_msat 0 --fee_rate_ppm 250 --time_lock_delta 80 --chan_point funding0:0\n"
        "lightning-cli setchannel 885600x0x0 0 250\n885600x0x0");
}

TEST(AnnouncePrice, SetsInboundFeesWhereItIsTheseThatDiffer) {
    OwnNode node = test::node_of(kNetwork);
    test::told_with(node, kNetwork, "alice").fee->inbound_rate = Ppm{-10};
    const std::string text = said(announce_price, node, test::earlier(node));
    EXPECT_NE(text.find("Set it again for alice: -10 ppm + 0 msat inbound."), std::string::npos) << text;
    EXPECT_NE(text.find("--fee_rate_ppm 100 --time_lock_delta 80 --inbound_base_fee_msat 0 --inbound_fee_rate_ppm -10 "
                        "--chan_point"),
              std::string::npos)
        << text;
    node.kind = domain::NodeKind::cln;
    EXPECT_EQ(said(announce_price, node, test::earlier(node)).find("time lock in the command"), std::string::npos);
}

/// What is advised on the price into alice, `ppm` in a market of 100 to 500, with that much of her channel ours.
std::string priced(Advise rule, std::int64_t ppm, double share, bool idle = true, bool week = true) {
    const domain::Network network = test::market_of_alice({.ppm = ppm, .ago = test::days{8}}).build();
    OwnNode node = test::node_of(network);
    test::fill(test::told_with(node, network, "alice"), share);
    for (domain::NodeDayFlow& day : node.days) {
        day.forwards.clear();
    }
    if (!idle) {
        node.days[0].forwards = {{.in = {1},
                                  .out = test::told_with(node, network, "alice").id,
                                  .count = 1,
                                  .amount_in = {},
                                  .amount_out = {}}};
    }
    if (!week) {
        node.days.clear();
    }
    return test::said(rule(Scene(network).told(std::move(node)).input()));
}

TEST(LowerPrice, WaitsForAFullChannelThatIdlesWhereTheNodeTells) {
    EXPECT_NE(priced(lower_price, 450, 0.9), "nothing");
    EXPECT_EQ(priced(lower_price, 450, 0.9, false), "nothing") << "somebody paid it";
    EXPECT_EQ(priced(lower_price, 450, 0.5), "nothing") << "not full";
    EXPECT_EQ(priced(lower_price, 900, 0.5), "nothing") << "dear, but that may be the plan";
    EXPECT_EQ(priced(lower_price, 250, 0.9), "nothing") << "cheaper than the upper third";
    EXPECT_EQ(priced(lower_price, 450, 0.9, true, false), "nothing") << "whether it idles was not told";
    EXPECT_NE(priced(lower_price, 450, 0.9)
                  .find("90% of the balance with alice is on your side and nothing was forwarded "
                        "to it in 7 days. Your price is 450 ppm, the median of 5 others 300 ppm"),
              std::string::npos);
}

TEST(RaisePrice, WaitsForADrainedChannelWhereTheNodeTells) {
    EXPECT_NE(priced(raise_price, 150, 0.1, false), "nothing") << "within the market, but it drains";
    EXPECT_EQ(priced(raise_price, 50, 0.5, false), "nothing") << "cheap, and not draining";
    EXPECT_EQ(priced(raise_price, 450, 0.1, false), "nothing") << "already in the upper third";
    EXPECT_NE(priced(raise_price, 150, 0.1, false)
                  .find("Only 10% of the balance with alice is left on your side, after 1 forward to it in 7 days."),
              std::string::npos);
}

TEST(RaisePrice, CallsNoChannelDrainedThatNothingLeftOver) {
    EXPECT_EQ(priced(raise_price, 150, 0.1, true), "nothing") << "empty, as a channel that the peer opened is";
    EXPECT_EQ(priced(raise_price, 150, 0.1, false, false), "nothing") << "whether it drains was not told";
}

/// Raised into alice, drained, at 150 ppm in the graph since `ago`; the node told `then` ppm a week ago, `now` today.
std::string raised(std::chrono::seconds ago, std::optional<std::int64_t> then, std::int64_t now = 150) {
    const domain::Network network = test::market_of_alice({.ppm = 150, .ago = ago}).build();
    OwnNode node = test::node_of(network);
    domain::NodeChannel& alice = test::told_with(node, network, "alice");
    test::fill(alice, 0.1);
    alice.fee->rate = Ppm{now};
    node.days[0].forwards = {{.in = {1}, .out = alice.id, .count = 1, .amount_in = {}, .amount_out = {}}};
    std::optional<OwnNode> week_ago;
    if (then) {
        week_ago = test::earlier(node, 7);
        test::told_with(*week_ago, network, "alice").fee->rate = Ppm{*then};
    }
    return test::said(raise_price(Scene(network).told(node, {}, week_ago).input()));
}

TEST(PriceOfTheNode, IsLeftAloneForAWeekAfterAStep) {
    EXPECT_EQ(raised(test::days{6}, {}), "nothing");
    EXPECT_NE(raised(test::days{7}, {}), "nothing");
    EXPECT_NE(raised(test::hours{1}, 150), "nothing") << "announced anew, not changed";
    EXPECT_EQ(raised(test::days{8}, 140), "nothing") << "the node knows better than the graph";
}

TEST(PriceOfTheNode, StepsFromWhatTheNodeAsksNotFromWhatTheGraphHeard) {
    const std::string text = raised(test::days{8}, 200, 200);
    EXPECT_NE(text.find("from 200 ppm to 220 ppm."), std::string::npos) << text;
    EXPECT_NE(text.find("--fee_rate_ppm 220 "), std::string::npos) << text;
}

} // namespace
} // namespace mcp::analysis
