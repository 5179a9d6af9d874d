#include "analysis/listing.hpp"

#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::DisabledBy;
using domain::ReportChannel;
using domain::ReportPeer;
using test::DayOfUs;
using test::End;
using test::NetworkBuilder;

ReportChannel only_channel(std::optional<std::int64_t> capacity_sats, End of_us, End of_alice) {
    return list_channels(DayOfUs(NetworkBuilder().channel("us", "alice", capacity_sats, of_us, of_alice).build()).us)
        .at(0);
}

ReportPeer first_peer(const NetworkBuilder& network) {
    return list_peers(DayOfUs(network.build()).us).at(0);
}

TEST(ListChannels, TellsAllThatTheGraphKnowsOfAChannel) {
    NetworkBuilder network;
    network.channel("us", "alice", 2'000'000,
                    {.base_msat = 7, .ppm = 250, .ago = test::days{3}, .max_htlc_sats = 1'500'000},
                    {.ppm = 90, .ago = test::days{2}, .inbound_base_msat = -1, .inbound_ppm = -20});
    network.channel("us", "bob", 3'000'000, {}, {}, 0);
    const std::vector<ReportChannel> rows = list_channels(DayOfUs(network.build()).us);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].peer_alias, "bob");
    const ReportChannel& alice = rows[1];
    EXPECT_EQ(alice.id_text, "885600x0x0");
    EXPECT_EQ(alice.peer, test::key_of(1));
    EXPECT_EQ(*alice.capacity, Sat{2'000'000});
    EXPECT_EQ(*alice.age_days, 100);
    EXPECT_EQ(*alice.last_update_days, 2);
    EXPECT_EQ(alice.own_fee->base, Msat{7});
    EXPECT_EQ(alice.own_fee->rate, Ppm{250});
    EXPECT_EQ(alice.peer_fee->rate, Ppm{90});
    EXPECT_EQ(alice.peer_fee->inbound_base, Msat{-1});
    EXPECT_EQ(alice.peer_fee->inbound_rate, Ppm{-20});
    EXPECT_EQ(alice.disabled_by, DisabledBy::nobody);
    EXPECT_EQ(*alice.max_htlc, Sat{1'500'000});
    EXPECT_EQ(test::why(alice.local), test::needs_node());
    EXPECT_EQ(test::why(alice.remote), test::needs_node());
}

TEST(ListChannels, TellsWhoDisabledIt) {
    const End off{.disabled = true};
    EXPECT_EQ(only_channel(1, off, {}).disabled_by, DisabledBy::own);
    EXPECT_EQ(only_channel(1, {}, off).disabled_by, DisabledBy::peer);
    EXPECT_EQ(only_channel(1, off, off).disabled_by, DisabledBy::both);
    EXPECT_EQ(only_channel(1, {.announced = false}, {}).disabled_by, DisabledBy::nobody);
}

TEST(ListChannels, GivesTheReasonOfEachGap) {
    const ReportChannel gaps = only_channel(std::nullopt, {.announced = false}, {});
    EXPECT_EQ(test::why(gaps.capacity), "the graph does not tell the capacity");
    EXPECT_EQ(test::why(gaps.own_fee), "no enabled fee policy was announced");
    EXPECT_EQ(test::why(gaps.max_htlc), "no enabled fee policy was announced");
    EXPECT_EQ(test::why(only_channel(1, {}, {.announced = false}).peer_fee), "no enabled fee policy was announced");
    EXPECT_EQ(test::why(only_channel(1, {}, {}).max_htlc), "no max_htlc was announced");
    EXPECT_EQ(test::why(only_channel(1, {.announced = false}, {.announced = false}).last_update_days),
              "no update of this channel carries a date");
}

TEST(ListChannels, NumbersChannelsByPositionWithoutIdsAndKnowsNoDates) {
    domain::Network network = NetworkBuilder().channel("us", "alice", 1).undated().build();
    network.positional_ids = true;
    network.channels[0].id.value = 17;
    const ReportChannel row = list_channels(DayOfUs(network).us).at(0);
    EXPECT_EQ(row.id_text, "17");
    EXPECT_EQ(test::why(row.age_days), "the graph has no short channel ids");
    EXPECT_EQ(test::why(row.last_update_days), "the graph carries no update times");
}

