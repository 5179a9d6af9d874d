#include "analysis/trends.hpp"

#include "analysis/absences.hpp"
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

Figure<int> score_of(const NodeDay* day, const PastDay* kept, const domain::Absence& why) {
    if (day == nullptr) {
        return kept != nullptr ? domain::figure_or(kept->score, why) : Figure<int>(why);
    }
    const std::optional<double> score = weighted_score(score_parts(*day));
    return score ? Figure<int>(static_cast<int>(std::lround(*score))) : Figure<int>(no_score_part());
}

Figure<Sat> capacity_of(const NodeDay* day, const PastDay* kept, const domain::Absence& why) {
    if (day == nullptr) {
        return kept != nullptr ? domain::figure_or(kept->capacity, why) : Figure<Sat>(why);
    }
    return domain::figure_or(day->view.total_capacity(), unknown_capacity());
}

} // namespace

domain::Trends trends(const Days& days, std::span<const PastDay> past) {
    domain::Trends trend;
    const Day last = days.today().view.day().date;
    for (std::size_t i = 0; i < domain::kTrendDays; ++i) {
        const Day date = last - std::chrono::days{domain::kTrendDays - 1 - i};
        const NodeDay* day = days.on(date);
        const PastDay* kept = kept_of(past, date);
        const domain::Absence why = days.why_not_on(date);
        trend.days[i] = date;
        trend.score.push_back(score_of(day, kept, why));
        trend.capacity.push_back(capacity_of(day, kept, why));
        trend.revenue.push_back(needs_node());
        trend.forward_rate.push_back(needs_node());
    }
    return trend;
}

} // namespace mcp::analysis
