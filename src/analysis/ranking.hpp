#pragma once
#include <optional>
#include <span>
#include <vector>

namespace mcp::analysis {

/// Places of values among all positive ones: zero and negative values have no place (a node that carries nothing is not
/// last, it is not in the race).
class Ranking {
public:
    explicit Ranking(std::span<const double> values);

    [[nodiscard]] int places() const { return static_cast<int>(ascending_.size()); }
    /// 1 is the largest; equal values share the better rank. Nothing for a value that is not positive.
    [[nodiscard]] std::optional<int> rank(double value) const;
    /// 0..100: share of the places that are strictly lower, plus half of the equal ones (the mean rank of a tie).
    [[nodiscard]] std::optional<double> percentile(double value) const;

private:
    std::vector<double> ascending_;
};

} // namespace mcp::analysis
