#pragma once
#include "analysis/days.hpp"
#include "analysis/past_day.hpp"
#include "domain/report.hpp"

#include <span>

namespace mcp::analysis {

/// Score and capacity of the seven days D-6..D, each from its own day's graph, else from what was kept of that day; a
/// day without either is a gap, not skipped. All scores are measured as today's is: with what the node told where it
/// told today, else by the graph alone. Forwards and fees of the day before each, as the node told them then or
/// later.
[[nodiscard]] domain::Trends trends(const Days& days, std::span<const PastDay> past = {});

} // namespace mcp::analysis
