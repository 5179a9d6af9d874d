#include "analysis/absences.hpp"
#include "analysis/score/all.hpp"

namespace mcp::analysis {
namespace {

constexpr std::size_t kEnoughToCompare = 30; // a percentile among fewer means little
constexpr double kComparable = 3;            // a third to three times the capacity
constexpr double kAllOfThem = 1e16;          // all bitcoin there will be, in sat, are 2.1e15

/// Betweenness of the nodes that carry anything and have between 1/factor and factor times our capacity.
std::vector<double> comparable_values(const DayFacts& day, double capacity, double factor) {
    std::vector<double> values;
    for (std::size_t id = 0; id < day.capacity_sats.size(); ++id) {
        const bool comparable =
            day.capacity_sats[id] >= capacity / factor && day.capacity_sats[id] <= capacity * factor;
        if (comparable && day.betweenness.fee_500k[id] > 0) {
            values.push_back(day.betweenness.fee_500k[id]);
        }
    }
    return values;
}

} // namespace

// A small node is compared with small nodes: its place among all would only repeat its capacity.
PartResult position(const NodeDay& day, const OwnDay*) {
    if (day.position_refused) {
        return {*day.position_refused, {"score.absent", {}}};
    }
    const DayFacts& facts = day.view.day();
    const double own = facts.betweenness.fee_500k[day.view.node()];
    const double capacity = day.view.capacity_sats();
    if (!(own > 0)) {
        return {carries_nothing(), {"score.carries_nothing", {}}};
    }
    if (!(capacity > 0)) {
        return {unknown_capacity(), {"score.absent", {}}};
    }
    double factor = kComparable;
    std::vector<double> values = comparable_values(facts, capacity, factor);
    while (values.size() < kEnoughToCompare && factor < kAllOfThem) {
        factor *= 1.5;
        values = comparable_values(facts, capacity, factor);
    }
    if (values.size() < kEnoughToCompare) {
        return {too_few_carriers(), {"score.absent", {}}};
    }
    const Ranking ranking(values);
    const double percentile = *ranking.percentile(own);
    return {percentile,
            {"score.position",
             {{"percentile", Decimal{percentile, 0}}, {"count", static_cast<std::int64_t>(ranking.places())}}}};
}

} // namespace mcp::analysis
