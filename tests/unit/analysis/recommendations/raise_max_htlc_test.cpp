#include "tests/support/scene.hpp"

#include "analysis/recommendations/all.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::NetworkBuilder;

std::string said(const NetworkBuilder& network) {
    return test::said(raise_max_htlc(test::Scene(network.build()).input()));
}

NetworkBuilder capped(std::int64_t max_htlc_sats) {
    return test::quiet_node().set("us", "alice", {.max_htlc_sats = max_htlc_sats}, {});
}

TEST(RaiseMaxHtlc, AsksForItBelowAQuarterOfTheCapacity) {
    const std::string text = said(capped(249'999));
    EXPECT_THAT(text, testing::StartsWith("low performance 0.6\n"
                                          "1 channel hides most of its capacity from larger payments\n"
                                          "With alice you take at most 249,999 sat a payment on a channel of "
                                          "1,000,000 sat. "));
    EXPECT_THAT(text, testing::EndsWith("\nRaise max_htlc to 990,000 sat.\n"
                                        "lncli updatechanpolicy --base_fee_msat 0 --fee_rate_ppm 100 "
                                        "--time_lock_delta 80 --max_htlc_msat 990000000 --chan_point funding0:0\n"
                                        "lightning-cli setchannel -k id=885600x0x0 htlcmax=990000000\n"
                                        "885600x0x0"));
    EXPECT_EQ(said(capped(250'000)), "nothing");
}

TEST(RaiseMaxHtlc, LeavesThePeersLimitAndChannelsNotInUse) {
    const test::End low{.max_htlc_sats = 1};
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", {}, low)), "nothing");
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", low, {.disabled = true})), "nothing");
    EXPECT_EQ(said(test::quiet_node().channel("us", "erin", 1'000'000, low, {}, 29)), "nothing");
}

TEST(RaiseMaxHtlc, JudgesNothingOfUnknownCapacityOrLimit) {
    EXPECT_EQ(said(capped(1).resize("us", "alice", std::nullopt)), "nothing");
    EXPECT_EQ(said(test::quiet_node()), "nothing");
}

} // namespace
} // namespace mcp::analysis
