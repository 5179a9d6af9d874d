#include "analysis/alerts/all.hpp"
#include "analysis/own/risks.hpp"

namespace mcp::analysis {

// Channels with anchors are closed by force at the fee of that day only if the wallet holds coins to raise it with.
// A node that has not seen the newest blocks does not know what its wallet holds.
std::optional<Finding> anchor_reserve_low(const RuleInput& in) {
    const OwnDay* own = in.today.own();
    const auto reserve = own != nullptr && !own->in_doubt() ? anchor_reserve(*own) : std::nullopt;
    if (!reserve || !reserve->is_short()) {
        return std::nullopt;
    }
    return Finding{
        .severity = domain::Severity::warning,
        .title = {"alert.anchor_reserve_low.title", {{"missing", reserve->needed - reserve->there}}},
        .description = {reserve->node_says ? "alert.anchor_reserve_low.node_says" : "alert.anchor_reserve_low.by_rule",
                        {{"there", reserve->there}, {"needed", reserve->needed}}},
        .requires_action = true};
}

} // namespace mcp::analysis
