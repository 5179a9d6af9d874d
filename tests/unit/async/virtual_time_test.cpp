#include "tests/support/virtual_time.hpp"

#include <boost/asio/detached.hpp>
#include <gtest/gtest.h>
#include <string>

namespace mcp::test {
namespace {

using namespace std::chrono_literals;

constexpr Time kStart = std::chrono::sys_days{std::chrono::year{2025} / 10 / 25};

Task<void> note_after(Timer& timer, Timer::Span span, std::string& notes, char note) {
    co_await timer.wait(span);
    notes += note;
}

Task<int> seven_after(Timer& timer, Timer::Span span) {
    co_await timer.wait(span);
    co_return 7;
}

Task<void> count_days(Timer& timer, int& days) {
    for (;;) {
        co_await timer.wait(24h);
        ++days;
    }
}

Task<void> stay_busy(Timer& timer) {
    for (;;) {
        co_await timer.wait(0s);
    }
}

Task<void> fail_after(Timer& timer, Timer::Span span) {
    co_await timer.wait(span);
    throw std::logic_error("a bug of the tested");
}

TEST(VirtualTime, LetsAMonthPass) {
    VirtualTime time(kStart);
    int days = 0;
    time.start(count_days(time.timer(), days));
    time.run_until(kStart + std::chrono::days{30} + 1h);
    EXPECT_EQ(days, 30);
    EXPECT_EQ(time.now(), kStart + std::chrono::days{30} + 1h);
    EXPECT_EQ(time.passed(), 30 * 24h + 1h);
}

TEST(VirtualTime, StopsAtTheMomentAskedForAndWakesWhoIsDueThen) {
    VirtualTime time(kStart);
    std::string notes;
    time.start(note_after(time.timer(), 10s, notes, 'a'));
    time.start(note_after(time.timer(), 11s, notes, 'b'));
    time.run_for(10s);
    EXPECT_EQ(notes, "a");
    EXPECT_EQ(time.waiting(), 1U);
    time.run_for(1s);
    EXPECT_EQ(notes, "ab");
}

TEST(VirtualTime, WakesThoseOfOneMomentInTheOrderInWhichTheyCame) {
    VirtualTime time(kStart);
    std::string notes;
    for (const char note : {'a', 'b', 'c'}) {
        time.start(note_after(time.timer(), 5s, notes, note));
    }
    time.run_for(5s);
    EXPECT_EQ(notes, "abc");
}

TEST(VirtualTime, TheCalendarJumpsApartFromTheTimer) {
    VirtualTime time(kStart);
    std::string notes;
    time.start(note_after(time.timer(), 1h, notes, 'a'));
    time.run_ready();
    time.jump_calendar(3h);
    EXPECT_EQ(time.now(), kStart + 3h);
    time.run_ready();
    EXPECT_EQ(notes, "") << "a jump of the calendar ends no wait";
    time.jump_calendar(-4h);
    time.run_until(kStart);
    EXPECT_EQ(notes, "a") << "a whole hour had to pass";
    EXPECT_EQ(time.passed(), 1h);
}

TEST(VirtualTime, GivesBackWhatACoroutineReturns) {
    VirtualTime time(kStart);
    EXPECT_EQ(time.run(seven_after(time.timer(), 48h)), 7);
    EXPECT_EQ(time.now(), kStart + 48h);
}

TEST(VirtualTime, WorksAsAPool) {
    VirtualTime time(kStart);
    auto work = [] { return 42; };
    EXPECT_EQ(time.run(run_on(time.pool(), work)), 42);
}

TEST(VirtualTime, ThrowsWhenNothingIsLeftThatCouldBringTheAwaited) {
    VirtualTime time(kStart);
    std::string notes;
    time.start(note_after(time.timer(), 1s, notes, 'a'));
    EXPECT_THROW(time.run_until_true([&] { return notes == "never"; }), std::runtime_error);
    EXPECT_EQ(notes, "a");
}

TEST(VirtualTime, ThrowsWhenTheAwaitedDoesNotComeInTime) {
    VirtualTime time(kStart);
    int days = 0;
    time.start(count_days(time.timer(), days));
    EXPECT_THROW(time.run_until_true([] { return false; }, 10 * 24h), std::runtime_error);
    EXPECT_EQ(days, 10);
    EXPECT_THROW(time.run(seven_after(time.timer(), 11 * 24h), 10 * 24h), std::runtime_error);
}

TEST(VirtualTime, ThrowsWhenSomethingStaysBusyWithoutWaiting) {
    VirtualTime time(kStart, 10'000);
    time.start(stay_busy(time.timer()));
    EXPECT_THROW(time.run_for(1s), std::runtime_error);
}

TEST(VirtualTime, ThrowsWhatAStartedCoroutineThrows) {
    VirtualTime time(kStart);
    time.start(fail_after(time.timer(), 1h));
    time.run_for(30min);
    EXPECT_THROW(time.run_for(31min), std::logic_error);
    EXPECT_THROW(time.run(fail_after(time.timer(), 1h)), std::logic_error);
}

/// Tells that it went; stands for what a coroutine holds.
struct Guard {
    int& gone;
    ~Guard() { ++gone; }
};

Task<void> hold(Timer& timer, int& gone, std::string& notes) {
    const Guard guard{gone};
    co_await timer.wait(1h);
    notes += "woke";
}

TEST(VirtualTime, ACrashDestroysWhatWaitsAndTimeGoesOn) {
    VirtualTime time(kStart);
    int gone = 0;
    std::string notes;
    time.start(hold(time.timer(), gone, notes));
    time.run_for(10min);
    time.crash();
    EXPECT_EQ(gone, 1);
    EXPECT_EQ(time.waiting(), 0U);
    time.start(note_after(time.timer(), 1h, notes, 'b'));
    time.run_for(2h);
    EXPECT_EQ(notes, "b");
    EXPECT_EQ(time.now(), kStart + 2h + 10min);
}

TEST(VirtualTime, IsDestroyedWithCoroutinesThatStillWait) {
    int gone = 0;
    std::string notes;
    {
        VirtualTime time(kStart);
        time.start(hold(time.timer(), gone, notes));
        time.run_ready();
    }
    EXPECT_EQ(gone, 1);
    EXPECT_EQ(notes, "");
}

} // namespace
} // namespace mcp::test
