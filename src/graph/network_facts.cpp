#include "graph/network_facts.hpp"

#include "base/statistics.hpp"
#include "graph/market.hpp"

#include <algorithm>

namespace mcp::graph {
namespace {

using domain::Channel;
using domain::Network;
using domain::Side;

std::uint64_t& count_of(DirectionCounts& counts, MarketStanding standing) {
    switch (standing) {
    case MarketStanding::in_market:
        return counts.in_market;
    case MarketStanding::not_announced:
        return counts.not_announced;
    case MarketStanding::disabled:
        return counts.disabled;
    case MarketStanding::silent:
        return counts.silent;
    case MarketStanding::forbidding:
        break;
    }
    return counts.forbidding;
}

void add_channel(NetworkFacts& facts, const Channel& channel) {
    ++facts.channels;
    facts.capacity += channel.capacity.value_or(Sat{0});
    facts.channels_without_capacity += channel.capacity ? 0 : 1;
    if (is_available(channel, facts.as_of)) {
        ++facts.channels_usable;
        facts.capacity_usable += channel.capacity.value_or(Sat{0});
    }
    if (facts.channels_silent && is_silent(channel, facts.as_of).value_or(false)) {
        ++*facts.channels_silent;
    }
}

std::optional<FeeRates> fee_rates(std::vector<double> rates) {
    if (rates.empty()) {
        return std::nullopt;
    }
    std::sort(rates.begin(), rates.end());
    return FeeRates{*percentile(rates, 0.1), *percentile(rates, 0.5), *percentile(rates, 0.9)};
}

} // namespace

NetworkFacts network_facts(const Network& network) {
    NetworkFacts facts;
    facts.as_of = network.as_of;
    facts.nodes = network.nodes.size();
    for (domain::NodeId node = 0; node < network.nodes.size(); ++node) {
        facts.nodes_with_channels += network.channels_of(node).empty() ? 0 : 1;
    }
    if (network.dates_updates()) {
        facts.channels_silent = 0;
    }
    std::vector<double> market_rates;
    for (const Channel& channel : network.channels) {
        add_channel(facts, channel);
        for (const Side side : {Side::node1, Side::node2}) {
            const MarketStanding standing = market_standing(channel, side, network.as_of);
            ++count_of(facts.directions, standing);
            if (standing == MarketStanding::in_market) {
                market_rates.push_back(static_cast<double>(channel.policy_of(side)->fee_rate.value));
            }
        }
    }
    facts.fee_rate_ppm = fee_rates(std::move(market_rates));
    return facts;
}

} // namespace mcp::graph
