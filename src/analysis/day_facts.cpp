#include "analysis/day_facts.hpp"

#include "graph/betweenness.hpp"
#include "graph/csr_graph.hpp"
#include "graph/market.hpp"

#include <limits>

namespace mcp::analysis {
namespace {

using domain::Channel;
using domain::Network;

std::vector<double> capacity_by_node(const Network& network) {
    std::vector<double> sats(network.nodes.size(), 0);
    for (const Channel& channel : network.channels) {
        for (const domain::NodeId end : channel.node) {
            sats[end] += channel.capacity ? static_cast<double>(channel.capacity->value) : 0;
        }
    }
    return sats;
}

std::vector<double> channels_by_node(const Network& network) {
    std::vector<double> counts(network.nodes.size());
    for (domain::NodeId id = 0; id < network.nodes.size(); ++id) {
        counts[id] = static_cast<double>(network.channels_of(id).size());
    }
    return counts;
}

/// Blocks come every 9.6 minutes on the average of all years: an id above this bound is no block of that day.
std::uint64_t highest_possible_block(const Network& network) {
    constexpr Time kGenesis{std::chrono::seconds{1231006505}};
    constexpr std::chrono::minutes kFastest{9};
    if (!network.as_of || *network.as_of < kGenesis) {
        return std::numeric_limits<std::uint64_t>::max();
    }
    return static_cast<std::uint64_t>((*network.as_of - kGenesis) / kFastest);
}

std::uint32_t block_of_youngest_channel(const Network& network) {
    const std::uint64_t limit = highest_possible_block(network);
    std::uint32_t newest = 0;
    for (const Channel& channel : network.channels) {
        if (channel.id.block() <= limit) {
            newest = std::max(newest, channel.id.block());
        }
    }
    return newest;
}

std::optional<double> share_of_silent_policies(const Network& network) {
    if (!network.dates_updates()) {
        return std::nullopt;
    }
    double announced = 0;
    double silent = 0;
    for (const Channel& channel : network.channels) {
        for (const auto& policy : channel.policy) {
            if (policy) {
                const std::optional<Time>& updated = policy->updated ? policy->updated : channel.updated;
                ++announced;
                silent += !updated || *updated + graph::kSilentAfter < *network.as_of ? 1 : 0;
            }
        }
    }
    return announced > 0 ? std::optional(silent / announced) : std::nullopt;
}

} // namespace

DayBetweenness compute_betweenness(const Network& network, unsigned threads) {
    return {.hops = graph::hop_betweenness(graph::hop_graph(network), threads),
            .fee_50k = graph::betweenness(graph::fee_graph(network, kSmallPayment), threads),
            .fee_500k = graph::betweenness(graph::fee_graph(network, kTypicalPayment), threads),
            .fee_5m = graph::betweenness(graph::fee_graph(network, kLargePayment), threads)};
}

DayFacts::DayFacts(Network network_in, Day date_in, DayBetweenness betweenness_in)
    : network(std::move(network_in)), date(date_in), betweenness(std::move(betweenness_in)),
      capacity_sats(capacity_by_node(network)), channel_counts(channels_by_node(network)),
      newest_block(block_of_youngest_channel(network)), silent_share(share_of_silent_policies(network)),
      hops(betweenness.hops), fee_50k(betweenness.fee_50k), fee_500k(betweenness.fee_500k), fee_5m(betweenness.fee_5m),
      capacity(capacity_sats), channels(channel_counts), markets(network, graph::kComparedAmount),
      connectivity(graph::hop_graph(network)) {}

} // namespace mcp::analysis
