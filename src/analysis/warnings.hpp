#pragma once
#include "analysis/day_facts.hpp"
#include "analysis/graph_health.hpp"
#include "base/message.hpp"

#include <vector>

namespace mcp::analysis {

/// What a reader must know about the day's graph before trusting figures made from it; empty when it is sound.
[[nodiscard]] std::vector<Message> warnings_about(const DayFacts& day, const GraphHealth& health);

} // namespace mcp::analysis
