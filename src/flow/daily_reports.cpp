#include "flow/daily_reports.hpp"

#include "flow/tell.hpp"

#include <fmt/format.h>

namespace mcp::flow {
namespace {

constexpr std::chrono::seconds kHaltPatience{12};

} // namespace

DailyReports::DailyReports(const DailyParts& parts, const DailySettings& settings,
                           const boost::asio::any_io_executor& executor)
    : env_(parts.env), schedule_(settings.schedule), ended_(executor),
      materials_(parts.env, parts.graphs, settings.threads, halt_),
      job_(parts.env, parts.store, parts.documents, parts.assets, halt_, settings.job),
      collector_(parts.env, parts.store, parts.sources, halt_, executor),
      nodes_(parts.env, parts.store, parts.nodes, parts.vault, halt_, executor),
      watch_(parts.env, parts.store, parts.nodes, parts.vault, settings.node_watch, halt_, executor),
      engine_(parts.env, parts.store, parts.queue, materials_, collector_, nodes_, job_, halt_, settings.run, executor),
      scheduler_(parts.env, parts.store, engine_, collector_, nodes_, schedule_),
      upkeep_(parts.env, parts.store, parts.assets), parts_(executor) {}

Task<void> DailyReports::run() {
    co_await upkeep_.restore();
    const Result<void> resumed = co_await engine_.resume();
    if (!resumed) {
        env_.log.write(LogLevel::error, "scheduler",
                       fmt::format("Cannot tell which runs were left: {}", in_english(resumed.error())));
    }
    parts_.begin(scheduler_.run());
    parts_.begin(upkeep_.run());
    parts_.begin(watch_.run());
    co_await engine_.work();
    co_await parts_.end();
    co_await watch_.end();
    co_await collector_.end();
    co_await nodes_.end();
    ended_.set();
}

void DailyReports::stop() {
    if (!halt_.is_asked.exchange(true)) {
        engine_.halt();
        collector_.halt();
        nodes_.halt();
        watch_.halt();
        parts_.begin(press());
    }
}

Task<void> DailyReports::press() {
    co_await env_.timer.wait(kHaltPatience);
    halt_.is_urgent = true;
}

} // namespace mcp::flow
