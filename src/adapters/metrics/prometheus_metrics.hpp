#pragma once
#include "async/metrics.hpp"

#include <memory>
#include <string>
#include <vector>

namespace mcp::adapters {

/// The metrics of the table (async/metrics.cpp) for Prometheus. A call costs some tens of nanoseconds, once its labels
/// are known. Counters and histograms without labels stand there from the start with 0; a gauge when it was first set,
/// because nobody measured it before. A call that does not fit the metric's row throws std::invalid_argument.
class PrometheusMetrics final : public Metrics {
public:
    PrometheusMetrics();
    ~PrometheusMetrics() override;

    void count(Metric metric, Labels labels, double by) override;
    void set(Metric metric, double value, Labels labels) override;
    void observe(Metric metric, double value, Labels labels) override;

    /// All figures in Prometheus' text format 0.0.4, in the order of their names. May be called from any thread.
    [[nodiscard]] std::string text() const;

private:
    struct Registry;
    class Family;

    [[nodiscard]] Family& family(Metric metric, MetricType type, Labels labels) const;

    std::unique_ptr<Registry> registry_;
    std::vector<std::unique_ptr<Family>> families_; ///< in the order of Metric
};

/// What HTTP calls the format of text().
inline constexpr const char* kMetricsContentType = "text/plain; version=0.0.4; charset=utf-8";

} // namespace mcp::adapters
