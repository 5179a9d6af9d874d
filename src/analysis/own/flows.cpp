#include "analysis/own/flows.hpp"

#include <algorithm>
#include <cmath>

namespace mcp::analysis {

using domain::NodeDayFlow;
using domain::ShortChannelId;

std::optional<double> FlowTotals::success_ratio() const {
    if (!failed || forwards + *failed == 0) {
        return std::nullopt;
    }
    return static_cast<double>(forwards) / static_cast<double>(forwards + *failed);
}

FlowTotals totals_of(std::span<const NodeDayFlow* const> days) {
    FlowTotals totals{.forwards = 0, .amount_out = {}, .fees = {}, .failed = 0};
    for (const NodeDayFlow* day : days) {
        for (const domain::ForwardSum& sum : day->forwards) {
            totals.forwards += sum.count;
            totals.amount_out += sum.amount_out;
            totals.fees += sum.fees();
        }
        if (!day->failures || !totals.failed) {
            totals.failed.reset();
            continue;
        }
        for (const domain::FailureSum& failure : *day->failures) {
            *totals.failed += failure.here + failure.beyond;
        }
    }
    return totals;
}

std::map<ShortChannelId, ChannelFlow> flows_by_channel(std::span<const NodeDayFlow* const> days) {
    std::map<ShortChannelId, ChannelFlow> flows;
    std::map<ShortChannelId, Msat> both_ways; // of each channel all fees, in and out: twice its half
    for (const NodeDayFlow* day : days) {
        for (const domain::ForwardSum& sum : day->forwards) {
            ChannelFlow& in = flows[sum.in];
            in.forwards_in += sum.count;
            in.amount_in += sum.amount_in;
            both_ways[sum.in] += sum.fees();
            ChannelFlow& out = flows[sum.out];
            out.forwards_out += sum.count;
            out.amount_out += sum.amount_out;
            out.fees_out += sum.fees();
            both_ways[sum.out] += sum.fees();
        }
    }
    bool takes_larger_half = true;
    for (const auto& [id, fees] : both_ways) { // an even number of them is odd: their sum is twice the node's fees
        const std::int64_t odd = fees.value % 2;
        flows[id].fees_half = Msat{fees.value / 2 + (takes_larger_half ? odd : 0)};
        takes_larger_half = takes_larger_half != (odd == 1);
    }
    return flows;
}

std::optional<Msat> p90_forward(std::span<const NodeDayFlow* const> days) {
    std::map<Msat, std::int64_t> counts;
    std::int64_t all = 0;
    for (const NodeDayFlow* day : days) {
        for (const domain::SizeCount& size : day->sizes) {
            counts[size.amount] += size.count;
            all += size.count;
        }
    }
    if (all < kForwardsForSize) {
        return std::nullopt;
    }
    std::int64_t left = all - all / 10; // how many the size must cover
    for (const auto& [amount, count] : counts) {
        left -= count;
        if (left <= 0) {
            return amount;
        }
    }
    return std::nullopt;
}

double wilson_lower(std::int64_t succeeded, std::int64_t tried) {
    constexpr double kZ = 1.959963984540054; // 97.5 % of the normal distribution
    const double n = static_cast<double>(tried);
    const double share = static_cast<double>(succeeded) / n;
    const double middle = share + kZ * kZ / (2 * n);
    const double spread = kZ * std::sqrt(share * (1 - share) / n + kZ * kZ / (4 * n * n));
    return std::clamp((middle - spread) / (1 + kZ * kZ / n), 0.0, 1.0);
}

} // namespace mcp::analysis
