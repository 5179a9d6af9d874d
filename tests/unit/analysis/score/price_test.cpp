#include "tests/support/scene.hpp"

#include "analysis/score/all.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::NetworkBuilder;

PartResult of(const NetworkBuilder& network) {
    return price(test::DayOfUs(network.build()).us);
}

TEST(Price, IsTheShareOfComparedCapacityPricedLikeItsMarket) {
    EXPECT_EQ(*of(test::market_of_alice({.ppm = 300})).value, 100);
    NetworkBuilder two = test::market_of_alice({.ppm = 501}).set("us", "bob", {.ppm = 300}, {});
    test::add_market(two, "bob");
    EXPECT_EQ(*of(two.resize("us", "alice", 3'000'000)).value, 25);
    EXPECT_EQ(test::english(of(two).inputs),
              "25% of the capacity compared (2 peers) is priced between p10 and p95 of the market");
}

TEST(Price, CountsFromTheTenthToTheNinetyFifthPercentile) {
    EXPECT_EQ(*of(test::market_of_alice({.ppm = 99})).value, 0);
    EXPECT_EQ(*of(test::market_of_alice({.ppm = 100})).value, 100);
    EXPECT_EQ(*of(test::market_of_alice({.ppm = 500})).value, 100);
    EXPECT_EQ(*of(test::market_of_alice({.ppm = 501})).value, 0);
}

TEST(Price, IsAbsentWithoutAMarketOrAnOffer) {
    const std::string nothing = "no peer to whom the node makes an offer has a market of 5 others";
    EXPECT_EQ(test::why(of(test::quiet_node()).value), nothing);
    EXPECT_EQ(test::why(of(test::market_of_alice({.disabled = true})).value), nothing);
    EXPECT_EQ(test::why(of(NetworkBuilder().node("us")).value), nothing);
    EXPECT_EQ(test::english(of(test::quiet_node()).inputs), "absent");
}

} // namespace
} // namespace mcp::analysis
