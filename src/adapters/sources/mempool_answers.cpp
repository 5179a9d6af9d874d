#include "adapters/sources/mempool_answers.hpp"

#include "adapters/sources/provider_answer.hpp"
#include "adapters/sources/told_values.hpp"
#include "domain/figure.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>

namespace mcp::adapters::mempool {
namespace {

using domain::ClosedChannel;
using domain::ClosingReason;
using domain::Outside;
using domain::source::kMempool;
using json::Cursor;

constexpr std::size_t kRowsMax = 1000; // a page has 10
constexpr std::size_t kStatisticsKept = 40;

/// A price, or nothing for the -1 of a currency that is not known.
std::optional<double> price_of(ToldValues& told, const Cursor& value) {
    const Result<std::int64_t> whole = value.as_i64();
    return whole && *whole == -1 ? std::nullopt : told.price(value);
}

ClosingReason closing_reason(std::optional<std::int64_t> number) {
    switch (number.value_or(0)) {
    case 1:
        return ClosingReason::mutual;
    case 2:
        return ClosingReason::force;
    case 3:
        return ClosingReason::penalty;
    default:
        return ClosingReason::unknown;
    }
}

ClosedChannel closed_channel(ToldValues& told, const Cursor& row) {
    constexpr std::int64_t kClosed = 2;
    const Cursor status = row.at("status");
    if (told.required(told.whole(status), status) != kClosed) {
        told.refuse(status);
    }
    const Cursor peer = told.object(row.at("node"));
    return {.source = kMempool,
            .id_text = told.channel_id(row.at("short_id")),
            .capacity = told.amount(row.at("capacity")),
            .closed_at = told.unix_time(row.at("closing_date")),
            .closed_height = {}, // the list does not tell it
            .reason = closing_reason(told.whole(row.at("closing_reason"))),
            .peer = told.key(peer.at("public_key")),
            .peer_alias = told.alias(peer.at("alias"))};
}

domain::ProviderNode& entry_of(Outside& outside) {
    const auto known = std::find_if(outside.nodes.begin(), outside.nodes.end(),
                                    [](const domain::ProviderNode& one) { return one.source == kMempool; });
    if (known != outside.nodes.end()) {
        return *known;
    }
    domain::ProviderNode& fresh = outside.nodes.emplace_back();
    fresh.source = kMempool;
    return fresh;
}

/// What a node had on a day.
struct DayRow {
    Day day;
    std::optional<Sat> capacity;
    std::optional<std::int64_t> channels;
};

DayRow day_row(ToldValues& told, const Cursor& row) {
    const Cursor added = row.at("added");
    return {.day = std::chrono::floor<std::chrono::days>(told.required(told.unix_time(added), added)),
            .capacity = told.amount(row.at("capacity")),
            .channels = told.count(row.at("channels"))};
}

/// @return nullptr when no row is a week or two before the newest
const DayRow* week_before(const std::vector<DayRow>& rows) {
    constexpr std::chrono::days kLeast{7};
    constexpr std::chrono::days kMost{14};
    const auto newest =
        std::max_element(rows.begin(), rows.end(), [](const DayRow& a, const DayRow& b) { return a.day < b.day; });
    const DayRow* found = nullptr;
    for (const DayRow& row : rows) {
        const auto before = newest->day - row.day;
        if (before >= kLeast && before <= kMost && (found == nullptr || row.day > found->day)) {
            found = &row;
        }
    }
    return found;
}

} // namespace

Result<void> read_fees(std::string_view answer, Time asked_at, Outside& outside) {
    const Result<json::Document> document = parse_answer(answer);
    if (!document) {
        return fail(document.error());
    }
    ToldValues told(asked_at);
    const Cursor root = document->root();
    const auto rate = [&](std::string_view name) {
        return told.required(told.sat_per_vbyte(root.at(name)), root.at(name));
    };
    const domain::OnchainFees fees{.next_block = rate("fastestFee"),
                                   .half_hour = rate("halfHourFee"),
                                   .hour = rate("hourFee"),
                                   .economy = rate("economyFee"),
                                   .minimum = rate("minimumFee"),
                                   .asked_at = asked_at};
    Result<void> verdict = told.verdict();
    if (verdict) {
        outside.fees = fees;
    }
    return verdict;
}

Result<void> read_price(std::string_view answer, Time asked_at, Outside& outside) {
    const Result<json::Document> document = parse_answer(answer);
    if (!document) {
        return fail(document.error());
    }
    ToldValues told(asked_at);
    const Cursor root = document->root();
    const Cursor time = root.at("time");
    domain::BitcoinPrice price{.at = {}, .usd = price_of(told, root.at("USD")), .eur = price_of(told, root.at("EUR"))};
    const bool is_known = price.usd || price.eur;
    if (is_known) {
        price.at = told.required(told.unix_time(time), time);
    } else {
        // Before it knows a price, mempool dates "none" with 0; something else than its answer has no date at all.
        told.required(told.whole(time), time);
    }
    Result<void> verdict = told.verdict();
    if (verdict && is_known) {
        outside.price = price;
    }
    return verdict;
}

Result<void> read_network(std::string_view answer, Time asked_at, Outside& outside) {
    const Result<json::Document> document = parse_answer(answer);
    if (!document) {
        return fail(document.error());
    }
    ToldValues told(asked_at);
    const Cursor row = document->root().at("latest");
    const Cursor added = row.at("added");
    const Time as_of = told.required(told.iso_time(added), added);
    domain::ProviderNetwork network{.source = kMempool,
                                    .as_of = std::chrono::floor<std::chrono::days>(as_of),
                                    .channels = told.count(row.at("channel_count")),
                                    .nodes = told.count(row.at("node_count")),
                                    .capacity = told.amount(row.at("total_capacity")),
                                    .median_capacity = told.amount(row.at("med_capacity")),
                                    .median_fee_rate = told.ppm(row.at("med_fee_rate")),
                                    .asked_at = asked_at};
    Result<void> verdict = told.verdict();
    if (verdict) {
        put_by_source(outside.networks, network);
    }
    return verdict;
}

Result<void> read_node(std::string_view answer, Time asked_at, Outside& outside) {
    if (knows_no_such_node(answer)) {
        return {};
    }
    const Result<json::Document> document = parse_answer(answer);
    if (!document) {
        return fail(document.error());
    }
    ToldValues told(asked_at);
    const Cursor root = document->root();
    const Cursor key = root.at("public_key");
    static_cast<void>(told.required(told.key(key), key));
    domain::ProviderNode node{.source = kMempool,
                              .alias = told.alias(root.at("alias")),
                              .as_of = told.unix_time(root.at("updated_at")),
                              .first_seen = told.unix_time(root.at("first_seen")),
                              .capacity = told.amount(root.at("capacity")),
                              .channels = told.count(root.at("active_channel_count")),
                              .closed_channels = told.count(root.at("closed_channel_count")),
                              .capacity_rank = {}, // mempool ranks the first hundred only, elsewhere
                              .channels_rank = {},
                              .asked_at = asked_at};
    Result<void> verdict = told.verdict();
    if (verdict) {
        domain::ProviderNode& entry = entry_of(outside); // its statistics may have been read before
        node.earlier_as_of = entry.earlier_as_of;
        node.capacity_then = entry.capacity_then;
        node.channels_then = entry.channels_then;
        entry = std::move(node);
    }
    return verdict;
}

namespace {

/// An answer that is a list of rows, each read by `read_row`.
template <typename Row>
Result<std::vector<Row>> read_rows(std::string_view answer, Time asked_at,
                                   Row (*read_row)(ToldValues&, const Cursor&)) {
    const Result<json::Document> document = parse_answer(answer);
    if (!document) {
        return fail(document.error());
    }
    const Result<std::vector<Cursor>> items = document->root().items();
    if (!items || items->size() > kRowsMax) {
        return fail(ErrorKind::bad_upstream, {"provider.not_the_promised", {}});
    }
    ToldValues told(asked_at);
    std::vector<Row> rows;
    rows.reserve(items->size());
    for (const Cursor& item : *items) {
        rows.push_back(read_row(told, item));
    }
    const Result<void> verdict = told.verdict();
    return verdict ? Result<std::vector<Row>>(std::move(rows)) : fail(verdict.error());
}

} // namespace

Result<void> read_closed(std::string_view answer, Time asked_at, Outside& outside) {
    Result<std::vector<ClosedChannel>> closed = read_rows(answer, asked_at, closed_channel);
    if (!closed) {
        return fail(std::move(closed.error()));
    }
    put_closed_channels(outside, kMempool, std::move(*closed));
    return {};
}

Result<void> read_statistics(std::string_view answer, Time asked_at, Outside& outside) {
    const Result<std::vector<DayRow>> days = read_rows(answer, asked_at, day_row);
    if (!days) {
        return fail(days.error());
    }
    if (const DayRow* earlier = week_before(*days)) {
        domain::ProviderNode& entry = entry_of(outside);
        entry.earlier_as_of = earlier->day;
        entry.capacity_then = earlier->capacity;
        entry.channels_then = earlier->channels;
        entry.asked_at = entry.asked_at ? entry.asked_at : asked_at;
    }
    return {};
}

std::string newest_statistics(std::string answer) {
    const Result<json::Document> document = parse_answer(answer);
    Result<std::vector<Cursor>> rows = document ? document->root().items() : fail(document.error());
    if (!rows || rows->size() <= kStatisticsKept) {
        return answer;
    }
    const auto added = [](const Cursor& row) {
        return row.at("added").as_i64().value_or(std::numeric_limits<std::int64_t>::max());
    };
    std::stable_sort(rows->begin(), rows->end(), [&](const Cursor& a, const Cursor& b) { return added(a) > added(b); });
    rows->resize(kStatisticsKept, rows->front());
    std::string kept;
    for (const Cursor& row : *rows) {
        kept += (kept.empty() ? "[" : ",") + row.text();
    }
    return kept + "]";
}

bool knows_no_such_node(std::string_view body) {
    constexpr std::array<std::string_view, 2> kWords{"Failed to get node", "Node not found"};
    const auto is_one = [&](std::string_view words) {
        return std::find(kWords.begin(), kWords.end(), words) != kWords.end();
    };
    const Result<json::Document> document = parse_answer(body);
    if (!document) {
        return is_one(body);
    }
    const Result<std::string_view> words = document->root().at("error").as_string();
    return words && is_one(*words);
}

std::optional<domain::PubKey> node_of(std::string_view answer) {
    const Result<json::Document> document = parse_answer(answer);
    if (!document) {
        return std::nullopt;
    }
    const Result<std::string_view> key = document->root().at("public_key").as_string();
    return key ? domain::PubKey::parse(*key) : std::nullopt;
}

} // namespace mcp::adapters::mempool
