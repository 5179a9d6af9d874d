#pragma once
#include "base/clock.hpp"
#include "base/units.hpp"

#include <optional>

namespace mcp::analysis {

/// What was measured of the node on an earlier day and kept, for trends over days whose graph is not at hand any more.
struct PastDay {
    Day day;
    std::optional<int> score; ///< 0..100, of the public view: what is kept of a node is seen by all who report on it
    std::optional<Sat> capacity;
    std::optional<int> own_score = {}; ///< that the reader's own report of the day told; absent: not known
};

} // namespace mcp::analysis
