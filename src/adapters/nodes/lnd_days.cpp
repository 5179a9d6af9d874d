#include "adapters/nodes/lnd_days.hpp"

#include "adapters/nodes/lnd_week.hpp"

#include <fmt/format.h>
#include <memory>
#include <optional>
#include <utility>

namespace mcp::adapters::lnd {
namespace {

constexpr int kPageEvents = 5000;
constexpr int kPagesMax = 400; // two million forwards: three a second, all week
constexpr int kBeginsMax = 3;
constexpr int kWindowsMax = 12; // each four times as wide as the one before: more than there are blocks

/// LND refuses fields that it does not know: only those that the oldest one has.
std::string forwards_between(std::int64_t from, std::int64_t to, std::uint32_t offset, int count) {
    return fmt::format(R"({{"start_time":"{}","end_time":"{}","index_offset":{},"num_max_events":{}}})", from, to,
                       offset, count);
}

std::string blocks_between(std::int64_t from, std::int64_t to) {
    return fmt::format("?start_height={}&end_height={}", from, to);
}

using Next = WeekOfForwards::Next;

/// From the first record to the last one, unless some come in between.
Task<Result<Next>> ask_pages(Talk talk, std::shared_ptr<WeekOfForwards> week) {
    std::uint32_t offset = 0;
    for (int page = 0; page < kPagesMax; ++page) {
        std::string body = forwards_between(week->asks_from(), week->asks_to(), offset, kPageEvents);
        auto read = [offset](std::string_view answer) { return forward_page(answer, offset); };
        const Result<ForwardPage> told = co_await talk.tell(kForwardingHistory, std::move(body), std::move(read));
        if (!told) {
            co_return fail(told.error());
        }
        Result<Next> next = week->add(*told);
        if (!next) {
            co_return fail(at_call(std::move(next.error()), kForwardingHistory));
        }
        if (*next != Next::go_on) {
            co_return *next;
        }
        offset = told->next_offset;
    }
    co_return fail(at_call({ErrorKind::bad_upstream, {"own_node.too_many_forwards", {}}}, kForwardingHistory));
}

} // namespace

Task<Result<std::vector<domain::NodeDayFlow>>> ask_forwards(Talk talk, std::set<Day> wanted, ChannelNames names) {
    const auto week = std::make_shared<WeekOfForwards>(std::move(wanted), std::move(names));
    for (int begin = 0; begin < kBeginsMax; ++begin) {
        const Result<Next> end = co_await ask_pages(talk, week);
        if (!end) {
            co_return fail(end.error());
        }
        if (*end == Next::ended) {
            co_return week->told();
        }
    }
    co_return fail(at_call({ErrorKind::bad_upstream, {"own_node.history_moves", {}}}, kForwardingHistory));
}

Task<Result<CostsByDay>> ask_chain_costs(Talk talk, std::set<Day> wanted, Day day, std::uint32_t tip) {
    WeekOfTransactions week(wanted, day, tip);
    std::optional<WeekOfTransactions::Heights> heights = week.asks();
    for (int window = 0; heights && window < kWindowsMax; ++window) {
        std::string query = blocks_between(heights->from, heights->to);
        const auto told = co_await talk.tell(kGetTransactions, std::move(query), &transactions);
        if (!told) {
            co_return fail(told.error());
        }
        Result<void> added = week.add(*told);
        if (!added) {
            co_return fail(at_call(std::move(added.error()), kGetTransactions));
        }
        heights = week.asks();
    }
    CostsByDay costs;
    for (const Day one : wanted) {
        costs[one] = week.of(one);
    }
    co_return costs;
}

std::string least_of_forwards() {
    constexpr std::int64_t kLongAgo = 1;
    return forwards_between(kLongAgo, kLongAgo, 0, 1);
}

std::string least_of_transactions(std::uint32_t tip) {
    return blocks_between(tip, tip);
}

} // namespace mcp::adapters::lnd
