#include "graph/new_channel.hpp"

#include "graph/node_figures.hpp"

#include <algorithm>
#include <cmath>

namespace mcp::graph {
namespace {

domain::Policy policy_of_new_channel(Ppm fee_rate, Sat capacity) {
    return {.base_fee = Msat{0},
            .fee_rate = fee_rate,
            .inbound_base_fee = Msat{0},
            .inbound_fee_rate = Ppm{0},
            .min_htlc = Msat{0},
            .max_htlc = to_msat(capacity),
            .updated = std::nullopt};
}

/// What is left of a direction that already has `left`, when this channel stays too.
std::optional<std::int64_t> cheaper(std::optional<std::int64_t> left, std::optional<std::int64_t> parallel) {
    return left && parallel ? std::min(left, parallel) : left ? left : parallel;
}

} // namespace

LikelyFeeRate likely_fee_rate(const domain::Network& network, domain::NodeId node) {
    const std::optional<Spread> own = node_figures(network, node).fee_rate_ppm;
    return own ? LikelyFeeRate{Ppm{std::llround(own->median)}, false} : LikelyFeeRate{kAssumedFeeRate, true};
}

domain::Channel planned(const NewChannel& channel, domain::NodeId node) {
    domain::Channel made;
    made.node[0] = node;
    made.node[1] = channel.peer;
    made.capacity = channel.capacity;
    made.policy[0] = policy_of_new_channel(channel.own_fee_rate, channel.capacity);
    made.policy[1] = policy_of_new_channel(channel.peer_fee_rate, channel.capacity);
    return made;
}

Opening opening_of(const NewChannel& channel, domain::NodeId node, Msat amount) {
    const domain::Channel made = planned(channel, node);
    return {.peer = channel.peer,
            .weight_out = arc_weight(made, domain::Side::node1, amount),
            .weight_in = arc_weight(made, domain::Side::node2, amount)};
}

Closing closing_of(const domain::Network& network, domain::ChannelIx channel, domain::NodeId node, Msat amount) {
    Closing closing{network.channels[channel].peer_of(node), std::nullopt, std::nullopt};
    for (const domain::ChannelIx ix : network.channels_of(node)) {
        const domain::Channel& parallel = network.channels[ix];
        if (ix != channel && parallel.peer_of(node) == closing.peer) {
            const domain::Side own_side = parallel.side_of(node);
            closing.weight_out = cheaper(closing.weight_out, arc_weight(parallel, own_side, amount));
            closing.weight_in = cheaper(closing.weight_in, arc_weight(parallel, other(own_side), amount));
        }
    }
    return closing;
}

} // namespace mcp::graph
