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
Step first_step(Msat base, Ppm rate) {
    if (rate > Ppm{0}) {
        const Ppm next = step_down(rate);
        return {.base_fee = base, .fee_rate = next, .from = rate, .to = next};
    }
    const Msat next = step_down(base);
    return {.base_fee = next, .fee_rate = rate, .from = base, .to = next};
}

} // namespace

// Dearer than 95 % of the ways to the same peer. Whether the channel forwards at that price only the node knows: said
// in the text. Where the node tells: full, and nobody took that price in a week.
std::optional<domain::Recommendation> lower_price(const RuleInput& in) {
    const std::optional<PriceTarget> target = find_price_target(in, [](const PriceAsked& price) {
        return price.own != nullptr ? idles_too_dearly(price) : price.market.dearer_than_market();
    });
    if (!target) {
        return std::nullopt;
    }
    const NodeView& view = in.today.view;
    const Step step = first_step(target->base, target->rate);
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
    if (target->peer != nullptr) {
        advice.description = {"advice.lower_price.description_node",
                              {{"own", Ppm{std::llround(target->market->own->ppm)}},
                               {"median", Ppm{std::llround(target->market->quantiles->median)}},
                               {"peer", peer},
                               {"fill", Share{*target->peer->fill()}},
                               {"rivals", static_cast<std::int64_t>(target->market->rivals)},
                               {"peers", static_cast<std::int64_t>(target->all.size())}}};
        advice.title = {"advice.lower_price.title_node", {{"peer", peer}}};
        advice.confidence = {"confidence.node", {}};
    }
    advice.suggested_action = {"advice.lower_price.action", {{"from", step.from}, {"to", step.to}, {"peer", peer}}};
    return advice;
}

} // namespace mcp::analysis
