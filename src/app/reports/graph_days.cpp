#include "app/reports/graph_days.hpp"

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
        return fail(ErrorKind::invalid_input,
                    {"error.date_disagrees", {{"asked", *asked}, {"file", path}, {"newest", newest}}});
    }
    return asked.value_or(newest);
}

std::unique_ptr<DayFacts> facts_of(DatedGraph dated, const adapters::BetweennessCache& cache, Io& io) {
    domain::Network& network = dated.graph.network;
    std::optional<analysis::DayBetweenness> values = cache.find(dated.graph.sha256, network.nodes.size());
    if (!values) {
        show_progress(io, {"progress.positions", {{"file", dated.file}}});
        values = analysis::compute_betweenness(network, io.threads);
        cache.keep(dated.graph.sha256, *values);
    }
    return std::make_unique<DayFacts>(std::move(network), dated.day, std::move(*values));
}

Result<void> add_older_day(GraphDays& days, const std::string& path, const adapters::BetweennessCache& cache, Io& io) {
    Result<LoadedGraph> graph = load_graph(path, io);
    if (!graph) {
        return fail(std::move(graph.error()));
    }
    if (!graph->network.as_of) {
        return fail(ErrorKind::invalid_input, {"error.undated_history", {{"file", path}}});
    }
    const Day day = day_of(*graph->network.as_of);
    if (day >= days.today->date) {
        return fail(ErrorKind::invalid_input,
                    {"error.history_not_older", {{"file", path}, {"day", day}, {"today", days.today->date}}});
    }
    const bool repeated =
        std::any_of(days.history.begin(), days.history.end(), [&](const auto& d) { return d->date == day; });
    if (repeated) {
        return fail(ErrorKind::invalid_input, {"error.history_repeated", {{"file", path}, {"day", day}}});
    }
    days.history.push_back(facts_of({path, std::move(*graph), day}, cache, io));
    return {};
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
    GraphDays days;
    days.today = facts_of(std::move(today), cache, io);
    for (const std::string& file : history_files) {
        if (Result<void> added = add_older_day(days, file, cache, io); !added) {
            return fail(std::move(added.error()));
        }
    }
    std::sort(days.history.begin(), days.history.end(), [](const auto& a, const auto& b) { return a->date < b->date; });
    return days;
}

} // namespace mcp::app
