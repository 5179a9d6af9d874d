#include "analysis/recommendations/price_step.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

constexpr std::int64_t kSmallestStep = 3;
constexpr int kSettleDays = 7; // a week of forwards at one price

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

/// What the node told of the channel's fee on an earlier day; nothing: not told.
const domain::ChannelFee* fee_then(const domain::OwnNode* then, const domain::NodeChannel& channel) {
    if (then == nullptr) {
        return nullptr;
    }
    const auto found = std::find_if(then->channels.begin(), then->channels.end(),
                                    [&](const auto& other) { return other.id == channel.id; });
    return found == then->channels.end() || !found->fee ? nullptr : &*found->fee;
}

bool same_price(const domain::ChannelFee& a, const domain::ChannelFee& b) {
    return a.base == b.base && a.rate == b.rate;
}

/// Whether the price has stood for a week: as the node told a week and a day ago, else when no update is younger. An
/// update alone is no proof of a step: LND announces the same anew each day.
bool has_settled(const NodeView& view, const OwnDay& own, const OwnChannel& channel) {
    const domain::NodeChannel* told = own.told(channel);
    const domain::ChannelFee* a_week_ago = told != nullptr ? fee_then(own.week_ago(), *told) : nullptr;
    if (told == nullptr || !told->fee || a_week_ago == nullptr) {
        return view.days_since(channel.own_policy()->updated).value_or(0) >= kSettleDays;
    }
    const domain::ChannelFee* yesterday = fee_then(own.yesterday(), *told);
    return same_price(*told->fee, *a_week_ago) && (yesterday == nullptr || same_price(*told->fee, *yesterday));
}

/// What the node asks itself; the graph may not have heard of its last step.
void take_asked(PriceTarget& target, const OwnDay* own) {
    const domain::NodeChannel* told = own != nullptr ? own->told(*target.channel) : nullptr;
    const bool is_told = told != nullptr && told->fee;
    target.base = is_told ? told->fee->base : target.channel->own_policy()->base_fee;
    target.rate = is_told ? told->fee->rate : target.channel->own_policy()->fee_rate;
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

bool drains_too_cheaply(const PriceAsked& price) {
    const auto& [market, own, peer] = price;
    const std::optional<double> fill = peer != nullptr ? peer->fill() : std::nullopt;
    return market.has_verdict() && market.own->quantile && *market.own->quantile < kUpperThird && fill &&
           *fill <= kDrained && own->week() && peer->forwards_out > 0;
}

bool idles_too_dearly(const PriceAsked& price) {
    const auto& [market, own, peer] = price;
    const std::optional<double> fill = peer != nullptr ? peer->fill() : std::nullopt;
    return market.has_verdict() && market.own->quantile && *market.own->quantile > kUpperThird && fill &&
           *fill >= kFull && own->week() && peer->forwards_out == 0;
}

std::optional<PriceTarget> find_price_target(const RuleInput& in, bool (*is_off)(const PriceAsked&)) {
    PriceTarget target;
    const auto& relations = in.today.view.relations();
    const OwnDay* own = in.today.own() != nullptr && in.today.own()->tells_channels() ? in.today.own() : nullptr;
    for (std::size_t i = 0; i < in.today.markets.size(); ++i) {
        const PeerMarket& market = in.today.markets[i];
        const OwnPeer* peer = own != nullptr ? own->peer(in.today.view.peer(relations[i].peer).key) : nullptr;
        const OwnChannel* channel =
            is_off({market, own, peer}) ? price_setter(in.today.view, relations[i], market) : nullptr;
        if (channel == nullptr || (own != nullptr && !has_settled(in.today.view, *own, *channel))) {
            continue;
        }
        target.all.push_back(channel);
        if (target.channel == nullptr) { // relations come largest first
            target.relation = &relations[i];
            target.market = &market;
            target.channel = channel;
            target.peer = peer;
            take_asked(target, own);
        }
    }
    return target.channel == nullptr ? std::nullopt : std::optional(target);
}

} // namespace mcp::analysis
