#pragma once
#include "analysis/days.hpp"
#include "domain/report.hpp"

namespace mcp::analysis {

/// Score and capacity of the seven days D-6..D, each from its own day's graph; a day without a graph is a gap, not
/// skipped.
[[nodiscard]] domain::Trends trends(const Days& days);

} // namespace mcp::analysis
