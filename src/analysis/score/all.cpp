#include "analysis/score/all.hpp"

#include "analysis/absences.hpp"

#include <cmath>
#include <numeric>

namespace mcp::analysis {
namespace {

using domain::ScorePart;

constexpr ScorePartRule kParts[] = {
    {"availability", 20, availability}, {"liquidity", 20, liquidity}, {"flow", 20, flow}, {"price", 10, price},
    {"position", 15, position},         {"risk", 15, risk},
};

/// Rounds to whole units so that the sum stays the rounded sum: what is left over goes to the largest remainders.
std::vector<std::int64_t> round_keeping_sum(const std::vector<double>& values) {
    const double exact_sum = std::accumulate(values.begin(), values.end(), 0.0);
    std::vector<std::int64_t> rounded;
    std::vector<std::size_t> order;
    std::int64_t missing = std::llround(exact_sum);
    for (const double value : values) {
        order.push_back(rounded.size());
        rounded.push_back(static_cast<std::int64_t>(std::floor(value)));
        missing -= rounded.back();
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return values[a] - std::floor(values[a]) > values[b] - std::floor(values[b]);
    });
    for (std::size_t i = 0; i < order.size() && missing > 0; ++i, --missing) {
        ++rounded[order[i]];
    }
    return rounded;
}

} // namespace

std::span<const ScorePartRule> score_part_rules() {
    return kParts;
}

namespace {

std::vector<ScorePart> parts_of(const NodeDay& day, const OwnDay* own) {
    std::vector<ScorePart> parts;
    for (const ScorePartRule& rule : kParts) {
        PartResult result = rule.compute(day, own);
        parts.push_back({.name = rule.name,
                         .value = std::move(result.value),
                         .weight = rule.weight,
                         .inputs = std::move(result.inputs),
                         .change_24h = no_yesterday(),
                         .is_told_by_node = result.is_told_by_node});
    }
    return parts;
}

} // namespace

std::vector<ScorePart> score_parts(const NodeDay& day) {
    return parts_of(day, day.own());
}

std::vector<ScorePart> public_score_parts(const NodeDay& day) {
    return parts_of(day, nullptr);
}

std::optional<double> weighted_score(std::span<const ScorePart> parts) {
    double points = 0;
    double weights = 0;
    for (const ScorePart& part : parts) {
        points += part.value ? part.weight * *part.value : 0;
        weights += part.value ? part.weight : 0;
    }
    return weights > 0 ? std::optional(points / weights) : std::nullopt;
}

domain::Figure<double> explain_change(std::vector<ScorePart>& today, std::span<const ScorePart> yesterday) {
    std::vector<ScorePart*> common;
    std::vector<double> tenths;
    double weights = 0;
    bool any_otherwise = false;
    for (std::size_t i = 0; i < today.size(); ++i) {
        if (today[i].value && yesterday[i].value && today[i].is_told_by_node != yesterday[i].is_told_by_node) {
            today[i].change_24h = measured_otherwise();
            any_otherwise = true;
        } else if (today[i].value && yesterday[i].value) {
            common.push_back(&today[i]);
            tenths.push_back(10 * today[i].weight * (*today[i].value - *yesterday[i].value));
            weights += today[i].weight;
        } else {
            today[i].change_24h = part_not_on_both_days();
        }
    }
    if (common.empty()) {
        return any_otherwise ? measured_otherwise() : part_not_on_both_days();
    }
    for (double& change : tenths) {
        change /= weights;
    }
    const std::vector<std::int64_t> rounded = round_keeping_sum(tenths);
    for (std::size_t i = 0; i < common.size(); ++i) {
        common[i]->change_24h = static_cast<double>(rounded[i]) / 10;
    }
    return static_cast<double>(std::accumulate(rounded.begin(), rounded.end(), std::int64_t{0})) / 10;
}

} // namespace mcp::analysis
