#include "flow/retry.hpp"
#include "flow/schedule.hpp"
#include "flow/snapshots.hpp"
#include "tests/support/service_fakes.hpp"

#include <gtest/gtest.h>

namespace mcp::flow {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Day kDay{std::chrono::year{2026} / 3 / 1};

TEST(Schedule, IsDueOnceADayAtItsMinute) {
    const Schedule schedule{.enabled = true, .at = hours{6} + minutes{30}};
    const Time due = Time(kDay) + hours{6} + minutes{30};
    EXPECT_EQ(schedule.next_after(Time(kDay)), due);
    EXPECT_EQ(schedule.next_after(due - seconds{1}), due);
    EXPECT_EQ(schedule.next_after(due), due + days{1}) << "the minute itself is past: its run has begun";
    EXPECT_EQ(schedule.last_until(due), due);
    EXPECT_EQ(schedule.last_until(due - seconds{1}), due - days{1});
}

TEST(Schedule, IsToldAsTheContractSays) {
    const Schedule schedule{.enabled = true, .at = hours{6}};
    EXPECT_EQ(schedule.clock_text(), "06:00");
    EXPECT_EQ(schedule.cron_text(), "0 6 * * *");
    EXPECT_EQ(schedule.in_words(), "Every day at 06:00 UTC");
    EXPECT_EQ((Schedule{.enabled = true, .at = hours{23} + minutes{5}}).cron_text(), "5 23 * * *");
}

TEST(Backoff, DrawsFromTwiceTheSpanEachTimeUpToItsBound) {
    test::SeededChance chance(7);
    const Backoff backoff{.first = seconds{1}, .most = seconds{10}};
    const auto longest_of = [&](int tries) {
        Timer::Span longest{0};
        for (int i = 0; i < 2000; ++i) {
            const Timer::Span span = backoff.before_next(tries, chance);
            EXPECT_GE(span, Timer::Span::zero());
            longest = std::max(longest, span);
        }
        return std::chrono::duration<double>(longest).count();
    };
    EXPECT_NEAR(longest_of(1), 1, 0.02);
    EXPECT_NEAR(longest_of(2), 2, 0.04);
    EXPECT_NEAR(longest_of(4), 8, 0.16);
    EXPECT_NEAR(longest_of(5), 10, 0.2) << "bounded";
    EXPECT_NEAR(longest_of(1000), 10, 0.2) << "and no overflow";
}

TEST(Snapshots, GiveTrendsOfTheirDayAndNothingWhenUnreadable) {
    const std::vector<ports::Snapshot> kept = {
        {.node = {}, .day = kDay, .facts = R"({"overall_score":71,"capacity_sats":123456789})"},
        {.node = {}, .day = kDay + days{1}, .facts = R"({"overall_score":null,"capacity_sats":5})"},
        {.node = {}, .day = kDay + days{2}, .facts = "of another version"}};
    const std::vector<analysis::PastDay> past = past_days(kept);
    ASSERT_EQ(past.size(), 2u);
    EXPECT_EQ(past[0].day, kDay);
    EXPECT_EQ(past[0].score, 71);
    EXPECT_EQ(past[0].capacity, Sat{123456789});
    EXPECT_EQ(past[1].score, std::nullopt) << "null is absent, not 0";
    EXPECT_EQ(past[1].capacity, Sat{5});
}

} // namespace
} // namespace mcp::flow
