#include "tests/support/scene.hpp"

#include "analysis/recommendations/all.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::NetworkBuilder;

std::string said(const NetworkBuilder& network) {
    return test::said(raise_price(test::Scene(network.build()).input()));
}

TEST(RaisePrice, AsksForAFirstStepAboveAPriceBelowTheMarket) {
    EXPECT_EQ(said(test::market_of_alice({.base_msat = 500, .ppm = 50})),
              "medium fees 2.0\n"
              "You are cheaper than the market into alice\n"
              "Your price into alice is 55 ppm; 90% of the capacity of 5 others costs 100 ppm or more. Peers where it "
              "is so: 1. If the channel drains, you give it away.\n"
              "First step for alice: from 50 ppm to 55 ppm.\n"
              "lncli updatechanpolicy --base_fee_msat 500 --fee_rate_ppm 55 --time_lock_delta 80 --chan_point "
              "funding0:0\n"
              "lightning-cli setchannel 885600x0x0 500 55\n"
              "885600x0x0");
    EXPECT_EQ(said(test::market_of_alice({.ppm = 100})), "nothing");
}

TEST(RaisePrice, LeavesAMarketThatIsCheapItself) {
    EXPECT_EQ(said(test::market_of_alice({.ppm = 1}, 19)), "nothing");
    EXPECT_NE(said(test::market_of_alice({.ppm = 19}, 20)).find("from 19 ppm to 22 ppm."), std::string::npos);
}

TEST(RaisePrice, DoesNotRaiseADearChannelForTheSakeOfACheapYoungOne) {
    NetworkBuilder network = test::market_of_alice({.ppm = 300});
    EXPECT_EQ(said(network.channel("us", "alice", 500'000, {.ppm = 10}, {}, 10)), "nothing");
}

TEST(RaisePrice, IsQuietWithoutAMarketOrAnOffer) {
    EXPECT_EQ(said(test::market_of_alice({.ppm = 50}).close("rival 1", "alice")), "nothing");
    EXPECT_EQ(said(test::market_of_alice({.ppm = 50, .disabled = true})), "nothing");
    EXPECT_EQ(said(test::market_of_alice({.announced = false})), "nothing");
}

} // namespace
} // namespace mcp::analysis
