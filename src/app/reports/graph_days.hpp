#pragma once
#include "adapters/cache/betweenness_cache.hpp"
#include "adapters/sources/gossip_file.hpp"
#include "analysis/day_facts.hpp"
#include "app/commands/io.hpp"
#include "base/error.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mcp::app {

/// The graphs of a report: the day's own, and the older ones that were given, oldest first.
struct GraphDays {
    std::unique_ptr<analysis::DayFacts> today;
    std::vector<std::unique_ptr<analysis::DayFacts>> history;

    [[nodiscard]] std::vector<const analysis::DayFacts*> history_pointers() const;
};

/// One graph, read, with the day of the report made from it.
struct DatedGraph {
    std::string file;
    adapters::LoadedGraph graph;
    Day day;
};

/// Reads the day's own graph.
/// @param asked the day of the report; without it the day of the newest update counts
/// @return an error for a file that is no graph, for an undated graph without `asked`, and ErrorKind::conflict
/// for a date more than a day off
[[nodiscard]] Result<DatedGraph> read_graph_of_day(const std::string& file, std::optional<Day> asked, Io& io);

/// Reads the older graphs, then computes the facts of all (the slow part), telling each step to `io`.
/// @return an error that names the file: unreadable or undated; ErrorKind::conflict for one that is not older than the
/// day's own graph, or the second of its day
[[nodiscard]] Result<GraphDays> compute_days(DatedGraph today, const std::vector<std::string>& history_files,
                                             const adapters::BetweennessCache& cache, Io& io);

/// The UTC day of a "YYYY-MM-DD"; nothing for anything else.
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);

} // namespace mcp::app
