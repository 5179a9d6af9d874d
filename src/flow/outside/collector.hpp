#pragma once
#include "async/env.hpp"
#include "flow/crew.hpp"
#include "flow/halt.hpp"
#include "flow/outside/asked_source.hpp"
#include "flow/outside/asking.hpp"
#include "ports/store.hpp"

#include <list>
#include <memory>
#include <vector>

namespace mcp::flow {

/// How long before a scheduled run is due its sources are asked at the earliest.
inline constexpr std::chrono::hours kLeadMost{4};

/// Asks the sources beside the graph for what runs need, all sources at once, each one question after the other. Slow
/// sources hold up nobody beyond the time that is given.
class Collector {
public:
    Collector(Env& env, ports::Store& store, std::vector<AskedSource> sources, const Halt& halt,
              const boost::asio::any_io_executor& executor)
        : env_(env), store_(store), sources_(std::move(sources)), halt_(halt), executor_(executor) {}

    [[nodiscard]] const std::vector<AskedSource>& sources() const { return sources_; }

    /// Begins to ask for a run. @param run a scheduled one may come later: its started_at is when it is due
    /// @param time_max after which all is given up that still goes on
    /// @return set when all sources are done with, or the time is over, or halt() was called
    std::shared_ptr<Event> begin(const ports::Run& run, Timer::Span time_max);

    /// How long before its due time the asking for a run should begin: what the budgets and the users' number need at
    /// the sources' spacing, and some more; at most kLeadMost.
    Task<Timer::Span> lead();

    /// To be called once the halt is asked for: gives up all that goes on.
    void halt();
    /// Comes back when the last coroutine has ended; nothing may be begun any more.
    Task<void> end();

private:
    struct Round;

    Task<void> watch(std::shared_ptr<Round> round, Timer::Span time_max);
    Task<void> ask(std::shared_ptr<Round> round, AskedSource source, Wanted wanted);

    Env& env_;
    ports::Store& store_;
    std::vector<AskedSource> sources_;
    const Halt& halt_;
    boost::asio::any_io_executor executor_;
    std::list<std::shared_ptr<Round>> rounds_;
};

} // namespace mcp::flow
