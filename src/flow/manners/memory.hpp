#pragma once
#include "async/env.hpp"
#include "async/event.hpp"
#include "ports/store.hpp"

#include <memory>
#include <optional>
#include <string>

namespace mcp::flow {

/// What must outlive a restart. Moments are those of the Timer.
struct Remembered {
    Timer::Span next{}; ///< no request begins before
    int failures = 0;   ///< in a row
    std::optional<Timer::Span> open_until = {};
    std::string failure = {}; ///< the last one, English, one line

    bool operator==(const Remembered&) const = default;
};

/// Keeps how a source is to be treated, in the store. Not each request is written: the moment of the next one is kept
/// some seconds too late, and written anew when they are over. A crash then costs these seconds, and no manners.
class Memory {
public:
    /// @param store nullptr: all is forgotten at the end
    Memory(Env& env, ports::Store* store, std::string source, boost::asio::any_io_executor executor)
        : env_(env), store_(store), source_(std::move(source)), executor_(std::move(executor)) {}

    /// @param wait_max what the calendar of the past may make us wait, should it have been wrong
    Task<Result<Remembered>> recall(Timer::Span wait_max);
    /// Comes back when the store holds it: writes it down unless it is there already, or something stricter. A store
    /// that fails is told of in the log: asking goes on.
    Task<void> keep(Remembered now);

private:
    [[nodiscard]] Time calendar_at(Timer::Span moment) const;
    [[nodiscard]] Timer::Span moment_of(Time time, Timer::Span wait_max) const;

    Env& env_;
    ports::Store* store_;
    std::string source_;
    boost::asio::any_io_executor executor_;
    std::optional<Remembered> kept_;
    std::shared_ptr<Event> writing_; ///< while the store writes kept_ down
    bool is_failing_ = false;
};

} // namespace mcp::flow
