#pragma once
#include "base/clock.hpp"
#include "base/units.hpp"

#include <optional>

namespace mcp::analysis {

/// What was measured of the node on an earlier day and kept, for trends over days whose graph is not at hand any more.
struct PastDay {
    Day day;
    std::optional<int> score; ///< 0..100
    std::optional<Sat> capacity;
};

} // namespace mcp::analysis
