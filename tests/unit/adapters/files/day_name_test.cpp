#include "adapters/files/day_name.hpp"

#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

TEST(DayName, IsEightDigitsThatSortByTime) {
    const Day first = std::chrono::sys_days{std::chrono::year{2025} / 1 / 9};
    EXPECT_EQ(day_name(first), "20250109");
    for (int i = 0; i < 800; ++i) {
        const Day day = first + std::chrono::days{i};
        EXPECT_EQ(parse_day_name(day_name(day)), day);
        EXPECT_LT(day_name(day), day_name(day + std::chrono::days{1}));
    }
}

TEST(DayName, IsNothingElse) {
    for (const char* text : {"", "2025", "20251301", "20250230", "20250100", "2025-1-1", " 0250101", "+0250101",
                             "202501011", "20250x01"}) {
        EXPECT_EQ(parse_day_name(text), std::nullopt) << text;
    }
    EXPECT_TRUE(parse_day_name("20240229"));
    EXPECT_FALSE(parse_day_name("20250229"));
}

} // namespace
} // namespace mcp::adapters
