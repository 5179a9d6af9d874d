#include "flow/daily_reports.hpp"

#include "flow/tell.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <fmt/format.h>

namespace mcp::flow {
namespace {

constexpr std::chrono::seconds kHaltPatience{12};

bool is_cancellation(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const boost::system::system_error& error) {
        return error.code() == boost::asio::error::operation_aborted;
    } catch (const std::exception&) {
        return false;
    }
}

} // namespace

DailyReports::DailyReports(const DailyParts& parts, const DailySettings& settings,
                           const boost::asio::any_io_executor& executor)
    : executor_(executor), env_(parts.env), schedule_(settings.schedule), ended_(executor),
      materials_(parts.env, parts.graphs, settings.threads, halt_),
      job_(parts.env, parts.store, parts.documents, parts.assets, halt_, settings.job),
      engine_(parts.env, parts.store, parts.queue, materials_, job_, halt_, settings.run, executor),
      scheduler_(parts.env, parts.store, engine_, schedule_), upkeep_(parts.env, parts.store, parts.assets) {}

Task<void> DailyReports::run() {
    co_await upkeep_.restore();
    const Result<void> resumed = co_await engine_.resume();
    if (!resumed) {
        env_.log.write(LogLevel::error, "scheduler",
                       fmt::format("Cannot tell which runs were left: {}", in_english(resumed.error())));
    }
    begin(scheduler_.run());
    begin(upkeep_.run());
    co_await engine_.work();
    for (Part& part : parts_) {
        part.cancel.emit(boost::asio::cancellation_type::terminal);
        co_await part.ended.wait();
    }
    parts_.clear();
    ended_.set();
}

void DailyReports::begin(Task<void> part) {
    Part& kept = parts_.emplace_back(executor_);
    auto at_end = [&kept](const std::exception_ptr& thrown) {
        kept.ended.set();
        if (thrown && !is_cancellation(thrown)) {
            std::rethrow_exception(thrown);
        }
    };
    boost::asio::co_spawn(executor_, std::move(part),
                          boost::asio::bind_cancellation_slot(kept.cancel.slot(), std::move(at_end)));
}

void DailyReports::stop() {
    if (!halt_.is_asked.exchange(true)) {
        engine_.halt();
        begin(press());
    }
}

Task<void> DailyReports::press() {
    co_await env_.timer.wait(kHaltPatience);
    halt_.is_urgent = true;
}

} // namespace mcp::flow
