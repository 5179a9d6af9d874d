#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/price_step.hpp"

#include <cmath>

namespace mcp::analysis {
namespace {

constexpr double kWorthAsking = 20; // ppm: a market cheaper than this pays nobody's rebalancing

} // namespace

// Cheaper than 90 % of the ways to the same peer: the channel drains for less than others are paid. Where the node
// tells: it has drained by being forwarded over, and others ask more.
std::optional<domain::Recommendation> raise_price(const RuleInput& in) {
    const std::optional<PriceTarget> target = find_price_target(in, [](const PriceAsked& price) {
        return price.own != nullptr ? drains_too_cheaply(price) && price.market.quantiles->median >= kWorthAsking
                                    : price.market.cheaper_than_market() && price.market.quantiles->p10 >= kWorthAsking;
    });
    if (!target) {
        return std::nullopt;
    }
    const NodeView& view = in.today.view;
    const Ppm next = step_up(target->rate);
    domain::Recommendation advice =
        advise_on(in, target->all, 0.4, domain::Category::fees, set_fee(view, *target->channel, target->base, next));
    const std::string peer = display_name(view.peer(target->relation->peer));
    advice.title = {"advice.raise_price.title", {{"peer", peer}}};
    advice.description = {"advice.raise_price.description",
                          {{"own", Ppm{std::llround(target->market->own->ppm)}},
                           {"p10", Ppm{std::llround(target->market->quantiles->p10)}},
                           {"peer", peer},
                           {"rivals", static_cast<std::int64_t>(target->market->rivals)},
                           {"peers", static_cast<std::int64_t>(target->all.size())}}};
    if (target->peer != nullptr) {
        advice.description = {"advice.raise_price.description_node",
                              {{"own", Ppm{std::llround(target->market->own->ppm)}},
                               {"median", Ppm{std::llround(target->market->quantiles->median)}},
                               {"peer", peer},
                               {"fill", Share{*target->peer->fill()}},
                               {"count", target->peer->forwards_out},
                               {"rivals", static_cast<std::int64_t>(target->market->rivals)},
                               {"peers", static_cast<std::int64_t>(target->all.size())}}};
        advice.title = {"advice.raise_price.title_node", {{"peer", peer}}};
        advice.confidence = {"confidence.node", {}};
    }
    advice.suggested_action = {"advice.raise_price.action", {{"from", target->rate}, {"to", next}, {"peer", peer}}};
    return advice;
}

} // namespace mcp::analysis
