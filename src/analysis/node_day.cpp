#include "analysis/node_day.hpp"

#include "graph/market.hpp"

namespace mcp::analysis {
namespace {

/// Our cheapest offer into the peer. A price that says "do not use" (5000 ppm and more) is none.
std::optional<graph::OwnPrice> cheapest_offer(const domain::Network& network, domain::NodeId node,
                                              const graph::PeerMarket& market) {
    for (const graph::OwnPrice& price : market.own) { // cheapest first
        const domain::Channel& channel = network.channels[price.channel];
        if (graph::market_standing(channel, channel.side_of(node), network.as_of) == graph::MarketStanding::in_market) {
            return price;
        }
    }
    return std::nullopt;
}

/// In the order of the view's relations.
std::vector<PeerMarket> markets_of(const NodeView& view) {
    std::unordered_map<domain::NodeId, PeerMarket> by_peer;
    for (const graph::PeerMarket& market : view.day().markets.around(view.node())) {
        by_peer[market.peer] = {.rivals = market.rivals,
                                .quantiles = market.quantiles,
                                .own = cheapest_offer(view.day().network, view.node(), market)};
    }
    std::vector<PeerMarket> markets;
    for (const Relation& relation : view.relations()) {
        markets.push_back(by_peer[relation.peer]);
    }
    return markets;
}

} // namespace

NodeDay::NodeDay(const DayFacts& day, domain::NodeId node, std::optional<domain::Absence> refused)
    : view(day, node), markets(markets_of(view)), cutting_peers(day.connectivity.cutting_peers(node)),
      concentration(graph::concentration(graph::capacity_by_peer(day.network, node))),
      position_refused(std::move(refused)) {
    if (position_refused) {
        for (PeerMarket& market : markets) {
            market.quantiles.reset();
        }
    }
}

} // namespace mcp::analysis
