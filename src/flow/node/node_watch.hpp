#pragma once
#include "async/env.hpp"
#include "flow/crew.hpp"
#include "flow/halt.hpp"
#include "ports/own_node.hpp"
#include "ports/secrets.hpp"
#include "ports/store.hpp"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mcp::flow {

/// Knocks at the users' own nodes every so often, and keeps how long each was watched and how much of that it could be
/// reached. Only what was seen is told: nothing of the time before the first knock, of more than two rounds before a
/// knock, or of a round in which nobody at all answered, because then it may be us who are cut off.
class NodeWatch {
public:
    /// @param reader, vault nullptr: no node is watched   @param every between two knocks; 0: no node is watched
    NodeWatch(Env& env, ports::Store& store, ports::NodeReader* reader, const ports::Vault* vault, Timer::Span every,
              const Halt& halt, const boost::asio::any_io_executor& executor)
        : env_(env), store_(store), reader_(reader), vault_(vault), every_(every), halt_(halt), executor_(executor),
          workers_(executor) {}

    [[nodiscard]] bool is_on() const { return reader_ != nullptr && vault_ != nullptr && every_ > Timer::Span::zero(); }

    /// Goes on until cancelled; ends at once when it is off.
    Task<void> run();
    /// To be called once the halt is asked for: gives up the knocks that go on.
    void halt() { workers_.cancel(); }
    /// Comes back when the last knock has ended. After run().
    Task<void> end() { return workers_.end(); }

private:
    struct Round;

    /// A knock that could tell something.
    struct Seen {
        Timer::Span at{}; ///< of the timer
        int round = 0;    ///< in which the link was last met
    };

    Task<void> knock_at_all();
    Task<void> work(std::shared_ptr<Round> round);
    Task<std::optional<domain::NodeLink>> next(std::shared_ptr<Round> round);
    Task<void> fetch(std::shared_ptr<Round> round);
    Task<std::optional<bool>> knock(domain::NodeLink link);
    void note(Round& round, const std::string& user_id, std::optional<bool> is_reached);
    Task<void> keep(std::shared_ptr<Round> round);

    Env& env_;
    ports::Store& store_;
    ports::NodeReader* reader_;
    const ports::Vault* vault_;
    Timer::Span every_;
    const Halt& halt_;
    boost::asio::any_io_executor executor_;
    std::map<std::string, Seen> seen_; ///< by user
    int round_ = 0;
    Crew workers_;
};

/// The seconds before `end`, by the days that they fell on.
[[nodiscard]] std::vector<ports::WatchedSpan> spans_before(const std::string& user_id, Time end,
                                                           std::chrono::seconds length, bool is_reached);

} // namespace mcp::flow
