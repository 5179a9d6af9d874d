#include "analysis/absences.hpp"
#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"
#include "analysis/recommendations/move_balance.hpp"
#include "analysis/recommendations/onchain_cost.hpp"

namespace mcp::analysis {
namespace {

constexpr double kImpact = 6.0;

} // namespace

// Nearly all balance lies with the peers: nothing can be forwarded or paid any more.
std::optional<domain::Recommendation> more_outbound(const RuleInput& in) {
    const std::optional<ShortSide> side = short_side(in);
    const OwnPeer* peer = side && side->is_ours ? largest_unreached(*in.today.own()) : nullptr;
    if (peer == nullptr) {
        return std::nullopt;
    }
    domain::Recommendation advice =
        advise_as_node_tells(in, kImpact, domain::Category::liquidity, swap_in(side->to_move, peer->key));
    advice.title = {"advice.more_outbound.title", {{"amount", side->to_move}}};
    advice.description = {"advice.more_outbound.description",
                          {{"share", Share{side->share, 1}}, {"quarter", Share{kQuarter}}}};
    advice.suggested_action = {"advice.more_outbound.action",
                               {{"amount", side->to_move}, {"peer", display_name(in.today.view, peer->key)}}};
    if (in.today.own()->node().kind == domain::NodeKind::cln) { // its command opens a channel
        tell_opening_cost(advice, in);
    } else {
        advice.onchain_cost = swap_price_untold();
    }
    return advice;
}

} // namespace mcp::analysis
