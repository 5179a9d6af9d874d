#pragma once
#include "analysis/days.hpp"
#include "domain/report.hpp"

namespace mcp::analysis {

[[nodiscard]] domain::CapacityMetrics capacity_metrics(const Days& days);
[[nodiscard]] domain::ChannelMetrics channel_metrics(const Days& days);
[[nodiscard]] domain::FeeMetrics fee_metrics(const NodeDay& today);
[[nodiscard]] domain::NetworkMetrics network_metrics(const Days& days);

} // namespace mcp::analysis
