#include "analysis/ranking.hpp"

#include <algorithm>

namespace mcp::analysis {

Ranking::Ranking(std::span<const double> values) {
    std::copy_if(values.begin(), values.end(), std::back_inserter(ascending_), [](double value) { return value > 0; });
    std::sort(ascending_.begin(), ascending_.end());
}

std::optional<int> Ranking::rank(double value) const {
    if (!(value > 0)) {
        return std::nullopt;
    }
    const auto above = ascending_.end() - std::upper_bound(ascending_.begin(), ascending_.end(), value);
    return static_cast<int>(above) + 1;
}

std::optional<double> Ranking::percentile(double value) const {
    if (!(value > 0) || ascending_.empty()) {
        return std::nullopt;
    }
    const auto [low, high] = std::equal_range(ascending_.begin(), ascending_.end(), value);
    const double below = static_cast<double>(low - ascending_.begin());
    const double equal = static_cast<double>(high - low);
    return 100 * (below + equal / 2) / static_cast<double>(ascending_.size());
}

} // namespace mcp::analysis
