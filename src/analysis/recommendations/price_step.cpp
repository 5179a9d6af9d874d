#include "analysis/recommendations/price_step.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

constexpr std::int64_t kSmallestStep = 3;

std::int64_t step_of(Ppm rate) {
    return std::max(kSmallestStep, rate.value / 10);
}

const OwnChannel* cheapest_judgeable(const Relation& relation) {
    const OwnChannel* cheapest = nullptr;
    for (const OwnChannel* channel : relation.channels) {
        if (!old_enough(*channel) || !NodeView::enabled_both_ways(*channel)) {
            continue;
        }
        if (cheapest == nullptr || channel->own_policy()->fee_rate < cheapest->own_policy()->fee_rate) {
            cheapest = channel;
        }
    }
    return cheapest;
}

} // namespace

Ppm step_down(Ppm rate) {
    return Ppm{std::max<std::int64_t>(0, rate.value - step_of(rate))};
}

Ppm step_up(Ppm rate) {
    return Ppm{rate.value + step_of(rate)};
}

std::optional<PriceTarget> find_price_target(const RuleInput& in, bool (*is_off)(const PeerMarket&)) {
    PriceTarget target;
    const auto& relations = in.today.view.relations();
    for (std::size_t i = 0; i < in.today.markets.size(); ++i) {
        const OwnChannel* channel = is_off(in.today.markets[i]) ? cheapest_judgeable(relations[i]) : nullptr;
        if (channel == nullptr) {
            continue;
        }
        target.all.push_back(channel);
        if (target.channel == nullptr) { // relations come largest first
            target.relation = &relations[i];
            target.market = &in.today.markets[i];
            target.channel = channel;
        }
    }
    return target.channel == nullptr ? std::nullopt : std::optional(target);
}

} // namespace mcp::analysis
