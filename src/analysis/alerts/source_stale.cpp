#include "analysis/alerts/all.hpp"

namespace mcp::analysis {

// A half-synchronised graph makes every position figure wrong in the same direction: better said first than explained
// later.
std::optional<Finding> source_stale(const RuleInput& in) {
    if (!in.health.looks_half_synchronised()) {
        return std::nullopt;
    }
    const Message why = in.health.far_fewer_nodes()
                            ? Message{"alert.source_stale.fewer_nodes", {{"ratio", Share{*in.health.node_ratio}}}}
                            : Message{"alert.source_stale.silent", {{"share", Share{*in.health.silent_share}}}};
    return Finding{.severity = domain::Severity::warning,
                   .title = {"alert.source_stale.title", {}},
                   .description = {"alert.source_stale.description", {{"why", std::vector<Message>{why}}}},
                   .requires_action = true};
}

} // namespace mcp::analysis
