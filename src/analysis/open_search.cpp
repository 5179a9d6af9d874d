#include "analysis/open_search.hpp"

#include "base/statistics.hpp"
#include "graph/market.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace mcp::analysis {
namespace {

using domain::ChannelIx;
using domain::NodeId;
using graph::Opening;
using graph::OpeningGain;

constexpr std::size_t kAdvised = 5;
constexpr Ppm kFeesTried[] = {Ppm{10}, Ppm{50}, Ppm{100}, Ppm{250}, Ppm{500}, Ppm{1000}};

/// Median fee rate of the node's own directions that are in the market.
std::optional<Ppm> usual_fee(const domain::Network& network, NodeId node) {
    std::vector<double> rates;
    for (const ChannelIx ix : network.channels_of(node)) {
        const domain::Channel& channel = network.channels[ix];
        const domain::Side own = channel.side_of(node);
        if (graph::market_standing(channel, own, network.as_of) == graph::MarketStanding::in_market) {
            rates.push_back(static_cast<double>(channel.policy_of(own)->fee_rate.value));
        }
    }
    std::sort(rates.begin(), rates.end());
    const std::optional<double> median = percentile(rates, 0.5);
    return median ? std::optional(Ppm{std::llround(*median)}) : std::nullopt;
}

std::size_t usable_channels(const domain::Network& network, NodeId node) {
    const auto channels = network.channels_of(node);
    return static_cast<std::size_t>(std::count_if(channels.begin(), channels.end(), [&](ChannelIx ix) {
        return graph::is_available(network.channels[ix], network.as_of);
    }));
}

std::int64_t arc_weight(Ppm fee) {
    return (forwarding_fee(kTypicalPayment, Msat{0}, fee) + graph::kHopCost).value;
}

std::vector<Opening> candidates(const domain::Network& network, const graph::WhatIf& what_if, NodeId node,
                                Ppm own_fee) {
    std::unordered_set<NodeId> excluded{node};
    for (const ChannelIx ix : network.channels_of(node)) {
        excluded.insert(network.channels[ix].peer_of(node));
    }
    std::vector<Opening> openings;
    for (NodeId id = 0; id < network.nodes.size(); ++id) {
        if (excluded.contains(id) || !what_if.in_main_part(id) || usable_channels(network, id) < 2) {
            continue;
        }
        if (const std::optional<Ppm> fee = usual_fee(network, id)) {
            openings.push_back({.peer = id, .weight_out = arc_weight(own_fee), .weight_in = arc_weight(*fee)});
        }
    }
    return openings;
}

/// The openings with the largest gain, best first.
std::vector<Opening> shortlist(const std::vector<Opening>& openings, const std::vector<OpeningGain>& gains) {
    std::vector<std::size_t> order(openings.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return gains[a].total() > gains[b].total(); });
    order.resize(std::min(order.size(), kOpeningsTried));
    std::vector<Opening> best;
    for (const std::size_t i : order) {
        best.push_back(openings[i]);
    }
    return best;
}

std::vector<Ppm> fees_to_try(Ppm own_fee) {
    std::vector<Ppm> fees(std::begin(kFeesTried), std::end(kFeesTried));
    fees.push_back(own_fee);
    std::sort(fees.begin(), fees.end());
    fees.erase(std::unique(fees.begin(), fees.end()), fees.end());
    return fees;
}

/// Gains of each of `openings` at every fee of the advice, in one question.
std::vector<OpenCandidate> at_every_fee(const OpenAdvice& advice, const graph::WhatIf& what_if, NodeId node,
                                        const std::vector<Opening>& openings, const Stop& stop) {
    std::vector<Opening> questions;
    for (Opening opening : openings) {
        for (const Ppm fee : advice.own_fees) {
            opening.weight_out = arc_weight(fee);
            questions.push_back(opening);
        }
    }
    const std::vector<OpeningGain> answers = what_if.open_gains(node, questions, stop);
    std::vector<OpenCandidate> candidates;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (i % advice.own_fees.size() == 0) {
            candidates.push_back({.peer = answers[i].peer, .arrivals = answers[i].arrivals, .departures = {}});
        }
        candidates.back().departures.push_back(answers[i].departures);
    }
    return candidates;
}

} // namespace

OpenAdvice search_openings(const DayFacts& day, const graph::WhatIf& what_if, NodeId node, const Stop& stop) {
    const Ppm own_fee = usual_fee(day.network, node).value_or(kFeeWithoutHabit);
    OpenAdvice advice{.capacity = kOpeningCapacity,
                      .amount = kTypicalPayment,
                      .betweenness_now = day.betweenness.fee_500k[node],
                      .usual_fee = own_fee,
                      .own_fees = fees_to_try(own_fee),
                      .candidates = {}};
    const std::vector<Opening> openings = candidates(day.network, what_if, node, own_fee);
    const std::vector<Opening> best = shortlist(openings, what_if.open_gains(node, openings, stop));
    advice.candidates = at_every_fee(advice, what_if, node, best, stop);
    const auto most = [&](const OpenCandidate& candidate) {
        return advice.worth(candidate, advice.best_fee(candidate));
    };
    std::stable_sort(advice.candidates.begin(), advice.candidates.end(),
                     [&](const OpenCandidate& a, const OpenCandidate& b) { return most(a) > most(b); });
    advice.candidates.resize(std::min(advice.candidates.size(), kAdvised));
    return advice;
}

} // namespace mcp::analysis
