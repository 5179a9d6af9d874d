#pragma once
#include "async/env.hpp"
#include "async/event.hpp"
#include "flow/crew.hpp"
#include "flow/halt.hpp"
#include "flow/node/node_round_visit.hpp"
#include "ports/store.hpp"

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace mcp::flow {

/// How long before a scheduled run is due the nodes are read at the earliest, so that their figures are fresh.
inline constexpr std::chrono::minutes kNodeLeadMost{30};

/// Reads the users' own nodes that runs need, a bounded number at once and each for a bounded time, in the order of
/// their users; those that failed the last time come last, and no run for all waits for those that failed just before
/// it began. It is never a report's time that this takes: reports read from the store what came until then.
class NodeRound {
public:
    /// @param reader, vault nullptr: no node is read
    NodeRound(Env& env, ports::Store& store, ports::NodeReader* reader, const ports::Vault* vault, const Halt& halt,
              const boost::asio::any_io_executor& executor);

    [[nodiscard]] bool is_on() const { return visit_.has_value(); }

    /// Begins to read the nodes of a run's users. A run for all joins one of the same day that goes on already.
    /// @param time_max after which nobody waits any more; the reading goes on, for reports that are made later
    /// @return set when all were tried, but for those that a run for all does not wait for, or the time is over, or
    /// halt() was called
    std::shared_ptr<Event> begin(const ports::Run& run, Timer::Span time_max);

    /// How long before its due time the reading for a run should begin: what so many nodes take when each is as slow as
    /// it may be; at most kNodeLeadMost.
    Task<Timer::Span> lead();

    /// To be called once the halt is asked for: gives up all that goes on.
    void halt();
    /// Comes back when the last coroutine has ended; nothing may be begun any more.
    Task<void> end();

private:
    struct Round;
    struct Next;

    std::shared_ptr<Event> await(Round& round, Timer::Span time_max);
    static Task<void> cut_off(Env& env, std::shared_ptr<Event> over, Timer::Span time_max);
    Task<void> work(std::shared_ptr<Round> round);
    Task<std::optional<Next>> next(std::shared_ptr<Round> round);
    Task<void> fetch(std::shared_ptr<Round> round);
    Task<Result<void>> fetch_named(Round& round);
    Task<Result<void>> fetch_all(Round& round);
    Task<void> visit(std::shared_ptr<Round> round, domain::NodeLink link);
    void finish(Round& round);

    Env& env_;
    ports::Store& store_;
    std::optional<NodeVisit> visit_;
    const Halt& halt_;
    boost::asio::any_io_executor executor_;
    std::list<std::shared_ptr<Round>> rounds_;
    std::map<std::string, std::shared_ptr<Event>> visited_now_; ///< users; the events are set when their visit ends
};

} // namespace mcp::flow
