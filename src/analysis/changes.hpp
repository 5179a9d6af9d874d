#pragma once
#include "analysis/node_day.hpp"
#include "domain/report.hpp"

namespace mcp::analysis {

/// Who opened, closed, repriced, disabled, enabled or fell silent toward this node since the day before; largest
/// capacity first. Absent without yesterday's graph, and where channels have no ids to be followed by.
[[nodiscard]] domain::Figure<std::vector<domain::ReportChange>> changes_since(const NodeDay* yesterday,
                                                                              const NodeDay& today);

} // namespace mcp::analysis
