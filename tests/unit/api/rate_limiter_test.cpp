#include "api/rate_limiter.hpp"

#include <gtest/gtest.h>
#include <tuple>

namespace mcp::api {
namespace {

using namespace std::chrono_literals;
using Span = Timer::Span;

TEST(RateLimiter, LetsAMinutesRequestsComeAtOnceAndNoMore) {
    RateLimiter limiter(60, 1);
    for (int i = 0; i < 60; ++i) {
        EXPECT_FALSE(limiter.take(7, 1h)) << i;
    }
    EXPECT_EQ(limiter.take(7, 1h), Span(1s)) << "one comes back each second";
    EXPECT_EQ(limiter.take(7, 1h), Span(1s)) << "what was refused does not count";
}

TEST(RateLimiter, GivesBackWhatWasUsedEvenly) {
    RateLimiter limiter(60, 1);
    for (int i = 0; i < 60; ++i) {
        std::ignore = limiter.take(7, 1h);
    }
    EXPECT_TRUE(limiter.take(7, 1h + 999ms));
    EXPECT_FALSE(limiter.take(7, 1h + 1s));
    EXPECT_TRUE(limiter.take(7, 1h + 1s));
    int let_in = 0;
    for (int i = 0; i < 100; ++i) {
        let_in += limiter.take(7, 1h + 2min) ? 0 : 1;
    }
    EXPECT_EQ(let_in, 60) << "a full minute, however long it was quiet";
}

TEST(RateLimiter, AllowsTheRateForEver) {
    RateLimiter limiter(600, 1);
    for (int i = 0; i < 5000; ++i) {
        EXPECT_FALSE(limiter.take(7, 1h + i * 100ms)) << i;
    }
}

TEST(RateLimiter, CountsEachClientForItself) {
    RateLimiter limiter(1, 1);
    EXPECT_FALSE(limiter.take(1, 1h));
    EXPECT_FALSE(limiter.take(2, 1h));
    EXPECT_TRUE(limiter.take(1, 1h));
    EXPECT_TRUE(limiter.take(2, 1h));
}

TEST(RateLimiter, LooksWithoutCounting) {
    RateLimiter limiter(1, 1);
    EXPECT_FALSE(limiter.look(1, 1h)) << "never seen";
    EXPECT_FALSE(limiter.take(1, 1h));
    EXPECT_EQ(limiter.look(1, 1h), Span(1min));
    EXPECT_EQ(limiter.look(1, 1h), Span(1min));
    EXPECT_FALSE(limiter.look(1, 1h + 1min));
}

TEST(RateLimiter, OfZeroIsNone) {
    RateLimiter limiter(0, 1);
    for (int i = 0; i < 10'000; ++i) {
        ASSERT_FALSE(limiter.take(7, 0s));
    }
}

TEST(RateLimiter, AFloodOfClientsForgivesNobodyWhoUsedAlmostAll) {
    RateLimiter limiter(600, 1);
    for (int i = 0; i < 600; ++i) {
        std::ignore = limiter.take(7, 1h);
    }
    for (std::uint64_t other = 1000; other < 1000 + 10 * RateLimiter::kClients; ++other) {
        std::ignore = limiter.take(other, 1h);
    }
    EXPECT_TRUE(limiter.take(7, 1h));
}

} // namespace
} // namespace mcp::api
