#include "bench/calibration/roc.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace mcp::calibration {
namespace {

constexpr double kNormal95 = 1.96;

/// For each good one the share of bad ones below it, for each bad one the share of good ones above it, in input order.
struct Placements {
    std::vector<double> good;
    std::vector<double> bad;
};

/// Share of `sorted` below `value`, half of the equal ones counted.
double share_below(const std::vector<double>& sorted, double value) {
    const auto [low, high] = std::equal_range(sorted.begin(), sorted.end(), value);
    const auto below = static_cast<double>((low - sorted.begin()) + (high - sorted.begin())) / 2;
    return below / static_cast<double>(sorted.size());
}

Placements placements(const std::vector<Outcome>& outcomes) {
    std::vector<double> good;
    std::vector<double> bad;
    for (const Outcome& outcome : outcomes) {
        (outcome.good ? good : bad).push_back(outcome.value);
    }
    std::sort(good.begin(), good.end());
    std::sort(bad.begin(), bad.end());
    Placements places;
    for (const Outcome& outcome : outcomes) {
        if (outcome.good) {
            places.good.push_back(share_below(bad, outcome.value));
        } else {
            places.bad.push_back(1 - share_below(good, outcome.value));
        }
    }
    return places;
}

double mean(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance_of_mean(const std::vector<double>& values) {
    const double centre = mean(values);
    double squares = 0;
    for (const double value : values) {
        squares += (value - centre) * (value - centre);
    }
    const auto n = static_cast<double>(values.size());
    return squares / (n - 1) / n;
}

bool enough(const Placements& places) {
    return places.good.size() >= 2 && places.bad.size() >= 2;
}

Estimate estimate(const Placements& places) {
    const double variance = variance_of_mean(places.good) + variance_of_mean(places.bad);
    return {mean(places.good), kNormal95 * std::sqrt(variance)};
}

std::vector<double> minus(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> difference(a.size());
    std::transform(a.begin(), a.end(), b.begin(), difference.begin(), std::minus<>());
    return difference;
}

} // namespace

std::optional<Estimate> auc(const std::vector<Outcome>& outcomes) {
    const Placements places = placements(outcomes);
    return enough(places) ? std::optional(estimate(places)) : std::nullopt;
}

std::optional<Estimate> auc_difference(const std::vector<Outcome>& a, const std::vector<Outcome>& b) {
    const Placements of_a = placements(a);
    const Placements of_b = placements(b);
    if (!enough(of_a)) {
        return std::nullopt;
    }
    return estimate({minus(of_a.good, of_b.good), minus(of_a.bad, of_b.bad)});
}

std::optional<Estimate> auc_within(const std::vector<Outcome>& outcomes, const std::vector<std::size_t>& groups) {
    std::map<std::size_t, std::vector<Outcome>> by_group;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        by_group[groups[i]].push_back(outcomes[i]);
    }
    double weights = 0;
    double sum = 0;
    double squares = 0;
    for (const auto& [group, members] : by_group) {
        const Placements places = placements(members);
        if (enough(places)) {
            const double weight = static_cast<double>(places.good.size()) * static_cast<double>(places.bad.size());
            const Estimate one = estimate(places);
            weights += weight;
            sum += weight * one.value;
            squares += weight * weight * one.half_width * one.half_width;
        }
    }
    return weights > 0 ? std::optional(Estimate{sum / weights, std::sqrt(squares) / weights}) : std::nullopt;
}

} // namespace mcp::calibration
