#include "graph/fee_market.hpp"

#include "graph/market.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace mcp::graph {
namespace {

using domain::Channel;
using domain::ChannelIx;
using domain::Network;
using domain::NodeId;
using domain::Policy;
using domain::Side;

constexpr std::array<std::pair<double, double MarketQuantiles::*>, 7> kQuantiles = {{
    {0.10, &MarketQuantiles::p10},
    {0.25, &MarketQuantiles::p25},
    {0.50, &MarketQuantiles::median},
    {0.65, &MarketQuantiles::p65},
    {0.75, &MarketQuantiles::p75},
    {0.90, &MarketQuantiles::p90},
    {0.95, &MarketQuantiles::p95},
}};

} // namespace

double effective_ppm(const Policy& policy, Msat amount) {
    return static_cast<double>(policy.fee_rate.value) +
           static_cast<double>(policy.base_fee.value) * 1e6 / static_cast<double>(amount.value);
}

FeeMarkets::FeeMarkets(const Network& network, Msat amount)
    : network_(network), amount_(amount), into_(network.nodes.size()) {
    for (ChannelIx ix = 0; ix < network.channels.size(); ++ix) {
        const Channel& channel = network.channels[ix];
        for (const Side side : {Side::node1, Side::node2}) {
            if (channel.capacity && market_standing(channel, side, network.as_of) == MarketStanding::in_market) {
                into_[channel.end(other(side))].push_back({.ppm = effective_ppm(*channel.policy_of(side), amount),
                                                           .capacity = *channel.capacity,
                                                           .from = channel.end(side),
                                                           .channel = ix});
            }
        }
    }
    for (std::vector<Offer>& offers : into_) {
        std::sort(offers.begin(), offers.end(), [](const Offer& a, const Offer& b) {
            return std::tie(a.ppm, a.channel) < std::tie(b.ppm, b.channel);
        });
    }
}

std::vector<PeerMarket> FeeMarkets::around(NodeId node) const {
    std::map<NodeId, PeerMarket> markets;
    for (const ChannelIx ix : network_.channels_of(node)) {
        const Channel& channel = network_.channels[ix];
        const NodeId peer = channel.peer_of(node);
        const auto [entry, is_new] = markets.try_emplace(peer);
        if (is_new) {
            entry->second = rivals_of(node, peer);
        }
        const std::optional<Policy>& own = channel.policy_of(channel.side_of(node));
        if (own && !own->disabled) {
            entry->second.own.push_back(own_price(entry->second, node, ix));
        }
    }
    std::vector<PeerMarket> list;
    for (auto& [peer, market] : markets) {
        std::stable_sort(market.own.begin(), market.own.end(),
                         [](const OwnPrice& a, const OwnPrice& b) { return a.ppm < b.ppm; });
        list.push_back(std::move(market));
    }
    return list;
}

PeerMarket FeeMarkets::rivals_of(NodeId node, NodeId peer) const {
    PeerMarket market{.peer = peer};
    for (const Offer& offer : into_[peer]) {
        if (offer.from != node) {
            ++market.rivals;
            market.capacity += offer.capacity;
        }
    }
    if (market.rivals < kFewestRivals || market.capacity == Sat{0}) {
        return market;
    }
    market.quantiles.emplace();
    auto next = kQuantiles.begin();
    Sat reached;
    for (const Offer& offer : into_[peer]) {
        reached += offer.from == node ? Sat{0} : offer.capacity;
        const double share = static_cast<double>(reached.value) / static_cast<double>(market.capacity.value);
        for (; next != kQuantiles.end() && offer.from != node && next->first <= share; ++next) {
            *market.quantiles.*next->second = offer.ppm;
        }
    }
    return market;
}

OwnPrice FeeMarkets::own_price(const PeerMarket& market, NodeId node, ChannelIx ix) const {
    const Channel& channel = network_.channels[ix];
    OwnPrice own{.channel = ix, .ppm = effective_ppm(*channel.policy_of(channel.side_of(node)), amount_)};
    Sat cheaper_capacity;
    for (const Offer& offer : into_[market.peer]) {
        const Rival rival{.node = offer.from, .channel = offer.channel, .ppm = offer.ppm};
        if (offer.from == node) {
            continue;
        }
        if (offer.ppm < own.ppm) {
            own.next_cheaper = rival;
            cheaper_capacity += offer.capacity;
        } else if (offer.ppm > own.ppm) {
            own.next_dearer = rival;
            break;
        }
    }
    if (market.quantiles) {
        own.quantile = static_cast<double>(cheaper_capacity.value) / static_cast<double>(market.capacity.value);
    }
    return own;
}

} // namespace mcp::graph
