#include "base/nearest.hpp"

#include <gtest/gtest.h>
#include <vector>

namespace mcp {
namespace {

const std::vector<std::string> kWords = {"report", "graph", "--format", "--fee-ppm"};

TEST(Nearest, FindsAWordWithOneSlip) {
    EXPECT_EQ(nearest("reprot", kWords), "report");
    EXPECT_EQ(nearest("grap", kWords), "graph");
    EXPECT_EQ(nearest("--formatt", kWords), "--format");
    EXPECT_EQ(nearest("--fee_ppm", kWords), "--fee-ppm");
}

TEST(Nearest, IsSilentWhenNothingIsNear) {
    EXPECT_EQ(nearest("serve", kWords), std::nullopt);
    EXPECT_EQ(nearest("", kWords), std::nullopt);
    EXPECT_EQ(nearest("x", {}), std::nullopt);
}

TEST(Nearest, TakesTheEarlierOfTwoEquallyNear) {
    const std::vector<std::string> twins = {"cat", "car"};
    EXPECT_EQ(nearest("caz", twins), "cat");
}

} // namespace
} // namespace mcp
