#pragma once
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

namespace mcp {

/// What the service counts and measures of itself; names and meaning in the table of metrics.cpp.
enum class Metric {
    reports_generated,
    generation_duration,
    report_errors,
    users_enabled,
    rag_indexing_duration,
    last_success,
    last_run,
    run_reports_done,
    run_reports_failed,
    run_reports_total,
    run_seconds_left,
    graph_age,
    graph_refused,
    http_requests,
    http_duration,
    http_connections,
    http_refused,
    assets_owed,
    source_requests,
    source_duration,
    source_breaker_open,
    source_held_back,
    node_reads,
    node_read_duration,
    nodes_watched,
    nodes_reached
};

enum class MetricType { counter, gauge, histogram };

struct MetricRow {
    Metric id;
    std::string_view name;
    MetricType type;
    std::string_view help;
    std::vector<std::string_view> labels; ///< their values must come from a bounded list
    std::vector<double> buckets;          ///< of a histogram: upper bounds in seconds
};

/// THE TABLE of metrics, in the order of Metric. docs/reference/metrics.md is printed from it.
[[nodiscard]] std::span<const MetricRow> metrics_table();

/// Where the figures go. Labels are given in the order of the metric's row. May be called from any thread.
class Metrics {
public:
    using Labels = std::initializer_list<std::string_view>;

    virtual ~Metrics() = default;
    virtual void count(Metric metric, Labels labels = {}, double by = 1) = 0;  ///< a counter goes up
    virtual void set(Metric metric, double value, Labels labels = {}) = 0;     ///< a gauge
    virtual void observe(Metric metric, double value, Labels labels = {}) = 0; ///< one value into a histogram
};

} // namespace mcp
