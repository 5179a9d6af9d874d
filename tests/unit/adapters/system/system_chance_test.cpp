#include "adapters/system/system_chance.hpp"

#include <array>
#include <bit>
#include <gtest/gtest.h>
#include <set>

namespace mcp::adapters {
namespace {

TEST(SystemChance, NeverRepeatsItself) {
    SystemChance one;
    SystemChance other;
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 500; ++i) {
        seen.insert(one.bits());
        seen.insert(other.bits());
    }
    EXPECT_EQ(seen.size(), 1000U);
}

TEST(SystemChance, ThrowsEveryBitLikeACoin) {
    SystemChance chance;
    constexpr int kThrows = 4000;
    std::array<int, 64> ones{};
    for (int i = 0; i < kThrows; ++i) {
        const std::uint64_t bits = chance.bits();
        for (std::size_t bit = 0; bit < ones.size(); ++bit) {
            ones[bit] += static_cast<int>(bits >> bit & 1);
        }
    }
    for (const int count : ones) { // eight standard deviations: once in 10^13 runs by chance
        EXPECT_NEAR(count, kThrows / 2, 253);
    }
}

TEST(SystemChance, SharesLieEvenlyBetweenZeroAndOne) {
    SystemChance chance;
    std::array<int, 10> tenths{};
    for (int i = 0; i < 10'000; ++i) {
        const double share = chance.share();
        ASSERT_GE(share, 0);
        ASSERT_LT(share, 1);
        ++tenths[static_cast<std::size_t>(share * 10)];
    }
    for (const int count : tenths) {
        EXPECT_NEAR(count, 1000, 240);
    }
}

} // namespace
} // namespace mcp::adapters
