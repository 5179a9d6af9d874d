#include "base/weighted_quantile.hpp"

#include <gtest/gtest.h>
#include <vector>

namespace mcp {
namespace {

TEST(WeightedQuantile, IsTheValueAtWhichTheWeightIsReached) {
    const std::vector<Weighted> fees{{1, 10}, {5, 80}, {900, 10}};
    EXPECT_EQ(weighted_quantile(fees, 0.1), 1);
    EXPECT_EQ(weighted_quantile(fees, 0.11), 5);
    EXPECT_EQ(weighted_quantile(fees, 0.9), 5);
    EXPECT_EQ(weighted_quantile(fees, 0.95), 900);
    EXPECT_EQ(weighted_quantile(fees, 1), 900);
}

TEST(WeightedQuantile, OfNothingIsNothing) {
    EXPECT_EQ(weighted_quantile({}, 0.5), std::nullopt);
    EXPECT_EQ(weighted_quantile(std::vector<Weighted>{{7, 0}}, 0.5), std::nullopt);
}

TEST(WeightedQuantile, NeverNamesAValueWithoutWeight) {
    EXPECT_EQ(weighted_quantile(std::vector<Weighted>{{1, 0}, {2, 1}}, 0), 2);
}

} // namespace
} // namespace mcp
