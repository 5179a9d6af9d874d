#include "base/statistics.hpp"

#include <gtest/gtest.h>

namespace mcp {
namespace {

TEST(Percentile, LiesLinearlyBetweenTheClosestRanks) {
    const std::vector<double> values = {10, 20, 40};
    EXPECT_EQ(percentile(values, 0), 10);
    EXPECT_EQ(percentile(values, 0.25), 15);
    EXPECT_EQ(percentile(values, 0.5), 20);
    EXPECT_EQ(percentile(values, 0.75), 30);
    EXPECT_EQ(percentile(values, 1), 40);
}

TEST(Percentile, OfNothingIsNothing) {
    EXPECT_EQ(percentile({}, 0.5), std::nullopt);
}

TEST(Spread, TellsMeanMedianAndEndsOfUnsortedValues) {
    EXPECT_EQ(spread({9, 1, 2, 4}), (Spread{.mean = 4, .median = 3, .min = 1, .max = 9}));
    EXPECT_EQ(spread({7}), (Spread{.mean = 7, .median = 7, .min = 7, .max = 7}));
}

TEST(Spread, OfNothingIsNothing) {
    EXPECT_EQ(spread({}), std::nullopt);
}

} // namespace
} // namespace mcp
