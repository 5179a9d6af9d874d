#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/price_step.hpp"

#include <cmath>

namespace mcp::analysis {
// Dearer than 95 % of the ways to the same peer. Whether the channel forwards at that price only the node knows: said
// in the text.
std::optional<domain::Recommendation> lower_price(const RuleInput& in) {
    const std::optional<PriceTarget> target =
        find_price_target(in, [](const PeerMarket& market) { return market.dearer_than_market(); });
    if (!target) {
        return std::nullopt;
    }
    const NodeView& view = in.today.view;
    const domain::Policy& policy = *target->channel->own_policy();
    const Ppm next = step_down(policy.fee_rate);
    domain::Recommendation advice =
        advise_on(in, target->all, 0.5, domain::Category::fees, set_fee(view, *target->channel, policy.base_fee, next));
    const std::string peer = display_name(view.peer(target->relation->peer));
    advice.title = {"advice.lower_price.title", {{"peer", peer}}};
    advice.description = {"advice.lower_price.description",
                          {{"own", Ppm{std::llround(target->market->own->ppm)}},
                           {"p95", Ppm{std::llround(target->market->quantiles->p95)}},
                           {"peer", peer},
                           {"rivals", static_cast<std::int64_t>(target->market->rivals)},
                           {"peers", static_cast<std::int64_t>(target->all.size())}}};
    advice.suggested_action = {"advice.lower_price.action", {{"from", policy.fee_rate}, {"to", next}, {"peer", peer}}};
    return advice;
}

} // namespace mcp::analysis
