#include "app/commands/report.hpp"

#include "adapters/files/write_file.hpp"
#include "adapters/render/report_json.hpp"
#include "adapters/render/report_text.hpp"
#include "adapters/sources/all.hpp"
#include "adapters/system/no_core_dump.hpp"
#include "analysis/find_node.hpp"
#include "app/commands/format.hpp"
#include "app/commands/read_settings.hpp"
#include "app/config/cache_folder.hpp"
#include "app/node/own_node_reading.hpp"
#include "app/reports/graph_days.hpp"
#include "app/reports/live_report.hpp"
#include "app/reports/node_report.hpp"
#include "app/sources/asking_world.hpp"
#include "app/sources/graph_places.hpp"
#include "domain/figure.hpp"

#include <algorithm>
#include <array>

namespace mcp::app {
namespace {

/// The call, understood; nothing is read yet.
struct Request {
    Format format;
    std::optional<Day> date;
};

Result<Format> understand_format(const std::string& given) {
    if (parse_format(given, std::array{Format::html, Format::pdf})) {
        return fail(ErrorKind::invalid_input, {"usage.format_later", {{"given", given}}});
    }
    return parse_format(given, std::array{Format::text, Format::json});
}

/// Standard input can be read once only.
bool reads_input_twice(const ReportOptions& options) {
    const auto of_history = std::count(options.history_files.begin(), options.history_files.end(), "-");
    return of_history + (options.graph_file == "-" ? 1 : 0) > 1;
}

Result<Request> understand(const ReportOptions& options) {
    const Result<Format> format = understand_format(options.format);
    if (!format) {
        return fail(format.error());
    }
    if (options.node.empty() && !options.own.is_given()) {
        return fail(ErrorKind::invalid_input, {"usage.no_node", {}});
    }
    if (std::optional<Message> fault = fault_of_call(options.own)) {
        return fail(ErrorKind::invalid_input, *std::move(fault));
    }
    if (options.graph_file.empty() && !(options.date.empty() && options.history_files.empty())) {
        return fail(ErrorKind::invalid_input, {"usage.days_need_graph", {}});
    }
    if (!options.graph_file.empty() && !options.env_file.empty()) {
        return fail(ErrorKind::invalid_input, {"usage.graph_or_sources", {}});
    }
    if (reads_input_twice(options)) {
        return fail(ErrorKind::invalid_input, {"usage.one_standard_input", {}});
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

/// As elsewhere, "-" is no file: it is the standard stream.
bool goes_to_file(const ReportOptions& options) {
    return !options.out_file.empty() && options.out_file != "-";
}

std::string render(const domain::Report& report, Format format, const Io& io, bool to_file) {
    if (format == Format::json) {
        return adapters::report_json(report, io.language);
    }
    return adapters::report_text(report, io.language,
                                 {.columns = to_file ? 80 : io.columns, .colour = io.colour && !to_file});
}

Message in_file(const std::string& path) {
    return {"file.path", {{"path", path}}};
}

Result<void> may_deliver(const ReportOptions& options) {
    if (!goes_to_file(options)) {
        return {};
    }
    return adapters::check_writable(options.out_file).map_error([&](Error fault) {
        return std::move(fault).in(in_file(options.out_file));
    });
}

int write_out(const std::string& path, const std::string& page, Io& io) {
    Result<void> written = adapters::write_file_atomically(path, page);
    return written ? ExitStatus::kDone : report_failure(io, std::move(written.error()).in(in_file(path)));
}

/// Ends the command with its report.
int put_out(const domain::Report& report, const ReportOptions& options, const Request& request, Io& io) {
    const std::string page = render(report, request.format, io, goes_to_file(options));
    return goes_to_file(options) ? write_out(options.out_file, page, io) : deliver(io, page);
}

/// A node tells of now: that belongs to a graph of today only.
Result<std::optional<domain::OwnNode>> own_node_beside(const DatedGraph& graph, const NodeOptions& own, Io& io) {
    if (!own.is_given()) {
        return std::optional<domain::OwnNode>();
    }
    const Day today = std::chrono::floor<std::chrono::days>(io.clock.now());
    if (graph.day != today) {
        return fail(ErrorKind::conflict,
                    {"usage.node_tells_of_today", {{"file", graph.file}, {"day", graph.day}, {"today", today}}});
    }
    adapters::forbid_core_dumps();
    AskingWorld world(io);
    return world.run(read_own_node(own, world.env(), world.http(), "", today, io)).map([](domain::OwnNode node) {
        return std::optional(std::move(node));
    });
}

int report_from_files(const ReportOptions& options, const Request& request, Io& io) {
    Result<DatedGraph> graph = read_graph_of_day(options.graph_file, request.date, io);
    if (!graph) {
        return refuse_or_fail(io, graph.error());
    }
    const Result<std::optional<domain::OwnNode>> own = own_node_beside(*graph, options.own, io);
    if (!own) {
        return refuse_or_fail(io, own.error());
    }
    const domain::Network& network = graph->graph.network;
    const Result<domain::NodeId> node =
        *own ? find_own_node(network, (*own)->key, options.node) : analysis::find_node(network, options.node);
    if (!node) { // told before the slow part begins
        return *own ? refuse_or_fail(io, node.error()) : report_failure(io, node.error());
    }
    const adapters::BetweennessCache cache(cache_folder());
    const Result<GraphDays> days = compute_days(std::move(*graph), options.history_files, cache, io);
    if (!days) {
        return refuse_or_fail(io, days.error());
    }
    show_progress(io, {"progress.openings", {}});
    const domain::OwnNode* const told = *own ? &**own : nullptr;
    return put_out(ReportMaker(*days, io).make(*node, told), options, request, io);
}

/// With those of the table that ask for no account in the places that are not configured. Whoever is asked learns of
/// it, so it is not done unasked.
Settings with_open_sources(Settings settings) {
    const auto fill = [](std::string& place, std::string_view url) {
        if (place.empty()) {
            place = url;
        }
    };
    for (const adapters::SourceRow& row : adapters::source_rows()) {
        if (row.name == domain::source::kRgs) {
            fill(settings.rgs_url, row.public_url);
        } else if (row.name == domain::source::kMempool) {
            fill(settings.mempool_url, row.public_url);
        } else if (row.name == domain::source::kAmboss) {
            fill(settings.amboss_url, row.public_url);
        }
    }
    settings.graph_sources.emplace_back("rgs");
    return settings;
}

/// One's own node knows the graph too: where no other source of it is configured, it is asked.
Settings with_own_graph(Settings settings, const NodeOptions& own) {
    if (own.kind() == domain::NodeKind::lnd) {
        settings.lnd_url = own.url;
        settings.lnd_macaroon_file = own.macaroon_file;
        settings.lnd_certificate_file = own.certificate_file;
        settings.graph_sources = {"lnd"};
    } else {
        settings.cln_url = own.url;
        settings.cln_rune_file = own.rune_file;
        settings.cln_ca_file = own.certificate_file;
        settings.graph_sources = {"cln"};
    }
    return settings;
}

int report_from_sources(const ReportOptions& options, const Request& request, Io& io, const ConfigWorld& world) {
    std::optional<LoadedSettings> loaded = read_settings(options.env_file, world, io);
    if (!loaded) {
        return ExitStatus::kWorldFailed;
    }
    Settings& settings = loaded->settings;
    if (options.own.is_given()) {
        adapters::forbid_core_dumps();
    }
    if (!has_graph_source(settings) && options.own.is_given()) {
        settings = with_own_graph(std::move(settings), options.own);
    } else if (!has_graph_source(settings)) {
        if (!agrees(io, {"live.offer", {}})) {
            return refuse_call(io, {"usage.no_graph", {}});
        }
        settings = with_open_sources(std::move(settings));
    }
    const Result<domain::Report> report = live_report(settings, options.node, options.own, io);
    if (report) {
        return put_out(*report, options, request, io);
    }
    return options.own.is_given() ? refuse_or_fail(io, report.error()) : report_failure(io, report.error());
}

} // namespace

int report_node(const ReportOptions& options, Io& io, const ConfigWorld& world) {
    const Result<Request> request = understand(options);
    if (!request) {
        return refuse_call(io, request.error().what);
    }
    if (Result<void> writable = may_deliver(options); !writable) { // told before the slow part begins
        return report_failure(io, writable.error());
    }
    return options.graph_file.empty() ? report_from_sources(options, *request, io, world)
                                      : report_from_files(options, *request, io);
}

} // namespace mcp::app
