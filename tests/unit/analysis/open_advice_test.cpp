#include "analysis/open_advice.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

OpenAdvice advice() {
    return {.capacity = Sat{5'000'000},
            .amount = Msat{500'000'000},
            .betweenness_now = 0,
            .usual_fee = Ppm{50},
            .own_fees = {Ppm{10}, Ppm{100}, Ppm{1000}},
            .candidates = {}};
}

TEST(OpenAdvice, IsWorthItsRoutesTimesTheFeeOfEach) {
    const OpenCandidate candidate{.peer = 1, .arrivals = 7, .departures = {30, 5, 1}};
    EXPECT_EQ(advice().worth(candidate, 0), 10 * 30 + 50 * 7);
    EXPECT_EQ(advice().worth(candidate, 2), 1000 * 1 + 50 * 7);
    EXPECT_EQ(advice().best_fee(candidate), 2u);
}

TEST(OpenAdvice, PrefersTheUsualOfEquallyGoodFees) {
    OpenAdvice usual_among_them = advice();
    usual_among_them.usual_fee = Ppm{100};
    EXPECT_EQ(usual_among_them.best_fee({.peer = 1, .arrivals = 7, .departures = {0, 0, 0}}), 1u);
    EXPECT_EQ(usual_among_them.best_fee({.peer = 1, .arrivals = 7, .departures = {100, 10, 1}}), 1u);
    EXPECT_EQ(usual_among_them.best_fee({.peer = 1, .arrivals = 7, .departures = {101, 10, 1}}), 0u);
}

TEST(OpenAdvice, PrefersTheLowestOfOtherEquallyGoodFees) {
    EXPECT_EQ(advice().best_fee({.peer = 1, .arrivals = 7, .departures = {100, 10, 1}}), 0u);
    EXPECT_EQ(advice().best_fee({.peer = 1, .arrivals = 0, .departures = {0, 0, 0}}), 0u);
}

} // namespace
} // namespace mcp::analysis
