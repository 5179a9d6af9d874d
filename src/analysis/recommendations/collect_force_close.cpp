#include "analysis/own/risks.hpp"
#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"
#include "analysis/recommendations/onchain_cost.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

constexpr double kImpact = 5.0;

} // namespace

// The time of a close by force is over and the coins are not back: the node sweeps them by itself, unless it is stuck
// at too low a fee.
std::optional<domain::Recommendation> collect_force_close(const RuleInput& in) {
    if (in.today.own() == nullptr) {
        return std::nullopt;
    }
    std::vector<const domain::PendingChannel*> ripe = force_closing(*in.today.own());
    std::erase_if(ripe, [](const auto* channel) {
        return !channel->blocks_left || *channel->blocks_left > 0 || channel->ours == Sat{0};
    });
    if (ripe.empty()) {
        return std::nullopt;
    }
    Sat ours;
    std::vector<PeerAmount> peers;
    for (const domain::PendingChannel* channel : ripe) {
        ours += channel->ours;
        peers.push_back({channel->peer, channel->ours});
    }
    domain::Recommendation advice =
        advise_as_node_tells(in, kImpact, domain::Category::channels, list_closing(ripe.front()->peer));
    advice.title = {"advice.collect_force_close.title", {{"amount", ours}}};
    advice.description = {
        "advice.collect_force_close.description",
        {{"count", static_cast<std::int64_t>(ripe.size())}, {"peers", name_peers(in.today.view, peers)}}};
    advice.suggested_action = {"advice.collect_force_close.action", {}};
    advice.onchain_cost = sweep_cost_untold();
    return advice;
}

} // namespace mcp::analysis
