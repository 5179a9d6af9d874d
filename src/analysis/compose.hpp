#pragma once
#include "analysis/day_facts.hpp"
#include "analysis/open_advice.hpp"
#include "analysis/past_day.hpp"
#include "analysis/thresholds.hpp"
#include "domain/outside.hpp"
#include "domain/own_node.hpp"
#include "domain/report.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mcp::analysis {

/// What the node itself told for one day's report.
struct OwnNodeOfDay {
    Day day;
    const domain::OwnNode* node; ///< never nullptr
};

struct ComposeInput {
    const DayFacts& today;
    std::span<const DayFacts* const> history;             ///< earlier days, oldest first, one a date, all before today
    domain::NodeId node;                                  ///< in today's graph
    const OpenAdvice* open_advice = nullptr;              ///< absent: no opening is advised
    std::span<const PastDay> past = {};                   ///< what was kept of days whose graph is not in `history`
    std::optional<domain::SourceState> graph_source = {}; ///< absent: the graph was read just now, from a file
    std::span<const domain::SourceState> other_graph_sources = {}; ///< configured, but did not serve today's graph
    bool graph_is_live = false;               ///< it was asked of a live source, not read from a file
    const domain::Outside* outside = nullptr; ///< what other sources say; absent: none was asked
    std::span<const OwnNodeOfDay> own = {};   ///< ascending, today's last; days on which nothing was told are left out
    std::optional<domain::SourceState> node_source = {}; ///< of domain::source::kNode; absent: no node is connected
    Thresholds thresholds = {};
    std::string report_id;
    std::string user_id;
    std::string tenant_id;
    Time generated_at;
};

/// One node's report of one day, from graphs and what other sources say. Pure: the same input gives the same report.
[[nodiscard]] domain::Report compose(const ComposeInput& input);

/// What a rule says today of the alerts that stood on the earlier days.
struct AlertHistory {
    std::vector<domain::Alert> current;  ///< gravest first
    std::vector<domain::Alert> resolved; ///< stood yesterday, gone today; told as it stood yesterday
};

} // namespace mcp::analysis
