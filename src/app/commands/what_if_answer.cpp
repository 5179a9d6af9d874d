#include "app/commands/what_if_answer.hpp"

#include <algorithm>
#include <functional>

namespace mcp::app {
namespace {

using domain::Network;
using domain::NodeId;
using graph::WhatIf;

std::vector<NodeId> candidates(const Network& network, const WhatIfQuestion& question, const WhatIf& what_if) {
    if (question.peer) {
        return {*question.peer};
    }
    std::vector<NodeId> found;
    for (NodeId id = 0; id < network.nodes.size(); ++id) {
        if (id != question.node && what_if.active(id)) {
            found.push_back(id);
        }
    }
    return found;
}

bool are_peers(const Network& network, NodeId a, NodeId b) {
    return std::ranges::any_of(network.channels_of(a),
                               [&](domain::ChannelIx ix) { return network.channels[ix].peer_of(a) == b; });
}

std::vector<RankedOpening> ranked(std::vector<RankedOpening> openings, std::size_t top) {
    std::ranges::stable_sort(openings, std::greater<>(), [](const RankedOpening& o) { return o.gain.total(); });
    openings.erase(openings.begin() + static_cast<std::ptrdiff_t>(std::min(top, openings.size())), openings.end());
    return openings;
}

} // namespace

WhatIfAnswer what_if_answer(const Network& network, const WhatIfQuestion& question, unsigned threads) {
    const WhatIf what_if = WhatIf::prepare(graph::fee_graph(network, question.amount), threads);
    const graph::LikelyFeeRate own = graph::likely_fee_rate(network, question.node);
    const Ppm own_fee_rate = question.own_fee_rate.value_or(own.rate);
    std::vector<RankedOpening> openings;
    std::vector<graph::Opening> asked;
    for (const NodeId peer : candidates(network, question, what_if)) {
        const graph::LikelyFeeRate peer_fee = graph::likely_fee_rate(network, peer);
        const graph::NewChannel channel{peer, question.capacity, own_fee_rate, peer_fee.rate};
        asked.push_back(graph::opening_of(channel, question.node, question.amount));
        openings.push_back({peer, {}, peer_fee, are_peers(network, question.node, peer)});
    }
    const std::vector<graph::OpeningGain> gains = what_if.open_gains(question.node, asked);
    for (std::size_t i = 0; i < gains.size(); ++i) {
        openings[i].gain = gains[i];
    }
    return {.question = question,
            .own_fee_rate = own_fee_rate,
            .own_fee_basis = question.own_fee_rate ? FeeBasis::given
                             : own.is_assumed      ? FeeBasis::assumed
                                                   : FeeBasis::median,
            .betweenness_today = what_if.betweenness(question.node),
            .candidates = openings.size(),
            .openings = ranked(std::move(openings), question.top)};
}

} // namespace mcp::app
