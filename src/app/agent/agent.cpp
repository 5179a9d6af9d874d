#include "app/agent/agent.hpp"

#include "flow/node/node_round_visit.hpp"
#include "flow/node/node_watch.hpp"
#include "flow/node/statement.hpp"
#include "flow/retry.hpp"
#include "flow/tell.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace mcp::app {
namespace {

constexpr const char* kName = "agent";
/// The calendar is looked at this often: it may jump, and a machine may sleep.
constexpr std::chrono::seconds kLook{30};
constexpr std::chrono::days kWatchedKept{2};
/// The service is told first of a fault that passes, and a user has time to make the agent known to it.
constexpr flow::Backoff kBetweenTries{.first = std::chrono::seconds{30}, .most = std::chrono::minutes{10}};
constexpr std::chrono::seconds kLeastBetweenTries{5};

Day day_of(Time time) {
    return std::chrono::floor<std::chrono::days>(time);
}

/// Whether another try of the same day may go better.
bool may_pass(ErrorKind kind) {
    return kind != ErrorKind::conflict && kind != ErrorKind::invalid_input;
}

/// Whether the node could be reached; nothing when a knock does not tell.
std::optional<bool> reached_by(const Result<void>& answer) {
    if (answer) {
        return true;
    }
    switch (answer.error().kind) {
    case ErrorKind::timeout:
    case ErrorKind::unavailable:
    case ErrorKind::bad_upstream:
        return false;
    case ErrorKind::unauthenticated: // it answers, if only to refuse us
    case ErrorKind::rate_limited:
        return true;
    case ErrorKind::forbidden:
    case ErrorKind::invalid_input:
    case ErrorKind::not_found:
    case ErrorKind::conflict:
    case ErrorKind::cancelled:
    case ErrorKind::internal:
        return std::nullopt;
    }
    return std::nullopt;
}

std::int64_t forwards_on(Day day, const domain::OwnNode& node) {
    std::int64_t count = 0;
    for (const domain::NodeDayFlow& flow : node.days) {
        for (const domain::ForwardSum& sum : flow.forwards) {
            count += flow.day == day ? sum.count : 0;
        }
    }
    return count;
}

} // namespace

/// What is known of days gone by is that of the node that was read last. Where another one answers now, it is read
/// anew without.
Task<Result<domain::OwnNode>> Agent::ask_node(Day day) {
    std::vector<domain::NodeDayFlow> known;
    std::optional<domain::PubKey> known_key;
    if (!memory_.statement.empty()) {
        if (Result<domain::OwnNode> last = flow::read_statement(memory_.statement)) {
            known = flow::complete_days(*last, day);
            known_key = last->key;
        }
    }
    ports::NodeAccess access = settings_.access;
    Result<domain::OwnNode> node =
        co_await parts_.reader.read(std::move(access), day, std::move(known), settings_.read_time_max);
    if (!node || !known_key || node->key == *known_key) {
        co_return node;
    }
    parts_.env.log.write(LogLevel::warning, kName, "Another node answers than before; what was known is forgotten");
    memory_ = {};
    access = settings_.access;
    known.clear();
    node = co_await parts_.reader.read(std::move(access), day, std::move(known), settings_.read_time_max);
    co_return node;
}

Task<Result<std::string>> Agent::read() {
    const Day day = day_of(parts_.env.clock.now());
    Result<domain::OwnNode> node = co_await ask_node(day);
    if (!node) {
        co_return fail(std::move(node.error()));
    }
    node->credential_expires = settings_.access_ends;
    const Day yesterday = day - std::chrono::days{1};
    if (const auto watched = memory_.watched.find(yesterday); watched != memory_.watched.end()) {
        node->watched = watched->second;
    }
    std::string text = flow::statement_text(*node);
    memory_.statement = text;
    keep_memory();
    parts_.env.log.write(LogLevel::info, kName,
                         fmt::format("Read the node {}: {} channels, {} forwards yesterday", node->key.hex(),
                                     node->channels.size(), forwards_on(yesterday, *node)));
    for (const domain::NodeGap& gap : node->gaps) {
        parts_.env.log.write(LogLevel::warning, kName,
                             fmt::format("The node does not tell all: {}", flow::in_english(gap.why)));
    }
    co_return text;
}

