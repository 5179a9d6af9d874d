#include "flow/upkeep.hpp"

#include "flow/tell.hpp"

#include <fmt/format.h>

namespace mcp::flow {
namespace {

constexpr std::chrono::hours kSweepEvery{1};

double unix_seconds(Time time) {
    return static_cast<double>(time.time_since_epoch().count());
}

} // namespace

Task<void> Upkeep::restore() {
    const Result<std::optional<Time>> last = co_await store_.last_success();
    if (last && *last) {
        env_.metrics.set(Metric::last_success, unix_seconds(**last));
    }
    const Result<std::optional<ports::Run>> run = co_await store_.last_scheduled_run();
    if (run && *run) {
        env_.metrics.set(Metric::last_run, unix_seconds((*run)->started_at));
    }
    co_await refresh_gauges();
    AssetKeeper keeper(env_, store_, assets_);
    co_await keeper.mend();
}

Task<void> Upkeep::run() {
    AssetKeeper keeper(env_, store_, assets_);
    while (true) {
        co_await remove_old();
        co_await keeper.mend();
        co_await refresh_gauges();
        co_await env_.timer.wait(kSweepEvery);
    }
}

Task<void> Upkeep::refresh_gauges() {
    const Result<ports::UserCounts> users = co_await store_.count_users();
    if (users) {
        env_.metrics.set(Metric::users_enabled, static_cast<double>(users->enabled));
    }
    const Result<std::int64_t> owed = co_await store_.count_owed_assets();
    if (owed) {
        env_.metrics.set(Metric::assets_owed, static_cast<double>(*owed));
    }
}

Task<void> Upkeep::remove_old() {
    const Time now = env_.clock.now();
    const Result<ports::SweepCounts> swept = co_await store_.sweep(now);
    auto sweep_files = [this, now] { return assets_.sweep(now - ports::kKept); };
    const Result<std::int64_t> files = co_await run_on(env_.blocking, sweep_files);
    if (!swept || !files) {
        env_.log.write(LogLevel::error, "upkeep",
                       fmt::format("What is older than {} days could not be removed: {}", ports::kKept.count(),
                                   in_english(swept ? files.error() : swept.error())));
        co_return;
    }
    if (swept->reports + swept->others + *files > 0) {
        env_.log.write(LogLevel::info, "upkeep",
                       fmt::format("Removed what is older than {} days: {} reports, {} other records, {} assets",
                                   ports::kKept.count(), swept->reports, swept->others, *files));
    }
}

} // namespace mcp::flow
