#pragma once
#include <algorithm>
#include <cmath>
#include <vector>

namespace mcp::test {

/// Largest |value - expected| / max(1, |expected|); infinite when the sizes differ.
inline double largest_difference(const std::vector<double>& values, const std::vector<double>& expected) {
    if (values.size() != expected.size()) {
        return HUGE_VAL;
    }
    double largest = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double difference = std::abs(values[i] - expected[i]) / std::max(1.0, std::abs(expected[i]));
        largest = difference <= largest ? largest : difference; // not-a-number counts as different
    }
    return largest;
}

} // namespace mcp::test
