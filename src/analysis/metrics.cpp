#include "analysis/metrics.hpp"

#include "analysis/absences.hpp"
#include "analysis/betweenness_change.hpp"
#include "analysis/own/figures.hpp"
#include "analysis/wording.hpp"
#include "base/statistics.hpp"
#include "base/weighted_quantile.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mcp::analysis {
namespace {

using domain::Figure;

/// Why a figure of the known capacity is missing.
domain::Absence no_known_capacity(const NodeView& view) {
    return view.channels().empty() ? no_channels_to_measure() : unknown_capacity();
}

double channel_count(const NodeView& view) {
    return static_cast<double>(view.channels().size());
}

Figure<int> capacity_rank(const NodeView& view) {
    return domain::figure_or(view.day().capacity.rank(view.capacity_sats()), no_known_capacity(view));
}

Figure<int> channel_rank(const NodeView& view) {
    return domain::figure_or(view.day().channels.rank(channel_count(view)), no_channels_to_measure());
}

/// Places won (negative: lost) since yesterday.
Figure<int> rank_change(const Days& days, Figure<int> (*rank)(const NodeView&)) {
    if (days.yesterday() == nullptr) {
        return days.why_no_yesterday();
    }
    const Figure<int> before = rank(days.yesterday()->view);
    const Figure<int> now = rank(days.today().view);
    return now ? before.map([&](int place) { return place - *now; }) : now;
}

/// Sizes of all channels, ascending; empty when the graph does not tell one of them.
std::vector<double> channel_sizes(const NodeView& view) {
    std::vector<double> sats;
    if (view.total_capacity()) {
        for (const OwnChannel& channel : view.channels()) {
            sats.push_back(channel.capacity_sats());
        }
    }
    std::sort(sats.begin(), sats.end());
    return sats;
}

double mean(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

Sat rounded_sat(double sats) {
    return Sat{std::llround(sats)};
}

domain::Position position_at(const NodeView& view, const std::vector<double>& values, const Ranking& ranking) {
    const double value = values[view.node()];
    const domain::Absence nothing = carries_nothing();
    return {.betweenness = value,
            .rank = domain::figure_or(ranking.rank(value), nothing),
            .percentile = domain::figure_or(ranking.percentile(value), nothing),
            .carriers = ranking.places()};
}

Figure<double> change_since(const NodeDay* earlier, const domain::Absence& why_none, const NodeDay& today) {
    if (earlier == nullptr) {
        return why_none;
    }
    return domain::figure_or(betweenness_change(earlier->view, today.view), carries_nothing());
}

Figure<double> change_in_a_week(const Days& days) {
    const Day week_ago = days.today().view.day().date - std::chrono::days{7};
    return change_since(days.on(week_ago), days.why_not_on(week_ago), days.today());
}

struct ActiveCount {
    Figure<int> active;
    Figure<int> inactive;
    bool is_told_by_node;
};

/// As the node says, unless it was starting or behind when it said so: then as the graph shows.
ActiveCount active_channels(const NodeDay& day) {
    if (day.own() != nullptr && day.own()->tells_the_moment()) {
        const auto& channels = day.own()->node().channels;
        const auto active = std::count_if(channels.begin(), channels.end(), [](const auto& c) { return c.is_active; });
        return {static_cast<int>(active), static_cast<int>(channels.size()) - static_cast<int>(active), true};
    }
    const NodeView& view = day.view;
    if (!view.dated()) {
        const domain::Absence why = no_update_dates(view.day().network);
        return {why, why, false};
    }
    const auto active = channels_where(view, [&](const OwnChannel& channel) {
        return NodeView::enabled_both_ways(channel) && !view.silent(channel).value_or(true);
    });
    return {static_cast<int>(active.size()), static_cast<int>(view.channels().size() - active.size()), false};
}

Figure<Sat> stuck_capital(const NodeView& view) {
    if (!view.dated()) {
        return no_update_dates(view.day().network);
    }
    const ChannelList silent =
        channels_where(view, [&](const OwnChannel& c) { return view.silent(c).value_or(false); });
    return domain::figure_or(total_capacity(silent), unknown_capacity());
}

} // namespace

domain::CapacityMetrics capacity_metrics(const Days& days) {
    const NodeView& view = days.today().view;
    const OwnBalances balances = own_balances(days.today());
    return {.total = domain::figure_or(view.total_capacity(), unknown_capacity()),
            .local_balance = balances.local.map(to_sat_floor),
            .remote_balance = balances.remote.map(to_sat_floor),
            .liquidity_ratio = balances.ratio(),
            .rank = capacity_rank(view),
            .rank_change_24h = rank_change(days, capacity_rank)};
}

domain::ChannelMetrics channel_metrics(const Days& days) {
    const NodeView& view = days.today().view;
    const ActiveCount count = active_channels(days.today());
    const std::vector<double> sats = channel_sizes(view);
    const auto size = [&](auto of) {
        return sats.empty() ? Figure<Sat>(no_known_capacity(view)) : Figure<Sat>(rounded_sat(of()));
    };
    return {.active = count.active,
            .inactive = count.inactive,
            .is_told_by_node = count.is_told_by_node,
            .pending = pending_channels(days.today()),
            .avg_capacity = size([&] { return mean(sats); }),
            .median_capacity = size([&] { return *percentile(sats, 0.5); }),
            .rank = channel_rank(view),
            .rank_change_24h = rank_change(days, channel_rank)};
}

domain::FeeMetrics fee_metrics(const NodeDay& today) {
    std::vector<double> rates;
    std::vector<double> bases;
    std::vector<Weighted> by_capacity;
    for (const OwnChannel& channel : today.view.channels()) {
        const auto& policy = channel.own_policy();
        if (policy && !policy->disabled) {
            rates.push_back(static_cast<double>(policy->fee_rate.value));
            bases.push_back(static_cast<double>(policy->base_fee.value));
            by_capacity.push_back({rates.back(), channel.capacity_sats()});
        }
    }
    std::sort(by_capacity.begin(), by_capacity.end(),
              [](const Weighted& a, const Weighted& b) { return a.value < b.value; });
    std::sort(rates.begin(), rates.end());
    std::sort(bases.begin(), bases.end());
    const auto figure = [&](auto of) { return rates.empty() ? Figure<double>(no_policy()) : Figure<double>(of()); };
    const domain::Absence no_weight = rates.empty() ? no_policy() : unknown_capacity();
    const auto weighted = [&](double p) { return domain::figure_or(weighted_quantile(by_capacity, p), no_weight); };
    return {.avg_fee_rate = figure([&] { return mean(rates); }),
            .min_fee_rate = figure([&] { return rates.front(); }),
            .max_fee_rate = figure([&] { return rates.back(); }),
            .base_fee_avg = figure([&] { return mean(bases); }),
            .median_fee_rate = figure([&] { return *percentile(rates, 0.5); }),
            .median_base_fee = figure([&] { return *percentile(bases, 0.5); }),
            .weighted_p10 = weighted(0.1),
            .weighted_p50 = weighted(0.5),
            .weighted_p90 = weighted(0.9)};
}

domain::NetworkMetrics network_metrics(const Days& days) {
    const NodeView& view = days.today().view;
    const DayFacts& day = view.day();
    return {.uptime_24h = uptime(days.today()),
            .peer_count = static_cast<int>(view.relations().size()),
            .hops = position_at(view, day.betweenness.hops, day.hops),
            .by_fee_50k = position_at(view, day.betweenness.fee_50k, day.fee_50k),
            .by_fee_500k = position_at(view, day.betweenness.fee_500k, day.fee_500k),
            .by_fee_5m = position_at(view, day.betweenness.fee_5m, day.fee_5m),
            .betweenness_change_24h = change_since(days.yesterday(), days.why_no_yesterday(), days.today()),
            .betweenness_change_7d = change_in_a_week(days),
            .concentration_hhi = domain::figure_or(days.today().concentration, no_known_capacity(view)),
            .stuck_with_silent_peers = stuck_capital(view)};
}

} // namespace mcp::analysis
