#include "analysis/alerts/all.hpp"

namespace mcp::analysis {

// A node that no channel names cannot route, pay or be paid.
std::optional<Finding> no_channels(const RuleInput& in) {
    if (!in.today.view.channels().empty()) {
        return std::nullopt;
    }
    return Finding{.severity = domain::Severity::critical,
                   .title = {"alert.no_channels.title", {}},
                   .description = {"alert.no_channels.description", {{"day", in.today.view.day().date}}},
                   .requires_action = true};
}

} // namespace mcp::analysis
