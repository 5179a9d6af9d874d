#pragma once
#include "async/timer.hpp"
#include "base/clock.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>
#include <optional>
#include <thread>
#include <vector>

/// What every Clock and Timer promises. A world (the type that the suite is made with) has `clock()`, `timer()`,
/// `context()`, and `run()`, which lets time pass until nobody waits any more.
namespace mcp::test {

using std::chrono::milliseconds;

template <typename World>
class TimerContract : public testing::Test {
protected:
    void start(Task<void> task) {
        auto ended = [this](const std::exception_ptr& thrown) { thrown_.push_back(thrown); };
        boost::asio::co_spawn(world_.context(), std::move(task), std::move(ended));
    }
    /// The same, to be cancelled by stop().
    void start_to_be_stopped(Task<void> task) {
        auto ended = [this](const std::exception_ptr& thrown) { thrown_.push_back(thrown); };
        boost::asio::co_spawn(world_.context(), std::move(task),
                              boost::asio::bind_cancellation_slot(cancel_.slot(), std::move(ended)));
    }
    void stop() { cancel_.emit(boost::asio::cancellation_type::terminal); }

    /// Writes down how long a wait took.
    Task<void> measured_wait(Timer::Span span) {
        const Timer::Span before = world_.timer().now();
        co_await world_.timer().wait(span);
        lasted_.push_back(world_.timer().now() - before);
    }
    Task<void> noted_wait(Timer::Span span) {
        co_await world_.timer().wait(span);
        order_.push_back(span);
    }
    Task<void> stop_after(Timer::Span span) {
        co_await world_.timer().wait(span);
        stop();
    }

    World world_;
    boost::asio::cancellation_signal cancel_;
    std::vector<Timer::Span> lasted_;
    std::vector<Timer::Span> order_;
    std::vector<std::exception_ptr> thrown_; ///< of each coroutine that ended, nullptr of one that ended well
};

TYPED_TEST_SUITE_P(TimerContract);

TYPED_TEST_P(TimerContract, AWaitLastsItsSpanAndNotMuchLonger) {
    this->start(this->measured_wait(milliseconds{3}));
    this->world_.run();
    ASSERT_EQ(this->lasted_.size(), 1U);
    EXPECT_GE(this->lasted_[0], milliseconds{3});
    EXPECT_LT(this->lasted_[0], std::chrono::seconds{30}); // a machine may be busy
}

TYPED_TEST_P(TimerContract, NoSpanAndOneBelowZeroComeBackAtOnce) {
    this->start(this->noted_wait(milliseconds{2}));
    this->start(this->noted_wait(milliseconds{0}));
    this->start(this->noted_wait(milliseconds{-5}));
    this->world_.run();
    EXPECT_EQ(this->order_, (std::vector<Timer::Span>{milliseconds{0}, milliseconds{-5}, milliseconds{2}}));
}

TYPED_TEST_P(TimerContract, WaitsEndInTheOrderOfTheirSpans) {
    for (const int span : {9, 3, 6}) {
        this->start(this->noted_wait(milliseconds{span}));
    }
    this->world_.run();
    EXPECT_EQ(this->order_, (std::vector<Timer::Span>{milliseconds{3}, milliseconds{6}, milliseconds{9}}));
}

TYPED_TEST_P(TimerContract, ACancelledWaitThrowsAtOnceThatItWasAborted) {
    const Timer::Span before = this->world_.timer().now();
    this->start_to_be_stopped(this->noted_wait(std::chrono::hours{1}));
    this->start(this->stop_after(milliseconds{1}));
    this->world_.run();
    EXPECT_LT(this->world_.timer().now() - before, std::chrono::minutes{1});
    EXPECT_TRUE(this->order_.empty());
    ASSERT_EQ(this->thrown_.size(), 2U);
    const std::exception_ptr thrown = this->thrown_[0] ? this->thrown_[0] : this->thrown_[1];
    ASSERT_TRUE(thrown);
    try {
        std::rethrow_exception(thrown);
    } catch (const boost::system::system_error& fault) {
        EXPECT_EQ(fault.code(), boost::asio::error::operation_aborted);
    }
}

TYPED_TEST_P(TimerContract, TimeNeverGoesBackAndMayBeAskedFromAnyThread) {
    this->start(this->noted_wait(milliseconds{2}));
    bool went_back = false;
    std::optional<Timer::Span> seen_elsewhere;
    std::thread elsewhere([&] {
        Timer::Span last = this->world_.timer().now();
        for (int i = 0; i < 10'000; ++i) {
            const Timer::Span next = this->world_.timer().now();
            went_back = went_back || next < last;
            last = next;
        }
        seen_elsewhere = last;
    });
    this->world_.run();
    elsewhere.join();
    EXPECT_FALSE(went_back);
    ASSERT_TRUE(seen_elsewhere);
    EXPECT_LE(*seen_elsewhere, this->world_.timer().now());
}

TYPED_TEST_P(TimerContract, TheCalendarPassesWithTheTimer) {
    const Time before = this->world_.clock().now();
    const Timer::Span timer_before = this->world_.timer().now();
    EXPECT_GE(before, Time{std::chrono::sys_days{std::chrono::year{2025} / 1 / 1}});
    this->start(this->noted_wait(milliseconds{1100}));
    this->world_.run();
    const auto calendar = this->world_.clock().now() - before;
    const auto timer = std::chrono::floor<std::chrono::seconds>(this->world_.timer().now() - timer_before);
    EXPECT_GE(calendar, std::chrono::seconds{1});
    EXPECT_LE(std::chrono::abs(calendar - timer), std::chrono::seconds{1}); // whole seconds on both sides
}

TYPED_TEST_P(TimerContract, ADeadlinePasses) {
    const Deadline deadline(this->world_.timer(), milliseconds{2});
    const Deadline far(this->world_.timer(), std::chrono::hours{1});
    EXPECT_LE(deadline.left(), milliseconds{2});
    this->start(this->noted_wait(milliseconds{3}));
    this->world_.run();
    EXPECT_TRUE(deadline.passed());
    EXPECT_FALSE(far.passed());
}

REGISTER_TYPED_TEST_SUITE_P(TimerContract, AWaitLastsItsSpanAndNotMuchLonger, NoSpanAndOneBelowZeroComeBackAtOnce,
                            WaitsEndInTheOrderOfTheirSpans, ACancelledWaitThrowsAtOnceThatItWasAborted,
                            TimeNeverGoesBackAndMayBeAskedFromAnyThread, TheCalendarPassesWithTheTimer,
                            ADeadlinePasses);

} // namespace mcp::test
