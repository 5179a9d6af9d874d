#include "analysis/node_day.hpp"

#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::DayOfUs;
using test::NetworkBuilder;

/// The market of the largest relation, which is that with alice.
PeerMarket market_of(NetworkBuilder network) {
    const DayOfUs day(network.resize("us", "alice", 2'000'000).build());
    return day.us.markets.at(0);
}

TEST(NodeDay, HoldsTheMarketOfEachRelationInItsOrder) {
    const DayOfUs day(test::market_of_alice({.ppm = 300}).resize("us", "alice", 500'000).build());
    ASSERT_EQ(day.us.markets.size(), 2u);
    EXPECT_EQ(day.us.markets[0].rivals, 1u); // bob's relation is the larger one
    EXPECT_EQ(day.us.markets[1].rivals, 5u);
    EXPECT_FALSE(day.us.markets[0].has_verdict());
    EXPECT_TRUE(day.us.markets[1].has_verdict());
    EXPECT_EQ(day.us.markets[1].quantiles->p95, 500);
}

TEST(NodeDay, TakesTheCheapestOwnOfferThatIsInTheMarket) {
    NetworkBuilder network =
        test::market_of_alice({.ppm = 300}).channel("us", "alice", 1, {.base_msat = 4000, .ppm = 200});
    EXPECT_EQ(market_of(network).own->ppm, 240); // 4,000 msat are 40 ppm of 100,000 sat
    EXPECT_EQ(market_of(network.channel("us", "alice", 1, {.ppm = 10, .disabled = true})).own->ppm, 240);
    EXPECT_EQ(market_of(network.channel("us", "alice", 1, {.ppm = 10, .ago = test::days{15}})).own->ppm, 240);
}

TEST(NodeDay, CallsADoNotUsePriceNoOffer) {
    EXPECT_FALSE(market_of(test::market_of_alice({.ppm = 5000})).own);
    EXPECT_TRUE(market_of(test::market_of_alice({.ppm = 4999})).own);
    EXPECT_FALSE(market_of(test::market_of_alice({.announced = false})).own);
}

TEST(NodeDay, GivesNoVerdictWithoutOfferOrMarket) {
    const PeerMarket no_offer = market_of(test::market_of_alice({.disabled = true}));
    EXPECT_FALSE(no_offer.has_verdict() || no_offer.dearer_than_market() || no_offer.cheaper_than_market());
    const PeerMarket no_market = market_of(test::market_of_alice({.ppm = 4000}).close("rival 1", "alice"));
    EXPECT_FALSE(no_market.has_verdict() || no_market.dearer_than_market() || no_market.cheaper_than_market());
}

TEST(NodeDay, ComparesWithTheEdgesOfTheMarket) {
    EXPECT_TRUE(market_of(test::market_of_alice({.ppm = 99})).cheaper_than_market());
    EXPECT_FALSE(market_of(test::market_of_alice({.ppm = 100})).cheaper_than_market());
    EXPECT_FALSE(market_of(test::market_of_alice({.ppm = 500})).dearer_than_market());
    EXPECT_TRUE(market_of(test::market_of_alice({.ppm = 501})).dearer_than_market());
}

TEST(NodeDay, SumsConcentrationByPeerAndLeavesItOutWithoutCapacity) {
    EXPECT_DOUBLE_EQ(*DayOfUs(test::quiet_node().build()).us.concentration, 0.25);
    EXPECT_FALSE(DayOfUs(NetworkBuilder().channel("us", "alice", std::nullopt).build()).us.concentration);
    EXPECT_FALSE(DayOfUs(NetworkBuilder().node("us").build()).us.concentration);
}

} // namespace
} // namespace mcp::analysis