TEST(ListPeers, HoldsOurPriceAgainstTheMarket) {
    const ReportPeer alice =
        first_peer(test::market_of_alice({.ppm = 301}).channel("us", "alice", 1'000'000, {.ppm = 400}));
    EXPECT_EQ(alice.peer_alias, "alice");
    EXPECT_EQ(alice.channels, 2);
    EXPECT_EQ(*alice.capacity, Sat{2'000'000});
    EXPECT_EQ(alice.rivals, 5);
    EXPECT_EQ(*alice.own_price, 301);
    EXPECT_EQ(*alice.market_p10, 100);
    EXPECT_EQ(*alice.market_median, 300);
    EXPECT_EQ(*alice.market_p95, 500);
    EXPECT_DOUBLE_EQ(*alice.own_quantile, 0.6);
}

TEST(ListPeers, GivesTheReasonOfEachGap) {
    const ReportPeer alone =
        first_peer(NetworkBuilder().channel("us", "alice", std::nullopt, {.disabled = true}, {.announced = false}));
    const std::string too_few = "fewer than 5 others lead to this peer: no market to compare with";
    EXPECT_EQ(test::why(alone.capacity), "the graph does not tell the capacity");
    EXPECT_EQ(test::why(alone.own_price), "no own offer: disabled, never announced, or 5,000 ppm and more");
    EXPECT_EQ(test::why(alone.own_quantile), "no own offer: disabled, never announced, or 5,000 ppm and more");
    EXPECT_EQ(test::why(alone.market_p10), too_few);
    EXPECT_EQ(test::why(alone.market_median), too_few);
    EXPECT_EQ(test::why(alone.market_p95), too_few);
    EXPECT_EQ(test::why(alone.price_to_be_paid), "no enabled fee policy was announced");
    EXPECT_EQ(test::why(first_peer(NetworkBuilder().channel("us", "alice", 1)).own_quantile), too_few);
}

double to_be_paid(End of_us, End of_alice) {
    return *first_peer(NetworkBuilder().channel("us", "alice", 1'000'000, of_us, of_alice)).price_to_be_paid;
}

TEST(ListChannels, TellsNoInboundFeesAndNoAgesThatTheSourceDoesNotTell) {
    domain::Network network = test::quiet_node().build();
    network.tells = {.addresses = false, .update_dates = false, .inbound_fees = false};
    const DayOfUs day(std::move(network));
    const ReportChannel channel = list_channels(day.us).at(0);
    EXPECT_EQ(channel.own_fee->inbound_rate, std::nullopt);
    EXPECT_EQ(channel.peer_fee->inbound_base, std::nullopt);
    EXPECT_EQ(test::why(channel.last_update_days), "the graph's source does not date updates");
    EXPECT_EQ(test::why(list_peers(day.us).at(0).price_to_be_paid), "the graph's source does not tell inbound fees");
    EXPECT_EQ(day.facts->silent_share, std::nullopt);
}

TEST(PriceToBePaid, IsThePeersFeeAndOurInboundFee) {
    EXPECT_DOUBLE_EQ(to_be_paid({}, {.base_msat = 1000, .ppm = 100}), 110); // 1,000 msat of 100,000 sat are 10 ppm
    EXPECT_DOUBLE_EQ(to_be_paid({.inbound_ppm = -30}, {.ppm = 100}), 70);
    EXPECT_DOUBLE_EQ(to_be_paid({.inbound_base_msat = 500, .inbound_ppm = 30}, {.ppm = 100}), 135);
    EXPECT_DOUBLE_EQ(to_be_paid({.inbound_ppm = -300}, {.ppm = 100}), 0);
    EXPECT_DOUBLE_EQ(to_be_paid({.announced = false}, {.ppm = 100}), 100);
}

TEST(PriceToBePaid, IsThatOfTheCheapestEnabledChannel) {
    NetworkBuilder network;
    network.channel("us", "alice", 3, {}, {.ppm = 100}).channel("us", "alice", 2, {}, {.ppm = 80});
    network.channel("us", "alice", 1, {}, {.ppm = 10, .disabled = true});
    EXPECT_DOUBLE_EQ(*first_peer(network).price_to_be_paid, 80);
}

} // namespace
} // namespace mcp::analysis
