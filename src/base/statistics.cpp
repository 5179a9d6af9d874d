#include "base/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mcp {

std::optional<double> percentile(std::span<const double> sorted, double share) {
    if (sorted.empty()) {
        return std::nullopt;
    }
    const double rank = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(rank));
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (rank - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::optional<Spread> spread(std::vector<double> values) {
    if (values.empty()) {
        return std::nullopt;
    }
    std::sort(values.begin(), values.end());
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    return Spread{.mean = sum / static_cast<double>(values.size()),
                  .median = *percentile(values, 0.5),
                  .min = values.front(),
                  .max = values.back()};
}

} // namespace mcp
