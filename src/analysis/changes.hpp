#pragma once
#include "analysis/days.hpp"
#include "domain/report.hpp"

namespace mcp::analysis {

/// Who opened, closed, repriced, disabled, enabled or fell silent toward this node since the day before; largest
/// capacity first. Absent without yesterday's graph, and where channels have no ids to be followed by.
[[nodiscard]] domain::Figure<std::vector<domain::ReportChange>> changes_since_yesterday(const Days& days);

} // namespace mcp::analysis
