#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::NetworkBuilder;

std::string said(const NetworkBuilder& network) {
    return test::said(fee_out_of_market(test::Scene(network.build()).input()));
}

TEST(FeeOutOfMarket, TellsWhenTheComparedCapacityIsDearerThanItsMarket) {
    EXPECT_EQ(said(test::market_of_alice({.ppm = 501})),
              "info, to act on\n"
              "100% of the compared capacity is dearer than its market\n"
              "For these peers 95% of the capacity of others is cheaper: alice (1,000,000 sat).");
    EXPECT_EQ(said(test::market_of_alice({.ppm = 500})), "nothing");
}

TEST(FeeOutOfMarket, CountsTheBaseFee) {
    EXPECT_NE(said(test::market_of_alice({.base_msat = 100, .ppm = 500})), "nothing"); // 1 ppm of 100,000 sat
}

TEST(FeeOutOfMarket, SpeaksFromHalfOfTheComparedCapacityOn) {
    NetworkBuilder half = test::market_of_alice({.ppm = 501});
    test::add_market(half, "bob");
    EXPECT_NE(said(half).find("\n50% of the compared capacity is dearer than its market\n"), std::string::npos);
    EXPECT_EQ(said(half.resize("us", "bob", 1'000'001)), "nothing");
}

TEST(FeeOutOfMarket, JudgesNoOfferAndNoMarketOfFewerThanFive) {
    EXPECT_EQ(said(test::market_of_alice({.ppm = 5000})), "nothing");
    EXPECT_EQ(said(test::market_of_alice({.ppm = 501, .disabled = true})), "nothing");
    EXPECT_EQ(said(test::market_of_alice({.ppm = 501}).close("rival 5", "alice")), "nothing");
    EXPECT_EQ(said(test::market_of_alice({.ppm = 501}).resize("rival 5", "alice", std::nullopt)), "nothing");
}

TEST(FeeOutOfMarket, ComparesPricesInAnUndatedGraphToo) {
    EXPECT_NE(said(test::market_of_alice({.ppm = 501}).undated()), "nothing");
}

} // namespace
} // namespace mcp::analysis
