#include "async/metrics.hpp"

#include <array>

namespace mcp {
namespace {

using enum MetricType;

const std::vector<double> kSeconds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

// clang-format off
const std::array kMetrics = {
    MetricRow{Metric::reports_generated, "daily_reports_generated_total", counter, "Reports made, by how they ended.", {"status"}, {}},
    MetricRow{Metric::generation_duration, "daily_reports_generation_duration_seconds", histogram, "Time that one report took, all its tries together.", {}, {0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300}},
    MetricRow{Metric::report_errors, "daily_reports_errors_total", counter, "Tries of a report that failed, by the stage they failed in.", {"stage"}, {}},
    MetricRow{Metric::users_enabled, "daily_reports_users_enabled_total", gauge, "Users who get a daily report.", {}, {}},
    MetricRow{Metric::rag_indexing_duration, "daily_reports_rag_indexing_duration_seconds", histogram, "Time to put one report into the RAG assets.", {}, kSeconds},
    MetricRow{Metric::last_success, "daily_reports_last_success_timestamp_seconds", gauge, "When a report was last completed (Unix time); kept over restarts.", {}, {}},
    MetricRow{Metric::last_run, "daily_reports_last_run_timestamp_seconds", gauge, "When the last scheduled run started (Unix time); kept over restarts.", {}, {}},
    MetricRow{Metric::run_reports_done, "daily_reports_run_reports_done", gauge, "Reports completed in the run that goes on, or in the last one.", {}, {}},
    MetricRow{Metric::run_reports_failed, "daily_reports_run_reports_failed", gauge, "Reports given up in the run that goes on, or in the last one.", {}, {}},
    MetricRow{Metric::run_reports_total, "daily_reports_run_reports", gauge, "Reports that the run that goes on, or the last one, has to make.", {}, {}},
    MetricRow{Metric::run_seconds_left, "daily_reports_run_left_seconds", gauge, "Time that the run still needs at its rate so far; 0 when none goes on.", {}, {}},
    MetricRow{Metric::graph_age, "mcp_graph_age_seconds", gauge, "Age of the newest update in the channel graph, when it was taken for a run.", {}, {}},
    MetricRow{Metric::graph_refused, "mcp_graph_refused_total", counter, "Graph files that were refused, the last good one being used instead.", {}, {}},
    MetricRow{Metric::http_requests, "mcp_http_requests_total", counter, "HTTP requests answered, by route and status.", {"route", "method", "status"}, {}},
    MetricRow{Metric::http_duration, "mcp_http_request_duration_seconds", histogram, "Time from a request's head to its answer.", {"route"}, kSeconds},
    MetricRow{Metric::http_connections, "mcp_http_connections", gauge, "Connections that are open.", {}, {}},
    MetricRow{Metric::http_refused, "mcp_http_refused_total", counter, "Requests and connections refused before they reached a route, by the bound that they broke.", {"bound"}, {}},
    MetricRow{Metric::assets_owed, "mcp_rag_assets_owed", gauge, "Reports whose RAG asset is still to be written.", {}, {}},
    MetricRow{Metric::source_requests, "mcp_source_requests_total", counter, "Requests sent to a source, each try, by what came of it: answered; refused (another status below 500); slow_down (429), out_of_order (5xx), timeout, unreachable, bad_answer (no HTTP, certificate not trusted, too large), failed: failures; cancelled.", {"source", "outcome"}, {}},
    MetricRow{Metric::source_duration, "mcp_source_request_duration_seconds", histogram, "Time from a request to a source to its answer or failure.", {"source"}, {0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30}},
    MetricRow{Metric::source_breaker_open, "mcp_source_breaker_open", gauge, "1 while a source failed so often in a row that it is left alone, but for a probe now and then; else 0.", {"source"}, {}},
    MetricRow{Metric::source_held_back, "mcp_source_held_back_total", counter, "Requests that were not sent to a source: no turn in time (turn), or the source is left alone (breaker).", {"source", "reason"}, {}},
    MetricRow{Metric::node_reads, "mcp_node_reads_total", counter, "Users' own nodes that were read for a run, by what came of it: read; timeout, unreachable, refused (the credential), bad_answer, other_node (it is not the profile's), secret (what is sealed cannot be opened), failed: nothing of it is kept.", {"outcome"}, {}},
    MetricRow{Metric::node_read_duration, "mcp_node_read_duration_seconds", histogram, "Time that one user's node took to be read, or to fail.", {}, {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60}},
    MetricRow{Metric::nodes_watched, "mcp_nodes_watched", gauge, "Users' own nodes that were knocked at, the last time that all were.", {}, {}},
    MetricRow{Metric::nodes_reached, "mcp_nodes_reached", gauge, "Of these, those that answered.", {}, {}},
};
// clang-format on

} // namespace

std::span<const MetricRow> metrics_table() {
    return kMetrics;
}

} // namespace mcp
