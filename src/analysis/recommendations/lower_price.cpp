#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/price_step.hpp"

#include <cmath>

namespace mcp::analysis {
namespace {

struct Step {
    Msat base_fee;
    Ppm fee_rate;
    MessageValue from;
    MessageValue to;
};

/// A lower rate; where there is none, a lower base fee: it alone makes the price then.
Step first_step(const domain::Policy& policy) {
    if (policy.fee_rate > Ppm{0}) {
        const Ppm next = step_down(policy.fee_rate);
        return {.base_fee = policy.base_fee, .fee_rate = next, .from = policy.fee_rate, .to = next};
    }
    const Msat next = step_down(policy.base_fee);
    return {.base_fee = next, .fee_rate = policy.fee_rate, .from = policy.base_fee, .to = next};
}

} // namespace

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
    const Step step = first_step(policy);
    domain::Recommendation advice = advise_on(in, target->all, 0.5, domain::Category::fees,
                                              set_fee(view, *target->channel, step.base_fee, step.fee_rate));
    const std::string peer = display_name(view.peer(target->relation->peer));
    advice.title = {"advice.lower_price.title", {{"peer", peer}}};
    advice.description = {"advice.lower_price.description",
                          {{"own", Ppm{std::llround(target->market->own->ppm)}},
                           {"p95", Ppm{std::llround(target->market->quantiles->p95)}},
                           {"peer", peer},
                           {"rivals", static_cast<std::int64_t>(target->market->rivals)},
                           {"peers", static_cast<std::int64_t>(target->all.size())}}};
    advice.suggested_action = {"advice.lower_price.action", {{"from", step.from}, {"to", step.to}, {"peer", peer}}};
    return advice;
}

} // namespace mcp::analysis
