#pragma once
#include "async/pool.hpp"
#include "async/timer.hpp"
#include "base/clock.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace mcp::test {

/// A world whose time passes only when nobody has anything left to do: weeks go by in milliseconds, in the same order
/// every time. Hand clock(), timer() and pool() to what is tested, start() or run() its coroutines, and let time pass.
/// All belongs to the one thread that runs this; only the two now() may be called from others. Pools of real threads do
/// not fit: time would pass while they work.
class VirtualTime {
public:
    using Span = Timer::Span;
    static constexpr Span kLimit =
        std::chrono::hours{24 * 366}; ///< longest wait for a condition, unless told otherwise

    /// @param start what the calendar says at first   @param handlers_max that one moment may need
    explicit VirtualTime(Time start, std::uint64_t handlers_max = 5'000'000)
        : handlers_max_(handlers_max), clock_(*this, start), timer_(*this), context_(std::make_unique<Context>()) {}
    ~VirtualTime() { context_->shutdown(); }
    VirtualTime(const VirtualTime&) = delete;
    VirtualTime& operator=(const VirtualTime&) = delete;

    [[nodiscard]] const Clock& clock() const { return clock_; }
    [[nodiscard]] Timer& timer() { return timer_; }
    [[nodiscard]] boost::asio::io_context& context() { return *context_; }
    [[nodiscard]] Pool pool() { return context_->get_executor(); }
    [[nodiscard]] Time now() const { return clock_.now(); }               ///< of the calendar
    [[nodiscard]] Span passed() const { return Span{passed_}; }           ///< since the start, jumps left out
    [[nodiscard]] std::size_t waiting() const { return waiters_.size(); } ///< how many coroutines are in Timer::wait()

    /// Sets the calendar forward (back, below zero) at once; waits go on as if nothing had been.
    void jump_calendar(std::chrono::seconds by) { clock_.jumped += Span{by}.count(); }

    /// Starts a coroutine beside the others. What it throws comes out of the run that goes on then, but for
    /// operation_aborted: being cancelled is no fault.
    void start(Task<void> task) {
        auto ended = [this](const std::exception_ptr& thrown) { thrown_ = thrown_ ? thrown_ : thrown; };
        boost::asio::co_spawn(*context_, until_cancelled(std::move(task)), std::move(ended));
    }

    /// Does all that can be done without time passing.
    void run_ready() {
        context_->restart();
        for (std::uint64_t handlers = 0; context_->poll_one() != 0; ++handlers) {
            rethrow();
            if (handlers == handlers_max_) {
                throw std::runtime_error("time stands still: something keeps itself busy without ever waiting");
            }
        }
        rethrow();
    }

    /// Runs until the calendar says `end`, whether anybody waits or not.
    void run_until(Time end) {
        const auto last = [&] { return passed() + (end - clock_.exact()); };
        for (run_ready(); fire_next(last()); run_ready()) {}
        passed_ = std::max(passed(), last()).count();
    }
    void run_for(Span span) {
        const Span end = passed() + span;
        for (run_ready(); fire_next(end); run_ready()) {}
        passed_ = end.count();
    }

    /// Runs until `condition` holds; it is asked each time before time passes.
    /// @throws std::runtime_error when it cannot come any more, because nobody has anything to do or to wait for, and
    /// when it has not come after `limit`
    void run_until_true(const std::function<bool()>& condition, Span limit = kLimit) {
        const Span last = passed() + limit;
        for (run_ready(); !condition(); run_ready()) {
            if (waiters_.empty()) {
                throw std::runtime_error("nothing is left to do or to wait for, and what was awaited never came");
            }
            if (!fire_next(last)) {
                throw std::runtime_error("what was awaited has not come in time");
            }
        }
    }

    /// Runs a coroutine to its end, all others beside it. Throws what it throws, and as run_until_true() does.
    template <typename T>
    T run(Task<T> task, Span limit = kLimit) {
        const auto answer = std::make_shared<std::optional<T>>(); // a task that never ends outlives this call
        end_of(deliver(std::move(task), answer), limit);
        return std::move(**answer);
    }
    void run(Task<void> task, Span limit = kLimit) { end_of(std::move(task), limit); }

