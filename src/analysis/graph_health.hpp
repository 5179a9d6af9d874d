#pragma once
#include "analysis/day_facts.hpp"

#include <optional>

namespace mcp::analysis {

/// Signs that a graph was written by a node that had not heard the whole network yet.
struct GraphHealth {
    std::optional<double> node_ratio;   ///< nodes today / nodes of the newest earlier graph
    std::optional<double> silent_share; ///< share of policies not refreshed for 14 days; absent in an undated graph

    [[nodiscard]] bool far_fewer_nodes() const { return node_ratio && *node_ratio < 0.8; }
    [[nodiscard]] bool mostly_silent() const { return silent_share && *silent_share > 0.5; }
    [[nodiscard]] bool looks_half_synchronised() const { return far_fewer_nodes() || mostly_silent(); }
};

/// @param earlier the newest graph before this one, or nothing
[[nodiscard]] GraphHealth graph_health(const DayFacts& today, const DayFacts* earlier);

} // namespace mcp::analysis
