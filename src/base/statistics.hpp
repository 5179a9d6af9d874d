#pragma once
#include <optional>
#include <span>
#include <vector>

namespace mcp {

/// Value at `share` of `sorted`, linear between the closest ranks (numpy's default).
/// @param sorted ascending, any unit   @param share in [0, 1]
/// @return nothing for an empty input: a node with no peers has no median, not a median of zero   @complexity O(1)
[[nodiscard]] std::optional<double> percentile(std::span<const double> sorted, double share);

/// Mean, median and ends of a set of numbers that is not empty, in their own unit.
struct Spread {
    double mean = 0;
    double median = 0;
    double min = 0;
    double max = 0;

    bool operator==(const Spread&) const = default;
};

/// @return nothing for an empty input   @complexity O(n log n)
[[nodiscard]] std::optional<Spread> spread(std::vector<double> values);

} // namespace mcp
