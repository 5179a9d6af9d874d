#pragma once
#include "async/event.hpp"
#include "async/task.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <exception>
#include <list>

namespace mcp::flow {

/// Whether a coroutine ended because it was cancelled, which is no fault.
[[nodiscard]] bool is_cancellation(const std::exception_ptr& thrown);

/// Coroutines that work beside their owner, who ends them before itself.
class Crew {
public:
    explicit Crew(const boost::asio::any_io_executor& executor) : executor_(executor) {}

    /// Starts a member. What it throws comes out of the io_context, unless it was cancelled.
    void begin(Task<void> work);
    /// Tells all to give up what they wait for. Not for members: who cancels itself cannot even end any more.
    void cancel();
    /// Cancels all, and comes back when the last one has ended.
    Task<void> end();
    [[nodiscard]] bool is_idle() const; ///< whether all have ended

private:
    struct Member {
        explicit Member(const boost::asio::any_io_executor& executor) : ended(executor) {}
        boost::asio::cancellation_signal signal;
        Event ended;
        bool is_working = false;
        bool is_unwanted = false; ///< was cancelled before it came to work
    };

    static Task<void> work_as(Member& member, Task<void> work);
    static void cancel(Member& member);

    boost::asio::any_io_executor executor_;
    std::list<Member> members_; ///< by address
};

} // namespace mcp::flow
