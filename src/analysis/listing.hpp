#pragma once
#include "analysis/node_day.hpp"
#include "domain/report.hpp"

namespace mcp::analysis {

/// Every channel of the node, largest capacity first.
[[nodiscard]] std::vector<domain::ReportChannel> list_channels(const NodeDay& day);

/// Every peer with its fee market, largest capacity first.
[[nodiscard]] std::vector<domain::ReportPeer> list_peers(const NodeDay& day);

} // namespace mcp::analysis
