#pragma once
#include "async/chance.hpp"
#include "async/log.hpp"
#include "async/metrics.hpp"
#include "ports/assets.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

/// The world of the service in memory, for tests that ask it what happened.
namespace mcp::test {

/// Repeats itself by seed.
class SeededChance final : public Chance {
public:
    explicit SeededChance(std::uint64_t seed) : generator_(seed) {}
    std::uint64_t bits() override { return generator_(); }

private:
    std::mt19937_64 generator_;
};

/// Keeps every line as "LEVEL component text".
class KeptLog final : public Log {
public:
    void write(LogLevel level, std::string_view component, std::string_view text, std::vector<LogField>) override {
        const std::lock_guard lock(mutex_);
        lines_.push_back(fmt::format("{} {} {}", name(level), component, text));
    }

    [[nodiscard]] std::vector<std::string> lines() const {
        const std::lock_guard lock(mutex_);
        return lines_;
    }
    [[nodiscard]] std::ptrdiff_t count(std::string_view part) const {
        const std::vector<std::string> all = lines();
        return std::count_if(all.begin(), all.end(), [&](const auto& line) { return line.find(part) != line.npos; });
    }
    [[nodiscard]] std::string text() const { return fmt::format("{}", fmt::join(lines(), "\n")); }
    void clear() {
        const std::lock_guard lock(mutex_);
        lines_.clear();
    }

private:
    static std::string_view name(LogLevel level) {
        switch (level) {
        case LogLevel::debug:
            return "DEBUG";
        case LogLevel::info:
            return "INFO";
        case LogLevel::warning:
            return "WARNING";
        case LogLevel::error:
            return "ERROR";
        }
        return "?";
    }

    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

/// Keeps the sum of each counter and gauge, and how many values each histogram got, by "name{labels}".
class KeptMetrics final : public Metrics {
public:
    void count(Metric metric, Labels labels, double by) override { value(metric, labels) += by; }
    void set(Metric metric, double to, Labels labels) override { value(metric, labels) = to; }
    void observe(Metric metric, double, Labels labels) override { value(metric, labels) += 1; }

    [[nodiscard]] double of(const std::string& name) const {
        const auto found = values_.find(name);
        return found == values_.end() ? 0 : found->second;
    }

private:
    double& value(Metric metric, Labels labels) {
        const MetricRow& row = metrics_table()[static_cast<std::size_t>(metric)];
        return values_[labels.size() == 0 ? std::string(row.name)
                                          : fmt::format("{}{{{}}}", row.name, fmt::join(labels, ","))];
    }

    std::map<std::string, double> values_;
};

/// RAG assets in memory, which fail when told so.
class KeptAssets final : public ports::Assets {
public:
    Result<void> write(std::string_view user_id, Day day, std::string_view document) override {
        if (fails) {
            return fail(ErrorKind::unavailable, {"system.disk_full", {}});
        }
        files[{std::string(user_id), day}] = document;
        return {};
    }
    Result<std::int64_t> remove(std::string_view user_id) override {
        return std::erase_if(files, [&](const auto& file) { return file.first.first == user_id; });
    }
    Result<std::int64_t> sweep(Time before) override {
        return std::erase_if(files, [&](const auto& file) { return Time(file.first.second) < before; });
    }

    bool fails = false;
    std::map<std::pair<std::string, Day>, std::string> files;
};

} // namespace mcp::test
