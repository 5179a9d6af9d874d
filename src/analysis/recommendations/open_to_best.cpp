#include "analysis/open_advice.hpp"
#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"
#include "analysis/recommendations/onchain_cost.hpp"

#include <algorithm>
#include <cmath>

namespace mcp::analysis {
namespace {

std::int64_t whole(double routes) {
    return std::llround(routes);
}

/// "up to 250 ppm +1,200, up to 1,000 ppm +300": fees that gain the same are told once, by the dearest; those that gain
/// nothing are left out.
std::vector<Message> departures_by_fee(const OpenAdvice& advice, const OpenCandidate& candidate) {
    std::vector<Message> list;
    for (std::size_t fee = 0; fee < advice.own_fees.size(); ++fee) {
        const std::int64_t gain = whole(candidate.departures[fee]);
        const bool next_is_same = fee + 1 < advice.own_fees.size() && whole(candidate.departures[fee + 1]) == gain;
        if (gain > 0 && !next_is_same) {
            list.push_back({"advice.open_to_best.gain", {{"fee", advice.own_fees[fee]}, {"gain", gain}}});
        }
    }
    return list.empty() ? std::vector<Message>{{"advice.open_to_best.no_gain", {}}} : list;
}

std::vector<Message> graph_of(const OpenAdvice& advice) {
    return advice.computed_on ? std::vector<Message>{{"advice.open_to_best.of_day", {{"day", *advice.computed_on}}}}
                              : std::vector<Message>{{"advice.open_to_best.of_today", {}}};
}

} // namespace

// The exact what-if, best by fee x gain: not "the biggest hub", which on a real graph found none of the best gain for
// two nodes of three.
std::optional<domain::Recommendation> open_to_best(const RuleInput& in) {
    if (in.open_advice == nullptr || in.open_advice->candidates.empty() || in.today.position_refused) {
        return std::nullopt;
    }
    const OpenAdvice& what_if = *in.open_advice;
    const OpenCandidate& best = what_if.candidates.front();
    const std::size_t fee = what_if.best_fee(best);
    const double gain = best.arrivals + best.departures[fee];
    if (gain < 1) {
        return std::nullopt;
    }
    const NodeView& view = in.today.view;
    const domain::Node& peer = view.peer(best.peer);
    const double growth = what_if.betweenness_now > 0 ? gain / what_if.betweenness_now : 1;
    const double impact =
        std::round(10 * std::min(6.0, 6 * growth)) / 10; // an opening costs coins: never above an outage
    const Ppm own_fee = what_if.own_fees[fee];
    domain::Recommendation advice =
        advise_node(in, impact, domain::Category::channels, open_channel(peer, what_if.capacity, own_fee));
    advice.title = {"advice.open_to_best.title", {{"peer", display_name(peer)}}};
    advice.description = {"advice.open_to_best.description",
                          {{"tried", static_cast<std::int64_t>(kOpeningsTried)},
                           {"usual", what_if.usual_fee},
                           {"gain", whole(gain)},
                           {"now", whole(what_if.betweenness_now)},
                           {"amount", to_sat_floor(what_if.amount)},
                           {"capacity", what_if.capacity},
                           {"arrivals", whole(best.arrivals)},
                           {"departures", departures_by_fee(what_if, best)},
                           {"graph", graph_of(what_if)}}};
    advice.suggested_action = {peer.address.empty() ? "advice.open_to_best.action_without_address"
                                                    : "advice.open_to_best.action",
                               {{"peer", display_name(peer)}, {"capacity", what_if.capacity}, {"fee", own_fee}}};
    tell_opening_cost(advice, in);
    return advice;
}

} // namespace mcp::analysis
