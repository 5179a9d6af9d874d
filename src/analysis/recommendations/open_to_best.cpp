#include "analysis/open_advice.hpp"
#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"

#include <algorithm>
#include <cmath>

namespace mcp::analysis {
namespace {

/// Position of the own fee at which fee x gain is largest.
std::size_t best_fee(const OpenAdvice& advice, const OpenCandidate& candidate) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < advice.own_fees.size(); ++i) {
        const auto worth = [&](std::size_t k) {
            return static_cast<double>(advice.own_fees[k].value) * candidate.gains[k];
        };
        best = worth(i) > worth(best) ? i : best;
    }
    return best;
}

std::vector<Message> gains_by_fee(const OpenAdvice& advice, const OpenCandidate& candidate) {
    std::vector<Message> list;
    for (std::size_t i = 0; i < advice.own_fees.size(); ++i) {
        list.push_back(
            {"advice.open_to_best.gain",
             {{"fee", advice.own_fees[i]}, {"gain", static_cast<std::int64_t>(std::llround(candidate.gains[i]))}}});
    }
    return list;
}

} // namespace

// The exact what-if, best by fee x gain: not "the biggest hub", which on a real graph found none of the best gain for
// two nodes of three.
std::optional<domain::Recommendation> open_to_best(const RuleInput& in) {
    if (in.open_advice == nullptr || in.open_advice->candidates.empty()) {
        return std::nullopt;
    }
    const OpenAdvice& what_if = *in.open_advice;
    const OpenCandidate& best = what_if.candidates.front();
    const std::size_t fee = best_fee(what_if, best);
    const double gain = best.gains[fee];
    if (gain < 1) {
        return std::nullopt;
    }
    const NodeView& view = in.today.view;
    const domain::Node& peer = view.peer(best.peer);
    const double growth = what_if.betweenness_now > 0 ? gain / what_if.betweenness_now : 1;
    const double impact =
        std::round(10 * std::min(6.0, 6 * growth)) / 10; // an opening costs coins: never above an outage
    domain::Recommendation advice =
        advise_node(in, impact, domain::Category::channels, open_channel(peer, what_if.capacity));
    advice.title = {"advice.open_to_best.title", {{"peer", display_name(peer)}}};
    advice.description = {"advice.open_to_best.description",
                          {{"gain", static_cast<std::int64_t>(std::llround(gain))},
                           {"now", static_cast<std::int64_t>(std::llround(what_if.betweenness_now))},
                           {"fee", what_if.own_fees[fee]},
                           {"amount", to_sat_floor(what_if.amount)},
                           {"capacity", what_if.capacity},
                           {"fees", gains_by_fee(what_if, best)}}};
    advice.suggested_action = {
        "advice.open_to_best.action",
        {{"peer", display_name(peer)}, {"capacity", what_if.capacity}, {"fee", what_if.own_fees[fee]}}};
    return advice;
}

} // namespace mcp::analysis
