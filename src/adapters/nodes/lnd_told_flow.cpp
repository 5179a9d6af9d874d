#include "adapters/nodes/lnd_told.hpp"
#include "adapters/nodes/lnd_values.hpp"
#include "adapters/sources/told_values.hpp"

#include <limits>

namespace mcp::adapters::lnd {
namespace {

using json::Cursor;

constexpr std::int64_t kNs = 1'000'000'000;
constexpr std::int64_t kNsMax = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kPageMax = 50'000; // LND's own limit
constexpr std::size_t kTransactionsMax = 200'000;

/// When it was settled: `timestamp_ns` since 0.13, before that `timestamp` in seconds.
void put_time(LndValues& values, const Cursor& entry, Forward& forward) {
    const Cursor coarse = entry.at("timestamp");
    const Cursor fine = entry.at("timestamp_ns");
    const std::optional<std::int64_t> seconds = values.whole(coarse, 0, kNsMax / kNs);
    const std::optional<std::int64_t> ns = values.whole(fine, 0, kNsMax);
    forward.is_exact = ns.value_or(0) != 0;
    if (!forward.is_exact) {
        forward.at_ns = values.required(seconds, coarse) * kNs;
        return;
    }
    forward.at_ns = *ns;
    if (seconds && *seconds != *ns / kNs) {
        values.refuse(fine);
    }
}

Forward forward_in(LndValues& values, const Cursor& entry) {
    Forward forward;
    forward.in = values.required(values.channel(entry.at("chan_id_in")), entry.at("chan_id_in"));
    forward.out = values.required(values.channel(entry.at("chan_id_out")), entry.at("chan_id_out"));
    forward.amount_in = values.required(values.msat(entry.at("amt_in_msat")), entry.at("amt_in_msat"));
    forward.amount_out = values.required(values.msat(entry.at("amt_out_msat")), entry.at("amt_out_msat"));
    put_time(values, entry, forward);
    if (forward.amount_out > forward.amount_in) { // inbound discounts may take a fee to 0, no further
        values.refuse(entry.at("amt_out_msat"));
        return forward;
    }
    const std::optional<Msat> fee = values.msat(entry.at("fee_msat"));
    if (fee && *fee != forward.amount_in - forward.amount_out) {
        values.refuse(entry.at("fee_msat"));
    }
    return forward;
}

} // namespace

Result<ForwardPage> forward_page(std::string_view answer, std::uint32_t offset) {
    const Result<json::Document> document = parse_answer(answer, kLargeAnswer);
    if (!document) {
        return fail(document.error());
    }
    LndValues values;
    ForwardPage page;
    page.next_offset = offset;
    for (const Cursor& entry : values.items(document->root().at("forwarding_events"), kPageMax)) {
        page.forwards.push_back(forward_in(values, entry));
    }
    const Cursor last = document->root().at("last_offset_index");
    constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
    const std::int64_t told = values.required(values.whole(last, 0, kMost), last);
    if (!page.forwards.empty()) { // of nothing, LND says 0 or echoes what was asked
        if (told != std::int64_t{offset} + static_cast<std::int64_t>(page.forwards.size())) {
            values.refuse(last);
        }
        page.next_offset = static_cast<std::uint32_t>(told);
    }
    return values.verdict(std::move(page));
}

Result<std::vector<Transaction>> transactions(std::string_view answer) {
    const Result<json::Document> document = parse_answer(answer, kLargeAnswer);
    if (!document) {
        return fail(document.error());
    }
    LndValues values;
    std::vector<Transaction> all;
    for (const Cursor& entry : values.items(document->root().at("transactions"), kTransactionsMax)) {
        Transaction one;
        const Cursor id = entry.at("tx_hash");
        const Cursor time = entry.at("time_stamp");
        const Cursor fees = entry.at("total_fees");
        one.id = std::string(values.required(values.text(id), id));
        one.at = Time{std::chrono::seconds{values.required(values.whole(time, 0, kNsMax / kNs), time)}};
        one.fees = values.required(values.sat(fees), fees);
        if (values.height(entry.at("block_height"))) { // the date of others will be that of their block
            all.push_back(std::move(one));
        }
    }
    return values.verdict(std::move(all));
}

} // namespace mcp::adapters::lnd
