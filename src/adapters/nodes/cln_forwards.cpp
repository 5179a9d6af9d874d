#include "adapters/nodes/cln_forwards.hpp"

#include "adapters/nodes/cln_values.hpp"
#include "base/iso_time.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace mcp::adapters {
namespace {

using json::Cursor;

constexpr std::size_t kForwardsMax = 200'000; // in one answer
constexpr std::int64_t kIndexMax = 1LL << 53; // a thousand a second since the pyramids
constexpr std::int64_t kHtlcMax = std::numeric_limits<std::int64_t>::max();

constexpr std::array<std::pair<std::string_view, ClnForwardStatus>, 4> kStatuses = {{
    {"offered", ClnForwardStatus::offered},
    {"settled", ClnForwardStatus::settled},
    {"local_failed", ClnForwardStatus::local_failed},
    {"failed", ClnForwardStatus::failed},
}};

std::chrono::sys_seconds begin_of(Day day) {
    return day;
}

std::int64_t seconds_at(Day day) {
    return begin_of(day).time_since_epoch().count();
}

void put_amounts(ClnValues& values, const Cursor& entry, ClnForward& forward) {
    const Cursor out = entry.at("out_msat");
    const Cursor fee = entry.at("fee_msat");
    forward.amount_in = values.required(values.amount(entry.at("in_msat")), entry.at("in_msat"));
    if (forward.status != ClnForwardStatus::settled) {
        return;
    }
    forward.amount_out = values.required(values.amount(out), out);
    if (forward.amount_out > forward.amount_in) {
        values.refuse(out);
        return;
    }
    const std::optional<Msat> told = values.amount(fee);
    if (told && *told != forward.amount_in - forward.amount_out) {
        values.refuse(fee);
    }
}

ClnForward forward_in(ClnValues& values, const Cursor& entry, bool is_indexed) {
    ClnForward forward;
    const Cursor status = entry.at("status");
    const Cursor in = entry.at("in_channel");
    const Cursor out = entry.at("out_channel");
    const Cursor resolved = entry.at("resolved_time");
    forward.status = values.required(values.word(status, kStatuses), status);
    forward.in = values.required(values.channel(in), in);
    forward.out = values.channel(out).value_or(domain::ShortChannelId{});
    if (const std::optional<std::int64_t> htlc = values.whole(entry.at("in_htlc_id"), 0, kHtlcMax)) {
        forward.in_htlc = static_cast<std::uint64_t>(*htlc);
    }
    if (is_indexed) {
        const Cursor index = entry.at("created_index");
        forward.created_index = static_cast<std::uint64_t>(values.required(values.whole(index, 1, kIndexMax), index));
    }
    forward.received_s = values.seconds(entry.at("received_time"));
    forward.resolved_s = values.seconds(resolved);
    put_amounts(values, entry, forward);
    if (forward.status == ClnForwardStatus::settled && forward.received_s) { // both were begun to be kept together
        forward.out = values.required(values.channel(out), out);
        static_cast<void>(values.required(forward.resolved_s, resolved));
    }
    return forward;
}

} // namespace

std::optional<Day> ClnForward::day() const {
    const bool is_over = status != ClnForwardStatus::offered;
    const bool is_failed = status == ClnForwardStatus::failed || status == ClnForwardStatus::local_failed;
    const std::optional<std::int64_t> at = resolved_s || !is_failed ? resolved_s : received_s;
    if (!is_over || !at) {
        return std::nullopt;
    }
    return std::chrono::floor<std::chrono::days>(Time{std::chrono::seconds{*at}});
}

Result<std::vector<ClnForward>> read_cln_forwards(std::string_view body, bool is_indexed) {
    const Result<json::Document> document = parse_cln_answer(quote_times(body));
    if (!document) {
        return fail(document.error());
    }
    ClnValues values;
    std::vector<ClnForward> all;
    for (const Cursor& entry : values.items(document->root().at("forwards"), kForwardsMax)) {
        const std::uint64_t before = all.empty() ? 0 : all.back().created_index;
        all.push_back(forward_in(values, entry, is_indexed));
        if (is_indexed && all.back().created_index <= before) {
            values.refuse(entry.at("created_index"));
        }
        if (values.faulty()) {
            break;
        }
    }
    return values.verdict(std::move(all));
}

