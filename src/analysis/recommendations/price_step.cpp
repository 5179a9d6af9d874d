#include "analysis/recommendations/price_step.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

constexpr std::int64_t kSmallestStep = 3;

std::int64_t step_of(Ppm rate) {
    return std::max(kSmallestStep, rate.value / 10);
}

/// The channel whose offer is our price into the peer; nothing while it is too young to judge, or disabled by the peer.
/// @pre market.own is there
const OwnChannel* price_setter(const NodeView& view, const Relation& relation, const PeerMarket& market) {
    const domain::Channel* cheapest = &view.day().network.channels[market.own->channel];
    const auto found = std::find_if(relation.channels.begin(), relation.channels.end(),
                                    [&](const OwnChannel* channel) { return channel->channel == cheapest; });
    return old_enough(**found) && NodeView::enabled_both_ways(**found) ? *found : nullptr;
}

} // namespace

Ppm step_down(Ppm rate) {
    return Ppm{std::max<std::int64_t>(0, rate.value - step_of(rate))};
}

Msat step_down(Msat base) {
    return Msat{base.value - (base.value + 9) / 10};
}

Ppm step_up(Ppm rate) {
    return Ppm{rate.value + step_of(rate)};
}

std::optional<PriceTarget> find_price_target(const RuleInput& in, bool (*is_off)(const PeerMarket&)) {
    PriceTarget target;
    const auto& relations = in.today.view.relations();
    for (std::size_t i = 0; i < in.today.markets.size(); ++i) {
        const PeerMarket& market = in.today.markets[i];
        const OwnChannel* channel = is_off(market) ? price_setter(in.today.view, relations[i], market) : nullptr;
        if (channel == nullptr) {
            continue;
        }
        target.all.push_back(channel);
        if (target.channel == nullptr) { // relations come largest first
            target.relation = &relations[i];
            target.market = &market;
            target.channel = channel;
        }
    }
    return target.channel == nullptr ? std::nullopt : std::optional(target);
}

} // namespace mcp::analysis
