#include "app/reports/graph_days.hpp"

#include "adapters/graphs/cached_facts.hpp"
#include "app/commands/load_graph.hpp"

#include <algorithm>
#include <charconv>

namespace mcp::app {
namespace {

using adapters::LoadedGraph;
using analysis::DayFacts;

Day day_of(Time time) {
    return std::chrono::floor<std::chrono::days>(time);
}

Message in_file(const std::string& path) {
    return {"step.file", {{"file", path}}};
}

/// The day D of the report: that of the newest update in the graph, unless `asked` says otherwise by a day at most.
Result<Day> report_day(const LoadedGraph& graph, const std::string& path, std::optional<Day> asked) {
    if (!graph.network.as_of) {
        if (!asked) {
            return fail(Error{.kind = ErrorKind::invalid_input, .what = {"error.undated_graph", {}}}.in(in_file(path)));
        }
        return *asked;
    }
    const Day newest = day_of(*graph.network.as_of);
    if (asked && std::chrono::abs(*asked - newest) > std::chrono::days{1}) {
        return fail(ErrorKind::conflict,
                    {"error.date_disagrees", {{"asked", *asked}, {"file", path}, {"newest", newest}}});
    }
    return asked.value_or(newest);
}

std::unique_ptr<DayFacts> facts_of(DatedGraph dated, const adapters::BetweennessCache& cache, Io& io) {
    const auto tell = [&] { show_progress(io, {"progress.positions", {{"file", dated.file}}}); };
    return adapters::cached_facts(std::move(dated.graph), dated.day, cache, io.threads, tell);
}

/// Reads one more older graph and places it in time.
/// @param older those before it
Result<DatedGraph> read_older_graph(const std::string& file, Day today, const std::vector<DatedGraph>& older, Io& io) {
    Result<LoadedGraph> graph = load_graph(file, io);
    if (!graph) {
        return fail(std::move(graph.error()));
    }
    if (!graph->network.as_of) {
        return fail(ErrorKind::invalid_input, {"error.undated_history", {{"file", file}}});
    }
    const Day day = day_of(*graph->network.as_of);
    if (day >= today) {
        return fail(ErrorKind::conflict, {"error.history_not_older", {{"file", file}, {"day", day}, {"today", today}}});
    }
    if (std::any_of(older.begin(), older.end(), [&](const DatedGraph& other) { return other.day == day; })) {
        return fail(ErrorKind::conflict, {"error.history_repeated", {{"file", file}, {"day", day}}});
    }
    return DatedGraph{file, std::move(*graph), day};
}

/// Oldest first.
Result<std::vector<DatedGraph>> read_older_graphs(const std::vector<std::string>& files, Day today, Io& io) {
    std::vector<DatedGraph> older;
    for (const std::string& file : files) {
        Result<DatedGraph> graph = read_older_graph(file, today, older, io);
        if (!graph) {
            return fail(std::move(graph.error()));
        }
        older.push_back(std::move(*graph));
    }
    std::sort(older.begin(), older.end(), [](const DatedGraph& a, const DatedGraph& b) { return a.day < b.day; });
    return older;
}

} // namespace

std::vector<const DayFacts*> GraphDays::history_pointers() const {
    std::vector<const DayFacts*> pointers;
    for (const auto& day : history) {
        pointers.push_back(day.get());
    }
    return pointers;
}

std::optional<Day> parse_day(std::string_view text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    const auto number = [&](std::size_t from, std::size_t length, auto& value) {
        const char* end = text.data() + from + length;
        return std::from_chars(text.data() + from, end, value).ptr == end;
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !number(0, 4, year) || !number(5, 2, month) ||
        !number(8, 2, day)) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

Result<DatedGraph> read_graph_of_day(const std::string& file, std::optional<Day> asked, Io& io) {
    Result<LoadedGraph> graph = load_graph(file, io);
    if (!graph) {
        return fail(std::move(graph.error()));
    }
    const Result<Day> day = report_day(*graph, file, asked);
    if (!day) {
        return fail(day.error());
    }
    return DatedGraph{file, std::move(*graph), *day};
}

Result<GraphDays> compute_days(DatedGraph today, const std::vector<std::string>& history_files,
                               const adapters::BetweennessCache& cache, Io& io) {
    Result<std::vector<DatedGraph>> older = read_older_graphs(history_files, today.day, io); // before the slow part
    if (!older) {
        return fail(std::move(older.error()));
    }
    GraphDays days;
    days.today = facts_of(std::move(today), cache, io);
    for (DatedGraph& graph : *older) {
        days.history.push_back(facts_of(std::move(graph), cache, io));
    }
    return days;
}

} // namespace mcp::app
