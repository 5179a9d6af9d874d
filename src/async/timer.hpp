#pragma once
#include "async/task.hpp"

#include <chrono>

namespace mcp {

/// Waits and measures, apart from the calendar (Clock), which may jump. Passed in by constructor: a test's own lets
/// days pass in no time.
class Timer {
public:
    using Span = std::chrono::nanoseconds;

    virtual ~Timer() = default;
    /// Time since some fixed moment; never goes back. May be called from any thread.
    [[nodiscard]] virtual Span now() const = 0;
    /// Comes back after `span`, at once when that is not above 0. Throws boost::system::system_error
    /// (operation_aborted) when the waiting coroutine is cancelled.
    [[nodiscard]] virtual Task<void> wait(Span span) = 0;
};

/// The moment at which something must have ended.
class Deadline {
public:
    Deadline(const Timer& timer, Timer::Span span) : timer_(&timer), end_(timer.now() + span) {}

    [[nodiscard]] bool passed() const { return left() <= Timer::Span::zero(); } ///< from any thread
    [[nodiscard]] Timer::Span left() const { return end_ - timer_->now(); }

private:
    const Timer* timer_;
    Timer::Span end_;
};

} // namespace mcp