std::optional<std::uint64_t> ClnForwardSearch::asks() const {
    switch (stage_) {
    case Stage::first:
        return 1;
    case Stage::leaps:
        return early_ + leap_;
    case Stage::halves:
        return early_ + (late_ - early_) / 2;
    case Stage::done:
        return std::nullopt;
    }
    return std::nullopt;
}

bool ClnForwardSearch::is_early(const std::optional<ClnForward>& forward) const {
    return forward && forward->received_s.value_or(0) < from_s_;
}

void ClnForwardSearch::saw(const std::optional<ClnForward>& first) {
    const std::uint64_t asked = asks().value_or(0);
    if (stage_ == Stage::first && !is_early(first)) {
        stage_ = Stage::done; // all of them are wanted
        return;
    }
    if (is_early(first)) {
        early_ = first->created_index;
        leap_ *= stage_ == Stage::leaps ? 8 : 1;
        stage_ = stage_ == Stage::first ? Stage::leaps : stage_;
    } else {
        late_ = asked;
        stage_ = Stage::halves;
    }
    if (stage_ == Stage::halves && early_ + kNear >= late_) {
        stage_ = Stage::done;
    }
}

ClnWeek::ClnWeek(Day day, const std::vector<domain::NodeDayFlow>& known, ClnNames names) : names_(std::move(names)) {
    for (int back = domain::kFlowDays; back > 0; --back) {
        const Day wanted = day - std::chrono::days{back};
        const auto is_it = [&](const domain::NodeDayFlow& flow) { return flow.day == wanted; };
        if (std::none_of(known.begin(), known.end(), is_it)) {
            sums_[wanted];
        }
    }
}

domain::ShortChannelId ClnWeek::real(domain::ShortChannelId told) const {
    const auto found = names_.find(told);
    return found != names_.end() ? found->second : told;
}

bool ClnWeek::is_later(const ClnForward& forward) const {
    return sums_.empty() || forward.received_s.value_or(0) >= seconds_at(sums_.rbegin()->first + std::chrono::days{1});
}

/// Between two neighbours stood what began between their times, and was over at some time later.
void ClnWeek::look_for_gap(const ClnForward& forward) {
    const std::uint64_t index = forward.created_index;
    const std::int64_t received = forward.received_s.value_or(0);
    const std::int64_t end = seconds_at(sums_.rbegin()->first + std::chrono::days{1});
    const bool is_of_wanted = last_received_s_.value_or(0) < end && received >= seconds_at(first());
    if (index > last_index_ + 1 && is_of_wanted) {
        deleted_ += index - last_index_ - 1;
    }
    last_index_ = index;
    last_received_s_ = received;
}

Result<void> ClnWeek::add(const std::vector<ClnForward>& forwards) {
    for (const ClnForward& forward : forwards) {
        const bool has_number = forward.created_index != 0;
        const bool is_again = has_number ? forward.created_index <= last_index_
                                         : forward.in_htlc && !seen_.insert({forward.in, *forward.in_htlc}).second;
        if (is_again) {
            continue;
        }
        if (has_number) {
            look_for_gap(forward);
        }
        if (Result<void> added = add(forward); !added) {
            return added;
        }
    }
    std::size_t rows = 0;
    for (const auto& [day, sums] : sums_) {
        rows += sums.rows();
    }
    return check_rows(rows); // so that no node fills the memory
}

Result<void> ClnWeek::add(const ClnForward& forward) {
    const std::optional<Day> day = forward.day();
    const auto found = day ? sums_.find(*day) : sums_.end();
    if (found == sums_.end()) {
        return {};
    }
    const FlowSums::Pair channels{real(forward.in), real(forward.out)};
    if (forward.status != ClnForwardStatus::settled) {
        found->second.add_failure(channels, forward.status == ClnForwardStatus::local_failed);
        return {};
    }
    if (!found->second.add(channels, forward.amount_in, forward.amount_out)) {
        return fail(ErrorKind::bad_upstream,
                    {"own_node.cln_day_beyond_belief", {{"day", iso_time(begin_of(*day)).substr(0, 10)}}});
    }
    return {};
}

std::vector<domain::NodeDayFlow> ClnWeek::days() const {
    constexpr bool kKeepsFailures = true;
    std::vector<domain::NodeDayFlow> days;
    for (const auto& [day, sums] : sums_) {
        days.push_back(sums.of(day, kKeepsFailures));
    }
    return days;
}

} // namespace mcp::adapters
