#include "analysis/own/figures.hpp"

#include "analysis/absences.hpp"

namespace mcp::analysis {
namespace {

using domain::Figure;
using domain::NodePart;

constexpr double kHoursADay = 24;

/// What `of` makes of the statement, or why there is none.
template <typename T, typename Of>
Figure<T> told(const NodeDay& day, Of of) {
    if (day.own() == nullptr) {
        return day.why_no_own;
    }
    return of(*day.own());
}

/// What `of` makes of the flow of the day before, or why it was not told.
template <typename T, typename Of>
Figure<T> of_last_day(const NodeDay& day, Of of) {
    return told<T>(day, [&](const OwnDay& own) -> Figure<T> {
        const domain::NodeDayFlow* flow = own.last_day();
        if (flow == nullptr) {
            return own.why_no_flow();
        }
        return of(totals_of({&flow, 1}));
    });
}

template <typename T, typename Of>
Figure<T> of_week(const NodeDay& day, Of of) {
    return told<T>(day, [&](const OwnDay& own) -> Figure<T> {
        if (!own.week()) {
            return own.why_no_flow();
        }
        return of(own.week()->totals);
    });
}

Figure<double> success_of(const FlowTotals& totals) {
    if (!totals.failed) {
        return no_failures_kept();
    }
    return domain::figure_or(totals.success_ratio(), no_forward_tried());
}

} // namespace

Figure<double> OwnBalances::ratio() const {
    if (!local || !remote) {
        return local ? remote.absence() : local.absence();
    }
    const Msat both = *local + *remote;
    if (both == Msat{0}) {
        return node_has_no_channel();
    }
    return static_cast<double>(local->value) / static_cast<double>(both.value);
}

OwnBalances own_balances(const NodeDay& day) {
    const auto of = [&](Msat domain::NodeBalances::*which) {
        return told<Msat>(day, [&](const OwnDay& own) -> Figure<Msat> {
            const auto& balances = own.node().balances;
            if (!balances) {
                return own.why_without(NodePart::balances);
            }
            return (*balances).*which;
        });
    };
    return {.local = of(&domain::NodeBalances::local),
            .remote = of(&domain::NodeBalances::remote),
            .unsettled_local = of(&domain::NodeBalances::unsettled_local),
            .unsettled_remote = of(&domain::NodeBalances::unsettled_remote)};
}

domain::ForwardingMetrics forwarding_metrics(const NodeDay& day) {
    const auto count = [](const FlowTotals& t) -> Figure<std::int64_t> { return t.forwards; };
    const auto fees = [](const FlowTotals& t) -> Figure<Msat> { return t.fees; };
    const auto volume = [](const FlowTotals& t) -> Figure<Msat> { return t.amount_out; };
    return {.forwards_24h = of_last_day<std::int64_t>(day, count),
            .forwards_7d = of_week<std::int64_t>(day, count),
            .success_rate_24h = of_last_day<double>(day, success_of),
            .revenue_24h = of_last_day<Msat>(day, fees),
            .revenue_7d = of_week<Msat>(day, fees),
            .volume_24h = of_last_day<Msat>(day, volume),
            .volume_7d = of_week<Msat>(day, volume)};
}

double forwards_per_hour(const domain::NodeDayFlow& flow) {
    const domain::NodeDayFlow* const day = &flow;
    return static_cast<double>(totals_of({&day, 1}).forwards) / kHoursADay;
}

Figure<double> forwarding_rate(const NodeDay& day) {
    return told<double>(day, [](const OwnDay& own) -> Figure<double> {
        if (own.last_day() == nullptr) {
            return own.why_no_flow();
        }
        return forwards_per_hour(*own.last_day());
    });
}

Figure<double> uptime(const NodeDay& day) {
    return told<double>(day, [](const OwnDay& own) -> Figure<double> {
        const auto& watched = own.node().watched;
        if (!watched || watched->watched < kWatchedEnough) {
            const auto hours =
                std::chrono::floor<std::chrono::hours>(watched ? watched->watched : std::chrono::seconds{0});
            return domain::Absence{{"absent.watched_too_short", {{"hours", std::int64_t{hours.count()}}}},
                                   domain::source::kNode};
        }
        return static_cast<double>(watched->reached.count()) / static_cast<double>(watched->watched.count());
    });
}

Figure<int> pending_channels(const NodeDay& day) {
    return told<int>(day, [](const OwnDay& own) -> Figure<int> {
        if (!own.node().pending) {
            return own.why_without(NodePart::pending);
        }
        return static_cast<int>(own.node().pending->size());
    });
}

} // namespace mcp::analysis
