#include "graph/fee_market.hpp"

#include "graph/market.hpp"
#include "tests/support/small_network.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace mcp::graph {
namespace {

using domain::Channel;
using domain::Network;
using domain::NodeId;
using domain::Side;
using test::channel;
using test::kLongAgo;
using test::policy;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::int64_t kMillion = 1'000'000;

/// Node 0 offers `own_ppm` into node 1; nodes 2, 3, 4... offer `rivals_ppm`, each with a channel of a million sat.
Network market_into_1(std::int64_t own_ppm, const std::vector<std::int64_t>& rivals_ppm) {
    std::vector<Channel> channels = {channel(1, 0, 1, kMillion, policy(0, own_ppm), policy(0, 0))};
    NodeId rival = 2;
    for (const std::int64_t ppm : rivals_ppm) {
        channels.push_back(channel(rival, 1, rival, kMillion, policy(0, 0), policy(0, ppm)));
        ++rival;
    }
    return test::network(rival, std::move(channels));
}

PeerMarket only_market_of_0(const Network& network) {
    const std::vector<PeerMarket> markets = FeeMarkets(network, kComparedAmount).around(0);
    EXPECT_THAT(markets, SizeIs(1));
    return markets.at(0);
}

TEST(FeeMarket, AddsTheBaseFeeToTheRate) {
    EXPECT_DOUBLE_EQ(effective_ppm(policy(1000, 50), Msat{100'000'000}), 60);
    EXPECT_DOUBLE_EQ(effective_ppm(policy(1000, 50), Msat{1'000'000}), 1050);
    EXPECT_DOUBLE_EQ(effective_ppm(policy(0, 50), Msat{1}), 50);
}

TEST(FeeMarket, PlacesTheNodeAmongItsRivals) {
    const PeerMarket market = only_market_of_0(market_into_1(35, {10, 20, 30, 40, 50}));
    EXPECT_EQ(market.peer, 1u);
    EXPECT_EQ(market.rivals, 5u);
    EXPECT_EQ(market.capacity, Sat{5 * kMillion});
    EXPECT_EQ(market.quantiles,
              (MarketQuantiles{.p10 = 10, .p25 = 20, .median = 30, .p65 = 40, .p75 = 40, .p90 = 50, .p95 = 50}));
    ASSERT_THAT(market.own, SizeIs(1));
    EXPECT_EQ(market.own[0].ppm, 35);
    EXPECT_EQ(market.own[0].quantile, 0.6);
    EXPECT_EQ(market.own[0].next_cheaper->ppm, 30);
    EXPECT_EQ(market.own[0].next_cheaper->node, 4u);
    EXPECT_EQ(market.own[0].next_dearer->ppm, 40);
    EXPECT_EQ(market.own[0].next_dearer->node, 5u);
}

TEST(FeeMarket, KnowsNoCheaperThanTheCheapestAndNoDearerThanTheDearest) {
    const PeerMarket cheapest = only_market_of_0(market_into_1(0, {10, 20, 30, 40, 50}));
    EXPECT_FALSE(cheapest.own[0].next_cheaper);
    EXPECT_EQ(cheapest.own[0].quantile, 0);
    const PeerMarket dearest = only_market_of_0(market_into_1(99, {10, 20, 30, 40, 50}));
    EXPECT_FALSE(dearest.own[0].next_dearer);
    EXPECT_EQ(dearest.own[0].quantile, 1);
}

TEST(FeeMarket, GivesNoVerdictOnFewerThanFiveRivals) {
    const PeerMarket market = only_market_of_0(market_into_1(25, {10, 20, 30, 40}));
    EXPECT_EQ(market.rivals, 4u);
    EXPECT_FALSE(market.quantiles);
    EXPECT_FALSE(market.own[0].quantile);
    EXPECT_EQ(market.own[0].next_cheaper->ppm, 20);
}

TEST(FeeMarket, LeavesOutOwnDisabledSilentAndForbiddingDirections) {
    const Network network = test::network(5, {channel(1, 0, 1, kMillion, policy(0, 1), std::nullopt),
                                              channel(2, 0, 1, kMillion, test::disabled(policy(0, 1)), std::nullopt),
                                              channel(3, 1, 2, kMillion, std::nullopt, test::disabled(policy(0, 1))),
                                              channel(4, 1, 3, kMillion, policy(0, 1), policy(0, 1, kLongAgo)),
                                              channel(5, 1, 4, kMillion, std::nullopt, policy(0, 5000))});
    const PeerMarket market = only_market_of_0(network);
    EXPECT_EQ(market.rivals, 0u);
    EXPECT_THAT(market.own, SizeIs(1));
    EXPECT_FALSE(market.own[0].next_dearer);
}

TEST(FeeMarket, OfANodeWithoutChannelsIsEmpty) {
    EXPECT_THAT(FeeMarkets(test::network(1, {}), kComparedAmount).around(0), IsEmpty());
}

/// The same market by the plain definition: every million sat of capacity is one price in a sorted list.
std::vector<double> prices_by_definition(const Network& network, NodeId node, NodeId peer) {
    std::vector<double> prices;
    for (const Channel& other_channel : network.channels) {
        for (const Side side : {Side::node1, Side::node2}) {
            if (other_channel.end(other(side)) == peer && other_channel.end(side) != node &&
                market_standing(other_channel, side, network.as_of) == MarketStanding::in_market) {
                const auto millions = static_cast<std::size_t>(other_channel.capacity->value / kMillion);
                prices.insert(prices.end(), millions, effective_ppm(*other_channel.policy_of(side), kComparedAmount));
            }
        }
    }
    std::sort(prices.begin(), prices.end());
    return prices;
}

RC_GTEST_PROP(FeeMarket, EqualsItsDefinition, ()) {
    const Network network =
        test::any_network(*rc::gen::inRange<std::uint32_t>(2, 7), *rc::gen::inRange<std::uint32_t>(1, 60),
                          *rc::gen::arbitrary<std::uint32_t>());
    const FeeMarkets markets(network, kComparedAmount);
    for (NodeId node = 0; node < network.nodes.size(); ++node) {
        for (const PeerMarket& market : markets.around(node)) {
            const std::vector<double> prices = prices_by_definition(network, node, market.peer);
            RC_ASSERT(market.capacity == Sat{static_cast<std::int64_t>(prices.size()) * kMillion});
            if (market.quantiles) {
                const auto at = [&](std::size_t percent) { return prices[(percent * prices.size() + 99) / 100 - 1]; };
                RC_ASSERT(*market.quantiles ==
                          (MarketQuantiles{at(10), at(25), at(50), at(65), at(75), at(90), at(95)}));
            }
            for (const OwnPrice& own : market.own) {
                const auto cheaper = std::lower_bound(prices.begin(), prices.end(), own.ppm);
                const auto dearer = std::upper_bound(prices.begin(), prices.end(), own.ppm);
                const double share = static_cast<double>(cheaper - prices.begin()) / static_cast<double>(prices.size());
                RC_ASSERT(own.quantile.has_value() == market.quantiles.has_value());
                RC_ASSERT((!own.quantile || *own.quantile == share));
                RC_ASSERT(own.next_cheaper.has_value() == (cheaper != prices.begin()));
                RC_ASSERT((!own.next_cheaper || own.next_cheaper->ppm == *(cheaper - 1)));
                RC_ASSERT(own.next_dearer.has_value() == (dearer != prices.end()));
                RC_ASSERT((!own.next_dearer || own.next_dearer->ppm == *dearer));
            }
        }
    }
}

RC_GTEST_PROP(FeeMarket, DoesNotMoveWithTheNodesOwnPrice, ()) {
    const auto rivals = *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 5000));
    const auto price = *rc::gen::inRange<std::int64_t>(0, 4000);
    const auto dearer_price = price + *rc::gen::inRange<std::int64_t>(0, 999);
    const PeerMarket market = only_market_of_0(market_into_1(price, rivals));
    const PeerMarket dearer = only_market_of_0(market_into_1(dearer_price, rivals));
    RC_ASSERT((market.quantiles == dearer.quantiles));
    RC_ASSERT((market.own[0].quantile <= dearer.own[0].quantile));
}

} // namespace
} // namespace mcp::graph
