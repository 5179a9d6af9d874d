#pragma once
#include "analysis/past_day.hpp"
#include "domain/report.hpp"
#include "ports/store.hpp"

#include <string_view>
#include <vector>

namespace mcp::flow {

/// What is kept of a node and day beside its report.
[[nodiscard]] ports::Snapshot snapshot_of(const domain::Report& report, std::string_view graph_sha256);

/// What the trends take from kept snapshots; those that cannot be read are left out, as if they had not been kept.
[[nodiscard]] std::vector<analysis::PastDay> past_days(const std::vector<ports::Snapshot>& snapshots);

} // namespace mcp::flow
