#pragma once
#include "domain/own_node.hpp"
#include "tests/support/network_builder.hpp"
#include "tests/support/scene.hpp"

#include <stdexcept>
#include <string>

/// Planted truth of what the node "us" of a built network tells of itself.
namespace mcp::test {

/// Its channel with that peer. Throws when it tells none.
inline domain::NodeChannel& told_with(domain::OwnNode& node, const domain::Network& network, const std::string& peer) {
    const domain::PubKey key = network.nodes[node_named(network, peer)].key;
    for (domain::NodeChannel& channel : node.channels) {
        if (channel.peer == key) {
            return channel;
        }
    }
    throw std::logic_error("no channel told with " + peer);
}

/// An open channel as the node tells one of the graph: half of it on each side, 1 % reserve each.
inline domain::NodeChannel told_channel(const domain::Network& network, const domain::Channel& channel,
                                        domain::NodeId us) {
    const Sat capacity = channel.capacity.value_or(Sat{1'000'000});
    const Msat half{capacity.value * 500};
    const Msat reserve{capacity.value * 10};
    const auto& policy = channel.policy_of(channel.side_of(us));
    domain::NodeChannel told{.id = channel.id,
                             .funding_outpoint = channel.funding_outpoint,
                             .peer = network.nodes[channel.peer_of(us)].key,
                             .capacity = capacity,
                             .is_public = true,
                             .is_active = true,
                             .opened_by_us = true,
                             .local = half,
                             .remote = half,
                             .local_reserve = reserve,
                             .remote_reserve = reserve,
                             .can_send = half - reserve,
                             .can_receive = half - reserve,
                             .htlcs = {},
                             .fee = {},
                             .watched = {},
                             .online = {}};
    if (policy) {
        told.fee = domain::ChannelFee{.base = policy->base_fee,
                                      .rate = policy->fee_rate,
                                      .inbound_base = policy->inbound_base_fee,
                                      .inbound_rate = policy->inbound_fee_rate};
    }
    return told;
}

/// Moves the balance of a channel so that `share` of it is ours.
inline void fill(domain::NodeChannel& channel, double share) {
    const Msat whole = to_msat(channel.capacity);
    channel.local = Msat{static_cast<std::int64_t>(static_cast<double>(whole.value) * share)};
    channel.remote = whole - channel.local;
    channel.can_send = std::max(Msat{0}, channel.local - channel.local_reserve);
    channel.can_receive = std::max(Msat{0}, channel.remote - channel.remote_reserve);
}

/// Sums as the node tells them, after its channels were changed.
inline void sum_balances(domain::OwnNode& node) {
    node.balances = domain::NodeBalances{.local = {}, .remote = {}, .unsettled_local = {}, .unsettled_remote = {}};
    for (const domain::NodeChannel& channel : node.channels) {
        node.balances->local += channel.local;
        node.balances->remote += channel.remote;
    }
}

/// A day on which ten payments of 20,000 sat went from the first channel to the second for 2,005 msat each.
inline domain::NodeDayFlow told_day(const domain::OwnNode& node, Day day) {
    domain::NodeDayFlow flow{.day = day, .forwards = {}, .sizes = {}, .failures = {}, .chain = {}};
    flow.chain = domain::ChainCosts{.transactions = 1, .fees = Msat{150'000}};
    if (node.channels.size() >= 2) {
        flow.forwards = {{.in = node.channels[0].id,
                          .out = node.channels[1].id,
                          .count = 10,
                          .amount_in = Msat{200'020'050},
                          .amount_out = Msat{200'000'000}}};
        flow.sizes = {{.amount = Msat{20'000'000}, .count = 10}};
    }
    return flow;
}

/// "us" as an LND that was read at noon and told everything: every public channel half full, nothing pending, ten
/// forwards on each of the seven days before, no failures kept, watched and reached all day.
inline domain::OwnNode node_of(const domain::Network& network) {
    const domain::NodeId us = node_named(network, "us");
    const Time noon = network.as_of.value_or(kNoon);
    domain::OwnNode node{
        .key = network.nodes[us].key,
        .kind = domain::NodeKind::lnd,
        .alias = "us",
        .version = "0.18.2-beta",
        .day = std::chrono::floor<days>(noon),
        .read_at = noon,
        .block_height = kNewestBlock + 100,
        .doubts = {},
        .channels = {},
        .balances = {},
        .pending = std::vector<domain::PendingChannel>{},
        .closings = std::vector<domain::NodeClosing>{},
        .wallet = domain::NodeWallet{.confirmed = Sat{1'000'000}, .unconfirmed = {}, .anchor_reserve = Sat{50'000}},
        .peers = std::vector<domain::NodePeer>{},
        .days = {},
        .gaps = {},
        .watched = domain::NodeWatched{.watched = hours{24}, .reached = hours{24}},
        .credential_expires = {}};
    for (const domain::ChannelIx ix : network.channels_of(us)) {
        node.channels.push_back(told_channel(network, network.channels[ix], us));
        node.peers->push_back({.key = node.channels.back().peer, .is_connected = true, .flaps = 3, .last_flap = noon});
    }
    std::sort(node.channels.begin(), node.channels.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    for (int ago = domain::kFlowDays; ago >= 1; --ago) {
        node.days.push_back(told_day(node, node.day - days{ago}));
    }
    sum_balances(node);
    return node;
}

/// The same as a Core Lightning: it keeps the forwards that failed, two here and three beyond for ten that came about.
inline domain::OwnNode cln_of(const domain::Network& network) {
    domain::OwnNode node = node_of(network);
    node.kind = domain::NodeKind::cln;
    node.version = "v25.02";
    node.wallet->anchor_reserve.reset();
    node.peers->clear();
    for (domain::NodeDayFlow& day : node.days) {
        day.failures = std::vector<domain::FailureSum>{};
        for (const domain::ForwardSum& sum : day.forwards) {
            day.failures->push_back({.in = sum.in, .out = sum.out, .here = 2, .beyond = 3});
        }
    }
    return node;
}

/// The same node a day earlier, or more.
inline domain::OwnNode earlier(domain::OwnNode node, int days_ago = 1) {
    node.day -= days{days_ago};
    node.read_at -= days{days_ago};
    node.block_height -= static_cast<std::uint32_t>(144 * days_ago);
    for (domain::NodeDayFlow& flow : node.days) {
        flow.day -= days{days_ago};
    }
    return node;
}

} // namespace mcp::test
