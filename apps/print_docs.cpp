// Prints the reference pages that come from the tables of the code: `print_docs rules > docs/reference/rules.md`.
// ./dev docs writes them all, and a test fails when a page is out of date.
#include "adapters/metrics/prometheus_metrics.hpp"
#include "adapters/sources/all.hpp"
#include "analysis/alerts/all.hpp"
#include "analysis/recommendations/all.hpp"
#include "analysis/score/all.hpp"
#include "api/reference_page.hpp"
#include "app/config/keys_page.hpp"
#include "language/language.hpp"

#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

using mcp::Message;
using mcp::language::Language;
using mcp::language::render;

void row(std::string_view name, std::string_view condition_key) {
    const Message condition{condition_key, {}};
    fmt::print("| `{}` | {} | {} |\n", name, render(condition, Language::en), render(condition, Language::fr));
}

void print_rules() {
    fmt::print("# Rules of the report\n\nPrinted from the tables of the code by `./dev docs`; do not edit. Formulas "
               "and limits: "
               "[figures](../design/figures.md). Calibration: [calibration](../design/calibration.md).\n\n"
               "## Parts of the score\n\n| part | weight of 100 |\n| --- | --- |\n");
    for (const auto& part : mcp::analysis::score_part_rules()) {
        fmt::print("| `{}` | {} |\n", part.name, part.weight);
    }
    fmt::print("\nWhat is absent is left out and the rest weighted anew.\n\n"
               "## Alerts\n\n| type | fires when | se déclenche quand |\n| --- | --- | --- |\n");
    for (const auto& rule : mcp::analysis::alert_rules()) {
        row(rule.type, rule.condition_key);
    }
    fmt::print("\n## Recommendations\n\n| rule | given when | donnée quand |\n| --- | --- | --- |\n");
    for (const auto& rule : mcp::analysis::recommendation_rules()) {
        row(rule.rule, rule.condition_key);
    }
}

std::string_view name_of(mcp::MetricType type) {
    switch (type) {
    case mcp::MetricType::counter:
        return "counter";
    case mcp::MetricType::gauge:
        return "gauge";
    case mcp::MetricType::histogram:
        return "histogram";
    }
    return "";
}

void print_metrics() {
    fmt::print(
        "# Metrics\n\nPrinted from the table of the code by `./dev docs`; do not edit.\n\n"
        "`GET /metrics` shows them in Prometheus' text format. Counters and histograms without labels stand there "
        "from the\nstart with 0; a gauge, and a series with labels, when it was first measured. Each metric has 500 "
        "sets of label values\nat most; what comes beyond is counted under `other`. Times are in seconds.\n\n"
        "| name | type | labels | meaning |\n| --- | --- | --- | --- |\n");
    for (const mcp::MetricRow& row : mcp::metrics_table()) {
        const std::string labels = row.labels.empty() ? "" : fmt::format("`{}`", fmt::join(row.labels, "`, `"));
        fmt::print("| `{}` | {} | {} | {} |\n", row.name, name_of(row.type), labels, row.help);
    }
    fmt::print("\n## Buckets\n\n| histogram | upper bounds |\n| --- | --- |\n");
    for (const mcp::MetricRow& row : mcp::metrics_table()) {
        if (row.type == mcp::MetricType::histogram) {
            fmt::print("| `{}` | {} |\n", row.name, fmt::join(row.buckets, ", "));
        }
    }
}

/// Every metric once, as /metrics shows it: what promtool checks. Each label has its own name as value.
void print_metrics_sample() {
    mcp::adapters::PrometheusMetrics metrics;
    for (const mcp::MetricRow& row : mcp::metrics_table()) {
        const auto touch = [&](mcp::Metrics::Labels labels) {
            switch (row.type) {
            case mcp::MetricType::counter:
                return metrics.count(row.id, labels, 1);
            case mcp::MetricType::gauge:
                return metrics.set(row.id, 1, labels);
            case mcp::MetricType::histogram:
                return metrics.observe(row.id, 1, labels);
            }
        };
        const auto& names = row.labels;
        switch (names.size()) {
        case 0:
            touch({});
            break;
        case 1:
            touch({names[0]});
            break;
        case 2:
            touch({names[0], names[1]});
            break;
        case 3:
            touch({names[0], names[1], names[2]});
            break;
        default:
            throw std::logic_error("a metric with more labels than were foreseen");
        }
    }
    fmt::print("{}", metrics.text());
}

} // namespace

int main(int argc, char** argv) {
    const std::string_view page = argc == 2 ? argv[1] : "";
    if (page == "rules") {
        print_rules();
    } else if (page == "configuration") {
        fmt::print("{}", mcp::app::keys_page());
    } else if (page == "api") {
        fmt::print("{}", mcp::api::reference_page());
    } else if (page == "sources") {
        fmt::print("{}", mcp::adapters::sources_page());
    } else if (page == "metrics") {
        print_metrics();
    } else if (page == "metrics-sample") {
        print_metrics_sample();
    } else {
        fmt::print(stderr, "usage: print_docs rules|configuration|api|sources|metrics|metrics-sample\n");
        return 2;
    }
    return 0;
}
