#pragma once
#include "async/env.hpp"
#include "async/event.hpp"
#include "flow/halt.hpp"
#include "graph/what_if.hpp"
#include "ports/graphs.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <optional>

namespace mcp::flow {

/// What all reports of one day stand on: the day's graph with its facts, computed once and shared read-only, and the
/// what-if table, which is made when the first report asks for it.
class Material {
public:
    /// @param loaded_at from when the ages of its sources are told
    Material(ports::GraphDays days, unsigned threads, Time loaded_at)
        : days_(std::move(days)), threads_(threads), loaded_at_(loaded_at) {}

    [[nodiscard]] const ports::GraphDays& days() const { return days_; }
    [[nodiscard]] const analysis::DayFacts& today() const { return *days_.today; }
    /// A source of its days as it stands at `now`: a graph that is kept between runs grows older.
    [[nodiscard]] domain::SourceState aged(domain::SourceState source, Time now) const;

    /// Seconds for the first who asks; the others wait for the same table. Valid as long as this lives.
    Task<const graph::WhatIf*> what_if(Env& env);

private:
    ports::GraphDays days_;
    unsigned threads_;
    Time loaded_at_;
    std::shared_ptr<Event> preparing_; ///< set when the one who prepares the table is done with it, well or not
    std::optional<graph::WhatIf> what_if_;
};

/// Loads the material of a day, and keeps it between runs while neither the day nor the graph changes.
class Materials {
public:
    /// @param threads that computing may use   @param time_max for a day's graphs with all their facts
    Materials(Env& env, ports::GraphSource& source, unsigned threads, const Halt& halt,
              Timer::Span time_max = std::chrono::minutes{30})
        : env_(env), source_(source), threads_(threads), halt_(halt), time_max_(time_max) {}

    Task<Result<std::shared_ptr<Material>>> of(Day day);

    /// How the last of() that loaded ended; nothing before the first one.
    [[nodiscard]] const std::optional<Result<void>>& last_load() const { return last_load_; }

    /// Gives the memory back; the next of() loads anew.
    void forget() { last_.reset(); }

private:
    Env& env_;
    ports::GraphSource& source_;
    unsigned threads_;
    const Halt& halt_;
    Timer::Span time_max_;
    std::shared_ptr<Material> last_;
    std::optional<Result<void>> last_load_;
};

} // namespace mcp::flow
