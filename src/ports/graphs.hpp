#pragma once
#include "analysis/day_facts.hpp"
#include "async/task.hpp"
#include "async/timer.hpp"
#include "base/error.hpp"
#include "base/stop.hpp"
#include "domain/report.hpp"

#include <memory>
#include <string>
#include <vector>

namespace mcp::ports {

/// The graphs that the reports of one day stand on.
struct GraphDays {
    std::unique_ptr<analysis::DayFacts> today; ///< its date is the day of the reports
    std::vector<std::unique_ptr<analysis::DayFacts>>
        history;                                         ///< of the seven days before, as far as kept, oldest first
    domain::SourceState source;                          ///< where today's came from, and how fresh it is
    std::vector<domain::SourceState> other_sources = {}; ///< of graphs, that are configured and did not give today's
    bool is_live = false;                                ///< today's was asked of a live source, not read from a file
    std::string fingerprint; ///< of today's graph and the history: the same one gives the same facts

    [[nodiscard]] std::vector<const analysis::DayFacts*> history_pointers() const {
        std::vector<const analysis::DayFacts*> pointers;
        for (const auto& day : history) {
            pointers.push_back(day.get());
        }
        return pointers;
    }
};

/// Gets the public graph. What it accepts it also keeps for the next days.
class GraphSource {
public:
    virtual ~GraphSource() = default;
    /// Asks the live sources, in the configured order, until one has answered with a graph; load() then takes it. With
    /// none configured, or when the day's graph was fetched lately, it comes back at once. Failures are told by load(),
    /// in `sources`.
    [[nodiscard]] virtual Task<void> refresh(Timer::Span time_max) = 0;
    /// The graph of the day, checked, with all facts; takes seconds and is called on the compute pool.
    /// A graph that cannot be used is refused, and the last good one stands in for it, marked stale with its age.
    /// @param now when it is taken: ages are told from it   @param stop asked between the steps
    /// @return an error when there is no graph at all; timeout when stopped
    [[nodiscard]] virtual Result<GraphDays> load(Day day, Time now, const Stop& stop) = 0;
    /// Tells cheaply whether load() would give the same facts as the one that said `fingerprint`.
    [[nodiscard]] virtual bool is_unchanged(const GraphDays& loaded, Day day) = 0;
};

} // namespace mcp::ports
