#pragma once
#include <optional>
#include <span>

namespace mcp {

/// A value and how much it counts.
struct Weighted {
    double value;
    double weight;
};

/// Smallest value at which the cumulated weight reaches the share `share` of the whole: a quantile of the weighted
/// distribution.
/// @param sorted ascending by value, weights >= 0   @param share in [0, 1]
/// @return nothing when no weight is positive   @complexity O(n)
[[nodiscard]] std::optional<double> weighted_quantile(std::span<const Weighted> sorted, double share);

} // namespace mcp
