#pragma once
#include <cstddef>
#include <optional>
#include <vector>

namespace mcp::calibration {

/// A value that was known beforehand, and whether it ended well.
struct Outcome {
    double value;
    bool good;
};

/// An estimate with its 95 % interval.
struct Estimate {
    double value;
    double half_width;
};

/// Area under the ROC curve: the chance that of two nodes, one that ended well and one that did not, the first had the
/// larger value; a tie counts half. 0.5 is a coin.
/// Interval after DeLong, DeLong and Clarke-Pearson, "Comparing the areas under two or more correlated receiver
/// operating characteristic curves", Biometrics 44 (1988).
/// @return nothing with fewer than two of either kind
[[nodiscard]] std::optional<Estimate> auc(const std::vector<Outcome>& outcomes);

/// AUC of `a` less that of `b` on the same nodes, in the same order, with the interval of the paired difference.
[[nodiscard]] std::optional<Estimate> auc_difference(const std::vector<Outcome>& a, const std::vector<Outcome>& b);

/// AUC by pairs of nodes of the same group alone, each group counting by its pairs: what a value tells beyond that
/// which made the groups.   @param groups by outcome
[[nodiscard]] std::optional<Estimate> auc_within(const std::vector<Outcome>& outcomes,
                                                 const std::vector<std::size_t>& groups);

} // namespace mcp::calibration
