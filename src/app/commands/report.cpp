#include "app/commands/report.hpp"

#include "adapters/files/write_file.hpp"
#include "adapters/render/report_json.hpp"
#include "adapters/render/report_text.hpp"
#include "analysis/find_node.hpp"
#include "app/commands/format.hpp"
#include "app/config/cache_folder.hpp"
#include "app/reports/graph_days.hpp"
#include "app/reports/node_report.hpp"

#include <array>

namespace mcp::app {
namespace {

/// The call, understood; nothing is read yet.
struct Request {
    Format format;
    std::optional<Day> date;
};

Result<Request> understand(const ReportOptions& options) {
    const Result<Format> format = parse_format(options.format, std::array{Format::text, Format::json});
    if (!format) {
        return fail(format.error());
    }
    if (options.graph_file.empty()) {
        return fail(ErrorKind::invalid_input, {"usage.no_graph", {}});
    }
    if (options.node.empty()) {
        return fail(ErrorKind::invalid_input, {"usage.no_node", {}});
    }
    std::optional<Day> date;
    if (!options.date.empty()) {
        date = parse_day(options.date);
        if (!date) {
            return fail(ErrorKind::invalid_input, {"usage.date", {{"given", options.date}}});
        }
    }
    return Request{.format = *format, .date = date};
}

std::string render(const domain::Report& report, Format format, const Io& io, bool to_file) {
    if (format == Format::json) {
        return adapters::report_json(report, io.language);
    }
    return adapters::report_text(report, io.language,
                                 {.columns = to_file ? 80 : io.columns, .colour = io.colour && !to_file});
}

} // namespace

int report_node(const ReportOptions& options, Io& io) {
    const Result<Request> request = understand(options);
    if (!request) {
        return refuse_call(io, request.error().what);
    }
    Result<DatedGraph> graph = read_graph_of_day(options.graph_file, request->date, io);
    if (!graph) {
        return report_failure(io, graph.error());
    }
    const Result<domain::NodeId> node = analysis::find_node(graph->graph.network, options.node);
    if (!node) { // told before the slow part begins
        return report_failure(io, node.error());
    }
    const adapters::BetweennessCache cache(cache_folder());
    const Result<GraphDays> days = compute_days(std::move(*graph), options.history_files, cache, io);
    if (!days) {
        return report_failure(io, days.error());
    }
    show_progress(io, {"progress.openings", {}});
    const domain::Report report = ReportMaker(*days, io).make(*node);
    const std::string page = render(report, request->format, io, !options.out_file.empty());
    if (options.out_file.empty()) {
        return deliver(io, page);
    }
    if (const Result<void> written = adapters::write_file_atomically(options.out_file, page); !written) {
        return report_failure(io, written.error());
    }
    return ExitStatus::kDone;
}

} // namespace mcp::app
