#pragma once
#include "analysis/compose.hpp"
#include "domain/report.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace mcp::analysis {

/// The sources of a report in its order: the graph that served, graphs that were configured and did not, the history,
/// then all others.
struct ReportSources {
    std::vector<domain::SourceState> all;
    std::size_t graphs = 1; ///< how many of the first ones are graphs

    [[nodiscard]] std::span<const domain::SourceState> of_graphs() const { return std::span(all).first(graphs); }
    [[nodiscard]] std::span<const domain::SourceState> others() const { return std::span(all).subspan(graphs + 1); }
};

[[nodiscard]] ReportSources sources_of_report(const ComposeInput& input);

} // namespace mcp::analysis
