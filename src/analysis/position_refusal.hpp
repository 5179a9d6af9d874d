#pragma once
#include "analysis/compose.hpp"
#include "domain/report.hpp"

#include <optional>

namespace mcp::analysis {

/// A place among others is a claim about today: from a live source it is not made of a graph that is older than a week.
/// A graph that somebody chose as a file is what they asked about, however old.
/// @return why no position is told; nothing: it is
[[nodiscard]] std::optional<domain::Absence> position_refusal(const ComposeInput& input);

/// Takes the figures of position out of the report: betweenness, ranks, and the place in the fee markets.
void refuse_positions(domain::Report& report, const domain::Absence& why);

} // namespace mcp::analysis
