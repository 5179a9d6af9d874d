#pragma once
#include "analysis/days.hpp"
#include "domain/report.hpp"

namespace mcp::analysis {

/// Today's alerts with how long each has stood, and those that ended since yesterday: the rules are asked of every
/// given day.
[[nodiscard]] AlertHistory alert_history(const Days& days, const ComposeInput& input);

} // namespace mcp::analysis
