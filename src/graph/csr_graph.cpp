#include "graph/csr_graph.hpp"

#include <algorithm>
#include <tuple>

namespace mcp::graph {
namespace {

using domain::Channel;
using domain::Side;

void drop_loops_and_dearer_parallels(std::vector<Arc>& arcs) {
    std::erase_if(arcs, [](const Arc& arc) { return arc.from == arc.to; });
    std::sort(arcs.begin(), arcs.end(), [](const Arc& a, const Arc& b) {
        return std::tie(a.from, a.to, a.weight) < std::tie(b.from, b.to, b.weight);
    });
    const auto same_ends = [](const Arc& a, const Arc& b) { return a.from == b.from && a.to == b.to; };
    arcs.erase(std::unique(arcs.begin(), arcs.end(), same_ends), arcs.end());
}

} // namespace

CsrGraph CsrGraph::build(std::uint32_t vertices, std::vector<Arc> arcs) {
    drop_loops_and_dearer_parallels(arcs);
    CsrGraph graph;
    graph.first.assign(vertices + 1, 0);
    graph.target.reserve(arcs.size());
    graph.weight.reserve(arcs.size());
    for (const Arc& arc : arcs) {
        ++graph.first[arc.from + 1];
        graph.target.push_back(arc.to);
        graph.weight.push_back(arc.weight);
    }
    for (std::uint32_t v = 0; v < vertices; ++v) {
        graph.first[v + 1] += graph.first[v];
    }
    return graph;
}

CsrGraph CsrGraph::reversed() const {
    std::vector<Arc> arcs;
    arcs.reserve(target.size());
    for (Vertex v = 0; v < vertices(); ++v) {
        for (std::uint32_t k = first[v]; k < first[v + 1]; ++k) {
            arcs.push_back({target[k], v, weight[k]});
        }
    }
    return build(vertices(), std::move(arcs));
}

CsrGraph hop_graph(const domain::Network& network) {
    std::vector<Arc> arcs;
    arcs.reserve(2 * network.channels.size());
    for (const Channel& channel : network.channels) {
        arcs.push_back({channel.node[0], channel.node[1], 1});
        arcs.push_back({channel.node[1], channel.node[0], 1});
    }
    return CsrGraph::build(static_cast<std::uint32_t>(network.nodes.size()), std::move(arcs));
}

std::optional<std::int64_t> arc_weight(const Channel& channel, Side side, Msat amount) {
    if (!usable(channel, side, amount)) {
        return std::nullopt;
    }
    const domain::Policy& policy = *channel.policy_of(side);
    return (forwarding_fee(amount, policy.base_fee, policy.fee_rate) + kHopCost).value;
}

CsrGraph fee_graph(const domain::Network& network, Msat amount) {
    std::vector<Arc> arcs;
    arcs.reserve(2 * network.channels.size());
    for (const Channel& channel : network.channels) {
        for (const Side side : {Side::node1, Side::node2}) {
            if (const std::optional<std::int64_t> weight = arc_weight(channel, side, amount)) {
                arcs.push_back({channel.end(side), channel.end(other(side)), *weight});
            }
        }
    }
    return CsrGraph::build(static_cast<std::uint32_t>(network.nodes.size()), std::move(arcs));
}

} // namespace mcp::graph
