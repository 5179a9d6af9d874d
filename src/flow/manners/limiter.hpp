#pragma once
#include "async/event.hpp"
#include "async/timer.hpp"

#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <utility>

namespace mcp::flow {

/// Lets requests to one source begin one after the other, first come first served, no two closer than the spacing.
/// On the one thread of the coroutines. Must outlive those who wait.
class Limiter {
public:
    struct Rules {
        Timer::Span spacing = std::chrono::seconds{1}; ///< from start to start; 0: none
        std::size_t waiting_max = 1000;
    };
    class Turn;

    Limiter(Timer& timer, Rules rules, boost::asio::any_io_executor executor)
        : timer_(timer), rules_(rules), executor_(std::move(executor)), next_(timer.now()) {}

    /// Waits for the turn to begin a request.
    /// @param by timer's moment up to which a turn is of use
    /// @return nothing, as soon as it is known, when it cannot come by then, when too many wait, and when turned away;
    /// that uses no turn up
    [[nodiscard]] Task<std::optional<Turn>> turn(Timer::Span by);
    /// No request begins before that moment of the timer. Only ever later.
    void hold(Timer::Span until);
    /// All who wait get nothing, within a second.
    void turn_away();

    [[nodiscard]] Timer::Span next() const { return next_; } ///< no request begins before
    [[nodiscard]] std::size_t waiting() const { return queue_.size(); }

private:
    struct Place {
        std::unique_ptr<Event> changed; ///< set for its owner to look again
        bool is_turned_away = false;
    };
    using Queue = std::list<Place>;

    [[nodiscard]] Timer::Span expected(std::size_t ahead) const;
    [[nodiscard]] std::size_t ahead_of(Queue::const_iterator place) const;
    [[nodiscard]] Task<void> change_of(Place& place);
    static void wake(const Place& place);
    void leave(Queue::iterator place);

    Timer& timer_;
    Rules rules_;
    boost::asio::any_io_executor executor_;
    Timer::Span next_;
    Queue queue_;
};

/// A place in the queue, and once it was given out the right to begin: nobody else does while it is held.
class Limiter::Turn {
public:
    Turn(Turn&& other) noexcept : limiter_(std::exchange(other.limiter_, nullptr)), place_(other.place_) {}
    Turn& operator=(Turn&&) = delete;
    ~Turn(); ///< of one that did not begin: it is the next one's

    void begin(); ///< the request begins now; once

private:
    friend class Limiter;
    explicit Turn(Limiter& limiter) : limiter_(&limiter), place_(limiter.queue_.emplace(limiter.queue_.end())) {}

    Limiter* limiter_; ///< nullptr: it has left the queue
    Queue::iterator place_;
};

} // namespace mcp::flow
