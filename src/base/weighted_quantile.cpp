#include "base/weighted_quantile.hpp"

namespace mcp {

std::optional<double> weighted_quantile(std::span<const Weighted> sorted, double share) {
    double total = 0;
    for (const Weighted& item : sorted) {
        total += item.weight;
    }
    if (!(total > 0)) {
        return std::nullopt;
    }
    double reached = 0;
    for (const Weighted& item : sorted) {
        reached += item.weight;
        if (item.weight > 0 && reached >= share * total) {
            return item.value;
        }
    }
    return sorted.back().value; // rounding left the sum a hair below the whole
}

} // namespace mcp
