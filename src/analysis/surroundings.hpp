#pragma once
#include "base/clock.hpp"
#include "domain/outside.hpp"

#include <optional>
#include <span>

namespace mcp::analysis {

/// What is known beside the graphs on the report's own day. It is not known of the days before: a rule that looks at it
/// tells itself how long it has stood (Standing).
struct Surroundings {
    Time now;                                           ///< when the report is made
    std::span<const domain::SourceState> graph_sources; ///< the one that served first
    std::span<const domain::SourceState> other_sources; ///< all but those of graphs and their history
    const domain::Outside* outside = nullptr;           ///< what they told; nothing: none was asked
    const domain::OnchainFigures& onchain;
    const domain::Told<domain::ReportClosing>& closed_channels;
    std::optional<Day> node_last_told = {}; ///< the last day before today for which the user's own node was read
};

} // namespace mcp::analysis
