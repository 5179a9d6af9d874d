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
    bool is_told_by_node = false; ///< what the node itself told is in it
};

struct ScorePartRule {
    std::string_view name;
    double weight; ///< points of 100 when every part is there
    PartResult (*compute)(const NodeDay& day, const OwnDay* own);
};

/// THE TABLE of the score's parts, ANALYSIS section 4.
[[nodiscard]] std::span<const ScorePartRule> score_part_rules();

// Each of the graph alone, and of what the node itself told where that is given.
PartResult availability(const NodeDay& day, const OwnDay* own = nullptr);
PartResult liquidity(const NodeDay& day, const OwnDay* own = nullptr);
PartResult flow(const NodeDay& day, const OwnDay* own = nullptr);
PartResult price(const NodeDay& day, const OwnDay* own = nullptr);
PartResult position(const NodeDay& day, const OwnDay* own = nullptr);
PartResult risk(const NodeDay& day, const OwnDay* own = nullptr);

/// The parts of one day, in the order of the table, weighted, with what the node told for it.
[[nodiscard]] std::vector<domain::ScorePart> score_parts(const NodeDay& day);

/// The same as whoever has not connected the node would get them.
[[nodiscard]] std::vector<domain::ScorePart> public_score_parts(const NodeDay& day);

/// Weighted mean of the parts that are there, 0..100; absent when none is.
[[nodiscard]] std::optional<double> weighted_score(std::span<const domain::ScorePart> parts);

/// Fills `change_24h` of today's parts and returns their sum: the change of the score on the parts that both days have,
/// in tenths of a point. The parts' changes add up to it exactly (largest remainders carry the rounding). A part that
/// the node told on one of the days only is left out: what was measured otherwise did not change.
[[nodiscard]] domain::Figure<double> explain_change(std::vector<domain::ScorePart>& today,
                                                    std::span<const domain::ScorePart> yesterday);

} // namespace mcp::analysis
