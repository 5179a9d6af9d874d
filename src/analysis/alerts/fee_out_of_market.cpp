#include "analysis/alerts/all.hpp"
#include "analysis/wording.hpp"

namespace mcp::analysis {
// Dearer than 95 % of the capacity that leads to the same peer: senders take the others first.
std::optional<Finding> fee_out_of_market(const RuleInput& in) {
    const NodeView& view = in.today.view;
    ChannelList dear;
    double compared = 0;
    double above = 0;
    for (std::size_t i = 0; i < in.today.markets.size(); ++i) {
        const Relation& relation = view.relations()[i];
        if (in.today.markets[i].has_verdict()) {
            compared += relation.capacity_sats;
        }
        if (in.today.markets[i].dearer_than_market()) {
            above += relation.capacity_sats;
            dear.insert(dear.end(), relation.channels.begin(), relation.channels.end());
        }
    }
    if (!(compared > 0) || above < in.thresholds.out_of_market_share * compared) {
        return std::nullopt;
    }
    return Finding{.severity = domain::Severity::info,
                   .title = {"alert.fee_out_of_market.title", {{"share", Share{above / compared}}}},
                   .description = {"alert.fee_out_of_market.description", {{"largest", name_peers(view, dear)}}},
                   .requires_action = true};
}

} // namespace mcp::analysis
