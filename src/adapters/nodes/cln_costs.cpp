#include "adapters/nodes/cln_costs.hpp"

#include "adapters/nodes/cln_values.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>

namespace mcp::adapters {
namespace {

using json::Cursor;

constexpr std::size_t kEventsMax = 500'000;

struct Sum {
    std::int64_t first_s = std::numeric_limits<std::int64_t>::max();
    Msat cost;
};

constexpr Msat kDayMax{kAllBitcoin.value * 1000 / 8}; // so that the sum of a week is one that can be

/// In both directions all bitcoin at most: one more change fits.
bool is_believable(Msat sum) {
    const Msat most = to_msat(kAllBitcoin);
    return sum <= most && Msat{0} - most <= sum;
}

} // namespace

Result<std::vector<ClnCost>> read_cln_costs(std::string_view body) {
    const Result<json::Document> document = parse_cln_answer(body);
    if (!document) {
        return fail(document.error());
    }
    ClnValues values;
    std::vector<ClnCost> costs;
    for (const Cursor& event : values.items(document->root().at("income_events"), kEventsMax)) {
        const Cursor tag = event.at("tag");
        if (values.required(values.text(tag), tag) != "onchain_fee") {
            continue;
        }
        const Cursor debit = event.at("debit_msat");
        const Cursor credit = event.at("credit_msat");
        const Cursor time = event.at("timestamp");
        ClnCost cost;
        cost.txid = values.required(values.txid(event.at("txid")), event.at("txid"));
        cost.at_s = values.required(values.whole(time, 0, std::numeric_limits<std::uint32_t>::max()), time);
        cost.change = values.required(values.amount(debit), debit) - values.required(values.amount(credit), credit);
        costs.push_back(std::move(cost));
    }
    return values.verdict(std::move(costs));
}

Result<void> put_cln_costs(const std::vector<ClnCost>& costs, const std::set<std::string>& unlocked,
                           std::vector<domain::NodeDayFlow>& days) {
    std::map<std::string, Sum> sums;
    for (const ClnCost& cost : costs) {
        Sum& sum = sums[cost.txid];
        sum.first_s = std::min(sum.first_s, cost.at_s);
        sum.cost += cost.change;
        if (!is_believable(sum.cost)) {
            return fail(ErrorKind::bad_upstream, {"own_node.cln_costs_contradict", {{"text", cost.txid}}});
        }
    }
    std::map<Day, domain::ChainCosts> by_day;
    std::set<Day> untold;
    for (const domain::NodeDayFlow& flow : days) {
        by_day[flow.day];
    }
    for (const auto& [txid, sum] : sums) {
        const auto found = by_day.find(std::chrono::floor<std::chrono::days>(Time{std::chrono::seconds{sum.first_s}}));
        if (found == by_day.end()) {
            continue; // of the one before them all, the first changes may be missing here
        }
        if (unlocked.contains(txid)) {
            untold.insert(found->first);
            continue;
        }
        domain::ChainCosts& day = found->second;
        if (sum.cost < Msat{0} || day.fees + sum.cost > kDayMax) {
            return fail(ErrorKind::bad_upstream, {"own_node.cln_costs_contradict", {{"text", txid}}});
        }
        day.transactions += sum.cost > Msat{0} ? 1 : 0;
        day.fees += sum.cost;
    }
    for (domain::NodeDayFlow& flow : days) {
        flow.chain = untold.contains(flow.day) ? std::nullopt : std::optional(by_day[flow.day]);
    }
    return {};
}

} // namespace mcp::adapters
