#pragma once
#include "analysis/graph_health.hpp"
#include "analysis/node_day.hpp"
#include "analysis/open_advice.hpp"
#include "analysis/surroundings.hpp"
#include "analysis/thresholds.hpp"

#include <optional>

namespace mcp::analysis {

/// What every alert and recommendation rule may look at. Pure values: a rule can be replayed from a stored day.
struct RuleInput {
    const NodeDay& today;
    const NodeDay* yesterday = nullptr;      ///< the day before, when its graph was given
    const NodeDay* week_ago = nullptr;       ///< the oldest given day within the last 7, when there is one
    const OpenAdvice* open_advice = nullptr; ///< the what-if of openings, when it was computed
    const GraphHealth& health;
    const Thresholds& thresholds;
    const Surroundings* surroundings = nullptr; ///< of the report's own day; absent on the days before
};

} // namespace mcp::analysis
