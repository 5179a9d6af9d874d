#include "adapters/metrics/prometheus_metrics.hpp"

#include "adapters/metrics/label_sets.hpp"

#include <cmath>
#include <deque>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <map>
#include <regex>
#include <sstream>
#include <thread>

namespace mcp::adapters {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Prometheus text taken apart by its own rules: throws on a line that is none of them.
struct Scrape {
    std::map<std::string, std::string> types;
    std::map<std::string, std::string> helps;
    std::map<std::string, double> samples; ///< by name and labels, as they are written

    explicit Scrape(const std::string& text) {
        static const std::regex kSample(R"re(([a-z_:][a-z0-9_:]*)(\{([a-z_]+="([^"\\\n]|\\[\\"n])*",?)*\})? (\S+))re");
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            std::istringstream words(line);
            std::string mark, kind, name, rest;
            std::smatch parts;
            if (line.starts_with("# ") && words >> mark >> kind >> name && std::getline(words >> std::ws, rest)) {
                const bool is_new = (kind == "TYPE" ? types : helps).emplace(name, rest).second;
                require(is_new && (kind == "TYPE" || kind == "HELP"), line);
            } else {
                require(std::regex_match(line, parts, kSample), line);
                require(samples.emplace(parts[1].str() + parts[2].str(), std::stod(parts[5])).second, line);
            }
        }
    }
    static void require(bool fits, const std::string& line) {
        if (!fits) {
            throw std::runtime_error("no line of Prometheus' text format: " + line);
        }
    }
};

/// One value into every metric, so that all of them show.
void touch_all(PrometheusMetrics& metrics) {
    for (const MetricRow& row : metrics_table()) {
        const auto touch = [&](Metrics::Labels labels) {
            switch (row.type) {
            case MetricType::counter:
                return metrics.count(row.id, labels, 1);
            case MetricType::gauge:
                return metrics.set(row.id, 1, labels);
            case MetricType::histogram:
                return metrics.observe(row.id, 1, labels);
            }
        };
        switch (row.labels.size()) {
        case 0:
            touch({});
            break;
        case 1:
            touch({"a"});
            break;
        case 2:
            touch({"a", "b"});
            break;
        case 3:
            touch({"a", "b", "c"});
            break;
        default:
            FAIL() << row.name << " has a new number of labels";
        }
    }
}

TEST(PrometheusMetrics, BearsTheNamesAndTypesThatTheContractFixes) {
    PrometheusMetrics metrics;
    touch_all(metrics);
    const Scrape scrape(metrics.text());
    const std::map<std::string, std::string> fixed = {
        {"daily_reports_generated_total", "counter"},
        {"daily_reports_generation_duration_seconds", "histogram"},
        {"daily_reports_errors_total", "counter"},
        {"daily_reports_users_enabled_total", "gauge"},
        {"daily_reports_rag_indexing_duration_seconds", "histogram"},
        {"daily_reports_last_success_timestamp_seconds", "gauge"},
        {"daily_reports_last_run_timestamp_seconds", "gauge"},
    };
    for (const auto& [name, type] : fixed) {
        ASSERT_TRUE(scrape.types.contains(name)) << name;
        EXPECT_EQ(scrape.types.at(name), type) << name;
        EXPECT_FALSE(scrape.helps.at(name).empty()) << name;
    }
    EXPECT_EQ(scrape.types.size(), metrics_table().size());
    EXPECT_TRUE(scrape.samples.contains(R"(daily_reports_generated_total{status="a"})"));
    EXPECT_TRUE(scrape.samples.contains(R"(daily_reports_errors_total{stage="a"})"));
    EXPECT_TRUE(scrape.samples.contains(R"(daily_reports_generation_duration_seconds_bucket{le="300"})"));
}

TEST(PrometheusMetrics, StartsWithZeroWhereThereIsOnlyOneSeriesAndShowsNoGaugeThatNobodyMeasured) {
    const PrometheusMetrics metrics;
    const Scrape scrape(metrics.text());
    EXPECT_EQ(scrape.samples.at("mcp_graph_refused_total"), 0);
    EXPECT_EQ(scrape.samples.at("daily_reports_generation_duration_seconds_count"), 0);
    EXPECT_EQ(scrape.samples.at("daily_reports_rag_indexing_duration_seconds_sum"), 0);
    EXPECT_FALSE(scrape.types.contains("daily_reports_last_success_timestamp_seconds"));
    EXPECT_FALSE(scrape.types.contains("daily_reports_generated_total"));
}

TEST(PrometheusMetrics, CountsSetsAndObserves) {
    PrometheusMetrics metrics;
    metrics.count(Metric::reports_generated, {"completed"}, 1);
    metrics.count(Metric::reports_generated, {"completed"}, 2);
    metrics.count(Metric::reports_generated, {"failed"}, 0);
    metrics.set(Metric::last_success, 1761372000, {});
    metrics.set(Metric::graph_age, 3600.5, {});
    metrics.set(Metric::graph_age, 7200, {});
    metrics.observe(Metric::generation_duration, 0.05, {});
    metrics.observe(Metric::generation_duration, 200, {});
    metrics.observe(Metric::generation_duration, 301, {});
    const Scrape scrape(metrics.text());
    EXPECT_EQ(scrape.samples.at(R"(daily_reports_generated_total{status="completed"})"), 3);
    EXPECT_EQ(scrape.samples.at(R"(daily_reports_generated_total{status="failed"})"), 0);
    EXPECT_EQ(scrape.samples.at("daily_reports_last_success_timestamp_seconds"), 1761372000);
    EXPECT_EQ(scrape.samples.at("mcp_graph_age_seconds"), 7200);
    const std::string bucket = "daily_reports_generation_duration_seconds_bucket";
    EXPECT_EQ(scrape.samples.at(bucket + R"({le="0.01"})"), 0);
    EXPECT_EQ(scrape.samples.at(bucket + R"({le="0.05"})"), 1);
    EXPECT_EQ(scrape.samples.at(bucket + R"({le="300"})"), 2);
    EXPECT_EQ(scrape.samples.at(bucket + R"({le="+Inf"})"), 3);
    EXPECT_EQ(scrape.samples.at("daily_reports_generation_duration_seconds_sum"), 501.05);
}