    /// What a kill -9 does: all coroutines are gone, time goes on. Whoever used the pool and context before must be
    /// made anew; they may be destroyed now or later.
    void crash() {
        context_->shutdown();
        past_.push_back(std::move(context_));
        context_ = std::make_unique<Context>();
        thrown_ = nullptr;
    }

private:
    /// Lets its coroutines be destroyed before itself.
    struct Context : boost::asio::io_context {
        Context() : io_context(1) {}
        using execution_context::shutdown;
    };

    struct VirtualClock final : Clock {
        VirtualClock(const VirtualTime& of, Time from) : world(of), start(from) {}
        [[nodiscard]] std::chrono::sys_time<Span> exact() const { return start + world.passed() + Span{jumped}; }
        [[nodiscard]] Time now() const override { return std::chrono::floor<std::chrono::seconds>(exact()); }

        const VirtualTime& world;
        Time start;
        std::atomic<Span::rep> jumped{0};
    };

    struct Waiter {
        Waiter(VirtualTime& in, Span due)
            : alarm(*in.context_, std::chrono::steady_clock::time_point::max()), world(in),
              place(in.waiters_.emplace(due, this)) {}
        ~Waiter() {
            if (!is_due) {
                world.waiters_.erase(place);
            }
        }
        Waiter(const Waiter&) = delete;
        Waiter& operator=(const Waiter&) = delete;

        boost::asio::steady_timer alarm; // never rings by itself
        VirtualTime& world;
        std::multimap<Span, Waiter*>::iterator place;
        bool is_due = false;
    };

    struct VirtualTimer final : Timer {
        explicit VirtualTimer(VirtualTime& of) : world(of) {}
        [[nodiscard]] Span now() const override { return world.passed(); }
        [[nodiscard]] Task<void> wait(Span span) override {
            if (span <= Span::zero()) {
                co_await boost::asio::post(world.pool(), boost::asio::use_awaitable);
                co_return;
            }
            Waiter waiter(world, world.passed() + span);
            boost::system::error_code fault;
            auto token = boost::asio::redirect_error(boost::asio::use_awaitable, fault);
            co_await waiter.alarm.async_wait(token);
            if (!waiter.is_due) {
                throw boost::system::system_error(boost::asio::error::operation_aborted);
            }
        }

        VirtualTime& world;
    };

    static Task<void> until_cancelled(Task<void> task) {
        try {
            co_await std::move(task);
        } catch (const boost::system::system_error& thrown) {
            if (thrown.code() != boost::asio::error::operation_aborted) {
                throw;
            }
        }
    }

    template <typename T>
    static Task<void> deliver(Task<T> task, std::shared_ptr<std::optional<T>> answer) {
        T value = co_await std::move(task);
        answer->emplace(std::move(value));
    }

    void end_of(Task<void> task, Span limit) {
        struct TaskEnd {
            bool came = false;
            std::exception_ptr thrown;
        };
        const auto end = std::make_shared<TaskEnd>();
        auto ended = [end](const std::exception_ptr& thrown) { *end = {true, thrown}; };
        boost::asio::co_spawn(*context_, std::move(task), std::move(ended));
        run_until_true([&] { return end->came; }, limit);
        if (end->thrown) {
            std::rethrow_exception(end->thrown);
        }
    }

    /// Lets time pass to the next waiter, the first come of equals, and wakes it.
    /// @return false, and does nothing, when there is none until `last`
    bool fire_next(Span last) {
        if (waiters_.empty() || waiters_.begin()->first > last) {
            return false;
        }
        const auto [due, waiter] = *waiters_.begin();
        waiters_.erase(waiters_.begin());
        passed_ = due.count();
        waiter->is_due = true;
        waiter->alarm.cancel();
        return true;
    }

    void rethrow() {
        if (const std::exception_ptr thrown = std::exchange(thrown_, nullptr)) {
            std::rethrow_exception(thrown);
        }
    }

    std::uint64_t handlers_max_;
    // Waiters live in coroutines, and these in the contexts: those must go first.
    std::atomic<Span::rep> passed_{0};
    VirtualClock clock_;
    VirtualTimer timer_;
    std::multimap<Span, Waiter*> waiters_;
    std::exception_ptr thrown_;
    std::vector<std::unique_ptr<Context>> past_;
    std::unique_ptr<Context> context_;
};

} // namespace mcp::test
