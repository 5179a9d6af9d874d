#include "tests/support/scene.hpp"

#include "analysis/recommendations/all.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::NetworkBuilder;

std::string said(const NetworkBuilder& network) {
    return test::said(lower_price(test::Scene(network.build()).input()));
}

TEST(LowerPrice, AsksForAFirstStepBelowAPriceAboveTheMarket) {
    EXPECT_EQ(said(test::market_of_alice({.base_msat = 1000, .ppm = 1000})),
              "medium fees 2.5\n"
              "You are dearer than the market into alice\n"
              "Your price into alice is 1,010 ppm; 95% of the capacity of 5 others is at 500 ppm or less. Peers where "
              "it is so: 1. Unless the channel forwards at this price (your node knows), go down in steps.\n"
              "First step for alice: from 1,000 ppm to 900 ppm.\n"
              "lncli updatechanpolicy --base_fee_msat 1000 --fee_rate_ppm 900 --time_lock_delta 80 --chan_point "
              "funding0:0\n"
              "lightning-cli setchannel 885600x0x0 1000 900\n"
              "885600x0x0");
}

TEST(LowerPrice, LowersTheBaseFeeWhereThatAloneMakesThePrice) {
    const std::string text = said(test::market_of_alice({.base_msat = 60'000, .ppm = 0})); // 600 ppm of 100,000 sat
    EXPECT_NE(text.find("First step for alice: from 60,000 msat to 54,000 msat.\n"
                        "lncli updatechanpolicy --base_fee_msat 54000 --fee_rate_ppm 0 --time_lock_delta 80 "
                        "--chan_point funding0:0\n"
                        "lightning-cli setchannel 885600x0x0 54000 0\n"),
              std::string::npos)
        << text;
}

TEST(LowerPrice, IsQuietAtTheNinetyFifthPercentileAndWithoutAMarket) {
    EXPECT_EQ(said(test::market_of_alice({.ppm = 500})), "nothing");
    EXPECT_NE(said(test::market_of_alice({.ppm = 501})), "nothing");
    EXPECT_EQ(said(test::market_of_alice({.ppm = 501}).close("rival 1", "alice")), "nothing");
    EXPECT_EQ(said(NetworkBuilder().node("us")), "nothing");
}

TEST(LowerPrice, TakesADoNotUsePriceForNoOffer) {
    EXPECT_EQ(said(test::market_of_alice({.ppm = 5000})), "nothing");
}

} // namespace
} // namespace mcp::analysis
