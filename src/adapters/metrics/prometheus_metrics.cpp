#include "adapters/metrics/prometheus_metrics.hpp"

#include "adapters/metrics/label_sets.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <sstream>
#include <stdexcept>
#include <variant>

namespace mcp::adapters {
namespace {

constexpr std::size_t kValueBytes = 128;

/// A label's value as Prometheus takes it: valid UTF-8, bounded.
std::string label_value(const std::string& raw) {
    std::string value = clean_text(raw).text;
    if (value.size() > kValueBytes) {
        value.resize(kValueBytes);
        value = clean_text(value).text;
    }
    return value;
}

[[noreturn]] void refuse(const MetricRow& row, std::string_view fault) {
    throw std::invalid_argument(fmt::format("metric {}: {}", row.name, fault));
}

} // namespace

struct PrometheusMetrics::Registry {
    prometheus::Registry metrics;
};

/// One row of the table, and its child for each set of label values.
class PrometheusMetrics::Family {
public:
    Family(const MetricRow& row, prometheus::Registry& registry) : row_(row) {
        switch (row.type) {
        case MetricType::counter:
            children_.emplace<Children<prometheus::Counter>>(prometheus::BuildCounter(), row, registry);
            break;
        case MetricType::gauge:
            children_.emplace<Children<prometheus::Gauge>>(prometheus::BuildGauge(), row, registry);
            break;
        case MetricType::histogram:
            children_.emplace<Children<prometheus::Histogram>>(prometheus::BuildHistogram(), row, registry);
            break;
        }
        if (row.labels.empty() && row.type == MetricType::counter) {
            static_cast<void>(counter({}));
        } else if (row.labels.empty() && row.type == MetricType::histogram) {
            static_cast<void>(histogram({}));
        }
    }

    [[nodiscard]] const MetricRow& row() const { return row_; }

    prometheus::Counter& counter(Labels labels) { return child<prometheus::Counter>(labels); }
    prometheus::Gauge& gauge(Labels labels) { return child<prometheus::Gauge>(labels); }
    prometheus::Histogram& histogram(Labels labels) { return child<prometheus::Histogram>(labels, row_.buckets); }

private:
    template <typename Child>
    struct Children {
        template <typename Builder>
        Children(Builder builder, const MetricRow& row, prometheus::Registry& registry)
            : family(builder.Name(std::string(row.name)).Help(std::string(row.help)).Register(registry)) {}

        prometheus::Family<Child>& family;
        LabelSets<Child> sets;
    };

    template <typename Child, typename... Arguments>
    Child& child(Labels labels, const Arguments&... arguments) {
        auto& children = std::get<Children<Child>>(children_);
        const auto make = [&](const std::vector<std::string>& values) -> Child& {
            return children.family.Add(named(values), arguments...);
        };
        return children.sets.at(labels, make);
    }

    [[nodiscard]] prometheus::Labels named(const std::vector<std::string>& values) const {
        prometheus::Labels labels;
        for (std::size_t i = 0; i < values.size(); ++i) {
            labels.emplace(row_.labels[i], label_value(values[i]));
        }
        return labels;
    }

    const MetricRow& row_;
    std::variant<std::monostate, Children<prometheus::Counter>, Children<prometheus::Gauge>,
                 Children<prometheus::Histogram>>
        children_;
};

PrometheusMetrics::PrometheusMetrics() : registry_(std::make_unique<Registry>()) {
    for (const MetricRow& row : metrics_table()) {
        if (static_cast<std::size_t>(row.id) != families_.size()) {
            refuse(row, "does not stand where its id says");
        }
        families_.push_back(std::make_unique<Family>(row, registry_->metrics));
    }
}

PrometheusMetrics::~PrometheusMetrics() = default;

PrometheusMetrics::Family& PrometheusMetrics::family(Metric metric, MetricType type, Labels labels) const {
    Family& found = *families_.at(static_cast<std::size_t>(metric));
    if (found.row().type != type) {
        refuse(found.row(), "is of another type");
    }
    if (found.row().labels.size() != labels.size()) {
        refuse(found.row(), fmt::format("needs {} labels, not {}", found.row().labels.size(), labels.size()));
    }
    return found;
}

void PrometheusMetrics::count(Metric metric, Labels labels, double by) {
    Family& counted = family(metric, MetricType::counter, labels);
    if (!std::isfinite(by) || by < 0) {
        refuse(counted.row(), "a counter only goes up");
    }
    counted.counter(labels).Increment(by);
}

void PrometheusMetrics::set(Metric metric, double value, Labels labels) {
    Family& changed = family(metric, MetricType::gauge, labels);
    if (!std::isfinite(value)) {
        refuse(changed.row(), "is set to no number");
    }
    changed.gauge(labels).Set(value);
}

void PrometheusMetrics::observe(Metric metric, double value, Labels labels) {
    Family& observed = family(metric, MetricType::histogram, labels);
    if (!std::isfinite(value)) {
        refuse(observed.row(), "observes no number");
    }
    observed.histogram(labels).Observe(value);
}

std::string PrometheusMetrics::text() const {
    std::vector<prometheus::MetricFamily> all = registry_->metrics.Collect();
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    for (prometheus::MetricFamily& one : all) {
        std::sort(one.metric.begin(), one.metric.end(), [](const auto& a, const auto& b) { return a.label < b.label; });
    }
    std::ostringstream text;
    prometheus::TextSerializer().Serialize(text, all);
    return std::move(text).str();
}

} // namespace mcp::adapters
