#pragma once
#include "analysis/days.hpp"
#include "analysis/surroundings.hpp"
#include "domain/report.hpp"

namespace mcp::analysis {

/// Today's alerts with how long each has stood, and those that ended since yesterday: the rules are asked of every
/// given day. What is known beside the graphs is known of today only: such an alert ends without being told as
/// resolved.
[[nodiscard]] AlertHistory alert_history(const Days& days, const ComposeInput& input,
                                         const Surroundings* surroundings = nullptr);

} // namespace mcp::analysis