TEST(PrometheusMetrics, RefusesACallThatDoesNotFitItsRow) {
    PrometheusMetrics metrics;
    EXPECT_THROW(metrics.count(Metric::graph_age, {}, 1), std::invalid_argument);
    EXPECT_THROW(metrics.set(Metric::generation_duration, 1, {}), std::invalid_argument);
    EXPECT_THROW(metrics.observe(Metric::graph_refused, 1, {}), std::invalid_argument);
    EXPECT_THROW(metrics.count(Metric::reports_generated, {}, 1), std::invalid_argument);
    EXPECT_THROW(metrics.count(Metric::graph_refused, {"too many"}, 1), std::invalid_argument);
    EXPECT_THROW(metrics.count(Metric::graph_refused, {}, -1), std::invalid_argument);
    EXPECT_THROW(metrics.count(Metric::graph_refused, {}, std::nan("")), std::invalid_argument);
    EXPECT_THROW(metrics.set(Metric::graph_age, std::numeric_limits<double>::infinity(), {}), std::invalid_argument);
    EXPECT_THROW(metrics.observe(Metric::generation_duration, std::nan(""), {}), std::invalid_argument);
    EXPECT_EQ(Scrape(metrics.text()).samples.at("mcp_graph_refused_total"), 0);
}

TEST(PrometheusMetrics, TakesAnyBytesAsALabelAndStaysReadable) {
    PrometheusMetrics metrics;
    metrics.count(Metric::report_errors, {"a \"quote\" \\ and\na line"}, 1);
    metrics.count(Metric::report_errors, {"broken \xFF utf-8"}, 1);
    metrics.count(Metric::report_errors, {std::string(10'000, 'x')}, 1);
    metrics.count(Metric::report_errors, {""}, 1);
    const std::string text = metrics.text();
    EXPECT_EQ(Scrape(text).types.size(), Scrape(PrometheusMetrics().text()).types.size() + 1);
    EXPECT_LT(text.size(), 5000U);
    EXPECT_THAT(text, HasSubstr("broken \uFFFD utf-8"));
}

TEST(PrometheusMetrics, BoundsTheLabelSetsOfAMetric) {
    PrometheusMetrics metrics;
    for (int i = 0; i < 5000; ++i) {
        metrics.count(Metric::http_requests, {fmt::format("/path/{}", i), "GET", "200"}, 1);
    }
    const Scrape scrape(metrics.text());
    double all = 0;
    std::size_t series = 0;
    for (const auto& [name, value] : scrape.samples) {
        const bool is_request = name.starts_with("mcp_http_requests_total");
        all += is_request ? value : 0;
        series += is_request ? 1U : 0U;
    }
    EXPECT_EQ(series, 501U);
    EXPECT_EQ(all, 5000);
    EXPECT_EQ(scrape.samples.at(R"(mcp_http_requests_total{method="other",route="other",status="other"})"), 4500);
    EXPECT_EQ(scrape.samples.at(R"(mcp_http_requests_total{method="GET",route="/path/0",status="200"})"), 1);
}

TEST(PrometheusMetrics, TellsTheSameTextForTheSameFigures) {
    PrometheusMetrics one;
    PrometheusMetrics other;
    for (const char* stage : {"graph", "store", "compose"}) {
        one.count(Metric::report_errors, {stage}, 1);
    }
    for (const char* stage : {"compose", "graph", "store"}) {
        other.count(Metric::report_errors, {stage}, 1);
    }
    EXPECT_EQ(one.text(), other.text());
}

TEST(PrometheusMetrics, LosesNothingWhenManyThreadsCount) {
    PrometheusMetrics metrics;
    constexpr int kThreads = 4;
    constexpr int kEach = 2000;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&metrics] {
            for (int i = 0; i < kEach; ++i) {
                metrics.count(Metric::http_requests, {fmt::format("/{}", i % 100), "GET", "200"}, 1);
                metrics.observe(Metric::http_duration, 0.001 * i, {"/"});
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    const Scrape scrape(metrics.text());
    for (int route = 0; route < 100; ++route) {
        const std::string name =
            fmt::format(R"(mcp_http_requests_total{{method="GET",route="/{}",status="200"}})", route);
        EXPECT_EQ(scrape.samples.at(name), kThreads * kEach / 100);
    }
    EXPECT_EQ(scrape.samples.at(R"(mcp_http_request_duration_seconds_count{route="/"})"), kThreads * kEach);
}

TEST(LabelSets, TellsApartWhatOnlyTogetherLooksAlike) {
    LabelSets<int> sets;
    std::deque<int> children;
    const auto make = [&](const std::vector<std::string>&) -> int& { return children.emplace_back(0); };
    int& first = sets.at({"a", "bc"}, make);
    int& second = sets.at({"ab", "c"}, make);
    EXPECT_NE(&first, &second);
    EXPECT_EQ(&first, &sets.at({"a", "bc"}, make));
    EXPECT_EQ(children.size(), 2U);
}

} // namespace
} // namespace mcp::adapters