Task<Result<void>> Agent::deliver() {
    Result<std::string> statement = co_await read();
    if (!statement) {
        Error fault = std::move(statement.error()).in({"agent.step_node", {}});
        if (!may_pass(fault.kind)) { // whatever ails a node may have been mended by the next try
            fault.kind = ErrorKind::unavailable;
        }
        co_return fail(std::move(fault));
    }
    std::string text = std::move(*statement);
    const auto bytes = static_cast<std::int64_t>(text.size());
    Result<void> sent = co_await parts_.post.send(std::move(text));
    if (!sent) {
        co_return fail(std::move(sent.error()).in({"agent.step_service", {}}));
    }
    parts_.env.log.write(LogLevel::info, kName, fmt::format("The service took the snapshot of {} bytes", bytes));
    co_return sent;
}

Task<void> Agent::deliver_daily() {
    while (true) {
        const Time due = settings_.schedule.next_after(parts_.env.clock.now());
        co_await deliver_until(due);
        co_await wait_until(due);
    }
}

/// @param end when the next day's turn is
Task<void> Agent::deliver_until(Time end) {
    for (int tries = 1; parts_.env.clock.now() < end; ++tries) {
        const Result<void> delivered = co_await deliver();
        if (delivered || delivered.error().kind == ErrorKind::cancelled) {
            co_return;
        }
        const Error& fault = delivered.error();
        if (!may_pass(fault.kind)) {
            parts_.env.log.write(LogLevel::error, kName,
                                 fmt::format("Not delivered, and not tried again before {} UTC: {}",
                                             settings_.schedule.clock_text(), flow::in_english(fault)));
            co_return;
        }
        const Timer::Span pause =
            std::max<Timer::Span>(kLeastBetweenTries, kBetweenTries.before_next(tries, parts_.env.chance));
        parts_.env.log.write(LogLevel::warning, kName,
                             fmt::format("Not delivered, tried again in {} s: {}",
                                         std::chrono::ceil<std::chrono::seconds>(pause).count(),
                                         flow::in_english(fault)));
        co_await parts_.env.timer.wait(pause);
    }
}

Task<void> Agent::wait_until(Time due) {
    while (parts_.env.clock.now() < due) {
        const Timer::Span left = due - parts_.env.clock.now();
        co_await parts_.env.timer.wait(std::min<Timer::Span>(left, kLook));
    }
}

/// A knock speaks for the time since the one before it, as the service's own do (flow/node/node_watch).
Task<void> Agent::watch() {
    std::optional<Timer::Span> last; ///< the last knock that could tell something
    bool was_reached = true;
    while (true) {
        ports::NodeAccess access = settings_.access;
        const Result<void> answer = co_await parts_.reader.knock(std::move(access), settings_.knock_time_max);
        const std::optional<bool> is_reached = reached_by(answer);
        const Timer::Span now = parts_.env.timer.now();
        if (last && is_reached && now - *last <= 2 * settings_.knock_every) {
            note_watched(std::chrono::round<std::chrono::seconds>(now - *last), *is_reached);
        }
        last = is_reached ? std::optional(now) : std::nullopt;
        if (is_reached.value_or(was_reached) != was_reached) {
            was_reached = *is_reached;
            parts_.env.log.write(was_reached ? LogLevel::info : LogLevel::warning, kName,
                                 was_reached
                                     ? std::string("The node answers again")
                                     : fmt::format("The node does not answer: {}", flow::in_english(answer.error())));
        }
        co_await parts_.env.timer.wait(settings_.knock_every);
    }
}

/// Where the calendar went back, a day could come to more than it has: that is left out.
void Agent::note_watched(std::chrono::seconds length, bool is_reached) {
    for (const ports::WatchedSpan& one : flow::spans_before({}, parts_.env.clock.now(), length, is_reached)) {
        domain::NodeWatched& sum = memory_.watched[one.day];
        if (sum.watched + one.span.watched <= std::chrono::days{1}) {
            sum.watched += one.span.watched;
            sum.reached += one.span.reached;
        }
    }
    keep_memory();
}

void Agent::keep_memory() {
    const Day today = day_of(parts_.env.clock.now());
    std::erase_if(memory_.watched, [&](const auto& one) { return one.first < today - kWatchedKept; });
    if (const Result<void> kept = parts_.keep(memory_); !kept) {
        parts_.env.log.write(
            LogLevel::error, kName,
            fmt::format("What must not be forgotten cannot be kept: {}", flow::in_english(kept.error())));
    }
}

} // namespace mcp::app
