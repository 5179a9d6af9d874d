#pragma once
#include "analysis/node_day.hpp"
#include "domain/report.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace mcp::analysis {

/// A part of the score: 0..100 or absent, and the sentence that shows what it was computed from.
struct PartResult {
    domain::Figure<double> value;
    Message inputs;
};

struct ScorePartRule {
    std::string_view name;
    double weight; ///< points of 100 when every part is there
    PartResult (*compute)(const NodeDay& day);
};

/// THE TABLE of the score's parts, ANALYSIS section 4.
[[nodiscard]] std::span<const ScorePartRule> score_part_rules();

PartResult availability(const NodeDay& day);
PartResult liquidity(const NodeDay& day);
PartResult flow(const NodeDay& day);
PartResult price(const NodeDay& day);
PartResult position(const NodeDay& day);
PartResult risk(const NodeDay& day);

/// The parts of one day, in the order of the table, weighted.
[[nodiscard]] std::vector<domain::ScorePart> score_parts(const NodeDay& day);

/// Weighted mean of the parts that are there, 0..100; absent when none is.
[[nodiscard]] std::optional<double> weighted_score(std::span<const domain::ScorePart> parts);

/// Fills `change_24h` of today's parts and returns their sum: the change of the score on the parts that both days have,
/// in tenths of a point. The parts' changes add up to it exactly (largest remainders carry the rounding).
[[nodiscard]] domain::Figure<double> explain_change(std::vector<domain::ScorePart>& today,
                                                    std::span<const domain::ScorePart> yesterday);

} // namespace mcp::analysis
