#include "analysis/trends.hpp"

#include "analysis/absences.hpp"
#include "analysis/own/figures.hpp"
#include "analysis/score/all.hpp"

#include <algorithm>
#include <cmath>

namespace mcp::analysis {
namespace {

using domain::Figure;

const PastDay* kept_of(std::span<const PastDay> past, Day date) {
    const auto found = std::find_if(past.begin(), past.end(), [&](const PastDay& kept) { return kept.day == date; });
    return found == past.end() ? nullptr : &*found;
}

domain::Absence score_of_public_view() {
    return {{"absent.score_of_public_view", {}}, domain::source::kNode};
}

Figure<int> rounded(const std::optional<double>& score) {
    return score ? Figure<int>(static_cast<int>(std::lround(*score))) : Figure<int>(no_score_part());
}

/// What is kept of a node is its score in the public view, and beside it what the reader's own report told. That is the
/// node's own where the node told then, or where it is another score than the public one.
Figure<int> kept_score(const PastDay& kept, bool node_told, const domain::Absence& why) {
    if (kept.own_score && (node_told || kept.own_score != kept.score)) {
        return *kept.own_score;
    }
    if (!kept.score) {
        return why;
    }
    return node_told ? only_public_score_kept() : score_of_public_view();
}

/// The score with what the node told on that day: that of the graph alone is of another kind.
Figure<int> own_score_of(const NodeDay* day, const PastDay* kept, bool node_told, const domain::Absence& why) {
    if (day != nullptr) {
        return day->own() != nullptr ? rounded(weighted_score(score_parts(*day))) : score_of_public_view();
    }
    return kept != nullptr ? kept_score(*kept, node_told, why) : Figure<int>(why);
}

Figure<int> public_score_of(const NodeDay* day, const PastDay* kept, const domain::Absence& why) {
    if (day != nullptr) {
        return rounded(weighted_score(public_score_parts(*day)));
    }
    return kept != nullptr ? domain::figure_or(kept->score, why) : Figure<int>(why);
}

Figure<Sat> capacity_of(const NodeDay* day, const PastDay* kept, const domain::Absence& why) {
    if (day == nullptr) {
        return kept != nullptr ? domain::figure_or(kept->capacity, why) : Figure<Sat>(why);
    }
    return domain::figure_or(day->view.total_capacity(), unknown_capacity());
}

/// The report of a day shows the day before it.
void add_flow(domain::Trends& trend, const Days& days, Day date) {
    const domain::NodeDayFlow* flow = days.own().flow_on(date - std::chrono::days{1});
    if (flow == nullptr) {
        const NodeDay* day = days.on(date);
        const domain::Absence why = day != nullptr && day->own() != nullptr ? day->own()->why_no_flow()
                                    : days.own().on(date) != nullptr        ? not_all_days_told()
                                                                            : days.own().why_not_on(date);
        trend.revenue.push_back(why);
        trend.forward_rate.push_back(why);
        return;
    }
    trend.revenue.push_back(totals_of({&flow, 1}).fees);
    trend.forward_rate.push_back(forwards_per_hour(*flow));
}

} // namespace

domain::Trends trends(const Days& days, std::span<const PastDay> past) {
    domain::Trends trend;
    const Day last = days.today().view.day().date;
    const bool by_node = days.today().own() != nullptr; // one line shows one way to measure: today's
    for (std::size_t i = 0; i < domain::kTrendDays; ++i) {
        const Day date = last - std::chrono::days{domain::kTrendDays - 1 - i};
        const NodeDay* day = days.on(date);
        const PastDay* kept = kept_of(past, date);
        const domain::Absence why = days.why_not_on(date);
        trend.days[i] = date;
        trend.score.push_back(by_node ? own_score_of(day, kept, days.own().on(date) != nullptr, why)
                                      : public_score_of(day, kept, why));
        trend.capacity.push_back(capacity_of(day, kept, why));
        add_flow(trend, days, date);
    }
    return trend;
}

} // namespace mcp::analysis
