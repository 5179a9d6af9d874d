#include "adapters/nodes/lnd_week.hpp"

#include <algorithm>

namespace mcp::adapters::lnd {
namespace {

using std::chrono::days;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr std::int64_t kBlocksADay = 144;
constexpr std::int64_t kWider = 4;
/// Dates of blocks may go back by two hours from one to the next, no further.
constexpr days kBlockDatesStray{1};
constexpr Msat kCostsMax{kAllBitcoin.value * 1000 / 8}; // sums over 30 such days fit

Day day_of(std::int64_t at_ns) {
    return std::chrono::floor<days>(std::chrono::sys_time<nanoseconds>{nanoseconds{at_ns}});
}

std::int64_t second_of(Day day) {
    return seconds{day.time_since_epoch()}.count();
}

Error too_much(Day day) {
    return {.kind = ErrorKind::bad_upstream, .what = {"own_node.day_too_large", {{"day", day}}}};
}

} // namespace

std::set<Day> days_to_ask(Day day, const std::vector<domain::NodeDayFlow>& known) {
    std::set<Day> wanted;
    for (int back = domain::kFlowDays; back > 0; --back) {
        wanted.insert(day - days{back});
    }
    for (const domain::NodeDayFlow& flow : known) {
        wanted.erase(flow.day);
    }
    return wanted;
}

std::int64_t WeekOfForwards::asks_from() const {
    return second_of(*wanted_.begin());
}

std::int64_t WeekOfForwards::asks_to() const {
    return second_of(*wanted_.rbegin() + days{1});
}

domain::ShortChannelId WeekOfForwards::real(domain::ShortChannelId told) const {
    const auto found = names_.find(told);
    return found == names_.end() ? told : found->second;
}

Result<void> WeekOfForwards::add(const Forward& forward) {
    const Day day = day_of(forward.at_ns);
    if (!wanted_.contains(day)) {
        return {};
    }
    if (!sums_[day].add({real(forward.in), real(forward.out)}, forward.amount_in, forward.amount_out)) {
        return fail(too_much(day));
    }
    return {};
}

Result<WeekOfForwards::Next> WeekOfForwards::add(const ForwardPage& page) {
    for (const Forward& forward : page.forwards) {
        // Their dates are the keys of LND's records: each once, ascending.
        if (forward.is_exact && forward.at_ns <= newest_ns_) {
            sums_.clear();
            newest_ns_ = 0;
            return Next::begin_anew;
        }
        newest_ns_ = forward.is_exact ? forward.at_ns : newest_ns_;
        if (Result<void> added = add(forward); !added) {
            return fail(std::move(added.error()));
        }
    }
    std::size_t rows = 0;
    for (const auto& [day, sums] : sums_) {
        rows += sums.rows();
    }
    if (Result<void> fits = check_rows(rows); !fits) { // so that no node fills the memory
        return fail(std::move(fits.error()));
    }
    return page.forwards.empty() ? Next::ended : Next::go_on;
}

std::vector<domain::NodeDayFlow> WeekOfForwards::told() const {
    std::vector<domain::NodeDayFlow> all;
    for (const Day day : wanted_) {
        const auto found = sums_.find(day);
        constexpr bool kHasFailures = false; // LND forgets forwards that fail
        all.push_back((found == sums_.end() ? FlowSums() : found->second).of(day, kHasFailures));
    }
    return all;
}

WeekOfTransactions::WeekOfTransactions(std::set<Day> wanted, Day day, std::uint32_t tip)
    : wanted_(std::move(wanted)), width_(0) {
    if (!wanted_.empty() && tip > 0) {
        width_ = ((day - *wanted_.begin()).count() + 2) * kBlocksADay; // with the present day, and one for fast blocks
        next_ = Heights{.from = std::max<std::int64_t>(0, tip - width_), .to = tip};
    }
}

std::optional<WeekOfTransactions::Heights> WeekOfTransactions::asks() const {
    return next_;
}

Result<void> WeekOfTransactions::add(const std::vector<Transaction>& window) {
    bool is_past = next_->from == 0;
    for (const Transaction& one : window) {
        const Day day = std::chrono::floor<days>(one.at);
        is_past = is_past || one.at < *wanted_.begin() - kBlockDatesStray;
        const bool counts = one.fees > Sat{0} && wanted_.contains(day) && counted_.insert(one.id).second;
        if (!counts) {
            continue;
        }
        domain::ChainCosts& costs = costs_[day];
        const Msat fees = to_msat(one.fees);
        if (fees > kCostsMax - costs.fees) {
            return fail(too_much(day));
        }
        ++costs.transactions;
        costs.fees += fees;
    }
    width_ *= kWider;
    const std::int64_t to = next_->from - 1;
    next_ = is_past || to <= 0 ? std::nullopt
                               : std::optional(Heights{.from = std::max<std::int64_t>(0, to - width_), .to = to});
    return {};
}

domain::ChainCosts WeekOfTransactions::of(Day day) const {
    const auto found = costs_.find(day);
    return found == costs_.end() ? domain::ChainCosts{} : found->second;
}

} // namespace mcp::adapters::lnd
