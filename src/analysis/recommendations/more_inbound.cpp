#include "analysis/absences.hpp"
#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"
#include "analysis/recommendations/move_balance.hpp"

namespace mcp::analysis {
namespace {

constexpr double kImpact = 6.0;

} // namespace

// Nearly all balance lies on our side: nothing can come in any more, so nothing can be forwarded or received.
std::optional<domain::Recommendation> more_inbound(const RuleInput& in) {
    const std::optional<ShortSide> side = short_side(in);
    if (!side || side->is_ours) {
        return std::nullopt;
    }
    domain::Recommendation advice =
        advise_as_node_tells(in, kImpact, domain::Category::liquidity, swap_out(side->to_move));
    advice.title = {"advice.more_inbound.title", {{"amount", side->to_move}}};
    advice.description = {"advice.more_inbound.description",
                          {{"share", Share{side->share, 1}}, {"quarter", Share{kQuarter}}}};
    advice.suggested_action = {"advice.more_inbound.action", {{"amount", side->to_move}}};
    advice.onchain_cost = swap_price_untold();
    return advice;
}

} // namespace mcp::analysis
