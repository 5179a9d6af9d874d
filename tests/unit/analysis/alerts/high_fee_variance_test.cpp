#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::NetworkBuilder;

std::string said(const std::vector<std::int64_t>& rates, bool last_disabled = false) {
    NetworkBuilder network = NetworkBuilder().node("us");
    for (std::size_t i = 0; i < rates.size(); ++i) {
        network.channel("us", fmt::format("peer {}", i), 1'000'000,
                        {.ppm = rates[i], .disabled = last_disabled && i + 1 == rates.size()});
    }
    return test::said(high_fee_variance(test::Scene(network.build()).input()));
}

TEST(HighFeeVariance, TellsOfRatesMoreThanAThousandfoldApart) {
    EXPECT_EQ(said({1, 5000, 1, 5000, 1}),
              "info\n"
              "Your fee rates lie more than a thousandfold apart\n"
              "Over 5 channels, a tenth is at 1 ppm or less and a tenth at 5,000 ppm or more. If that is not a plan, "
              "look for a forgotten default.");
    EXPECT_EQ(said({1, 1, 1, 1000, 1000}), "nothing");
    EXPECT_NE(said({1, 1, 1, 1001, 1001}), "nothing");
}

TEST(HighFeeVariance, TakesARateBelowOnePpmForOne) {
    EXPECT_EQ(said({0, 0, 0, 1000, 1000}), "nothing");
    EXPECT_NE(said({0, 0, 0, 1001, 1001}), "nothing");
}

TEST(HighFeeVariance, AsksForFiveEnabledPolicies) {
    EXPECT_EQ(said({1, 1, 5000, 5000}), "nothing");
    EXPECT_EQ(said({1, 1, 5000, 5000, 5000}, true), "nothing");
    EXPECT_EQ(said({}), "nothing");
}

TEST(HighFeeVariance, CountsOnlyWhatTheNodeItselfAnnounced) {
    NetworkBuilder network;
    for (int i = 0; i < 6; ++i) {
        network.channel("us", fmt::format("peer {}", i), 1'000'000, {.announced = false},
                        {.ppm = i % 2 == 0 ? 1 : 4000});
    }
    EXPECT_EQ(test::said(high_fee_variance(test::Scene(network.build()).input())), "nothing");
}

} // namespace
} // namespace mcp::analysis
