#include "flow/scheduler.hpp"

#include "flow/tell.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace mcp::flow {
namespace {

constexpr const char* kName = "scheduler";
/// The calendar is looked at this often: it may jump, and a machine may sleep.
constexpr std::chrono::seconds kLook{30};

Day day_of(Time time) {
    return std::chrono::floor<std::chrono::days>(time);
}

} // namespace

Task<void> Scheduler::run() {
    if (!schedule_.enabled) {
        env_.log.write(LogLevel::info, kName, "Daily report scheduler is disabled");
        co_return;
    }
    env_.log.write(LogLevel::info, kName,
                   fmt::format("Daily report scheduler started - will run daily at {} UTC", schedule_.clock_text()));
    co_await make_up_missed();
    while (true) {
        const Time due = schedule_.next_after(env_.clock.now());
        co_await prepare(due);
        co_await wait_until(due);
        env_.log.write(LogLevel::info, kName, "Starting scheduled daily reports generation");
        co_await start(schedule_.last_until(env_.clock.now())); // later than `due` when the calendar jumped
    }
}

/// A service that never ran before has missed nothing of the days before; its first report may come today.
Task<void> Scheduler::make_up_missed() {
    const Time due = schedule_.last_until(env_.clock.now());
    const Result<std::optional<ports::Run>> last = co_await store_.last_scheduled_run();
    const Result<ports::UserCounts> users = co_await store_.count_users();
    if (!last || !users) {
        env_.log.write(
            LogLevel::error, kName,
            fmt::format("Cannot tell whether a run was missed: {}", in_english(last ? users.error() : last.error())));
        co_return;
    }
    const bool is_done = *last && (*last)->day >= day_of(due);
    const bool is_new = !*last && day_of(due) != day_of(env_.clock.now());
    if (is_done || is_new || users->enabled == 0) {
        co_return;
    }
    const double hours = std::chrono::duration<double, std::ratio<3600>>(env_.clock.now() - due).count();
    env_.log.write(LogLevel::info, kName, fmt::format("Making up the run that was due {:.1f} h ago", hours));
    co_await start(due);
}

/// Lets the sources be asked and the users' own nodes be read before the run is due, at the pace they bear, so that
/// their answers are there by then.
Task<void> Scheduler::prepare(Time due) {
    const bool has_sources = !collector_.sources().empty();
    if (!has_sources && !nodes_.is_on()) {
        co_return;
    }
    co_await wait_until(due - (has_sources ? std::chrono::minutes(kLeadMost) : kNodeLeadMost));
    const Time asking = co_await begin_of_asking(due);
    const Time reading = co_await begin_of_reading(due);
    co_await wait_until(std::min(asking, reading));
    if (asking <= reading) {
        ask_sources(due);
        co_await wait_until(reading);
        read_nodes(due);
    } else {
        read_nodes(due);
        co_await wait_until(asking);
        ask_sources(due);
    }
}

Task<Time> Scheduler::begin_of_asking(Time due) {
    const Timer::Span lead = co_await collector_.lead();
    co_return due - std::chrono::ceil<std::chrono::seconds>(lead);
}

/// Never while the day before may still settle.
Task<Time> Scheduler::begin_of_reading(Time due) {
    const Timer::Span lead = co_await nodes_.lead();
    const Time settled = Time(day_of(due)) + kDaySettles;
    co_return std::min(due, std::max(settled, due - std::chrono::ceil<std::chrono::seconds>(lead)));
}

void Scheduler::ask_sources(Time due) {
    const Timer::Span left = due - env_.clock.now();
    if (left > Timer::Span::zero()) {
        collector_.begin({.id = {}, .day = day_of(due), .user_ids = {}, .started_at = due}, left);
    }
}

void Scheduler::read_nodes(Time due) {
    const Timer::Span left = due - env_.clock.now();
    if (left > Timer::Span::zero()) {
        nodes_.begin({.id = {}, .day = day_of(due), .user_ids = {}, .started_at = due}, left);
    }
}

Task<void> Scheduler::wait_until(Time due) {
    while (env_.clock.now() < due) {
        const Timer::Span left = due - env_.clock.now();
        co_await env_.timer.wait(std::min<Timer::Span>(left, kLook));
    }
}

/// Tries until the store takes the claim, as long as the day lasts.
Task<void> Scheduler::start(Time due) {
    while (env_.clock.now() - due < kLateMost) {
        const Result<bool> started = co_await engine_.start_scheduled(day_of(due));
        if (started) {
            if (!*started) {
                env_.log.write(LogLevel::info, kName, "The run of this day was started already");
            }
            co_return;
        }
        env_.log.write(LogLevel::error, kName,
                       fmt::format("The run could not be started, trying again: {}", in_english(started.error())));
        co_await env_.timer.wait(kLook);
    }
}

} // namespace mcp::flow
