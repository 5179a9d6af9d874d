#include "analysis/own/mismatches.hpp"
#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"

namespace mcp::analysis {
namespace {

/// Sets inbound fees only where it is these that differ: before 0.18, LND has none.
Commands command_for(const NodeView& view, const PolicyMismatch& one) {
    return one.inbound ? set_fee(view, *one.channel, one.asked)
                       : set_fee(view, *one.channel, one.asked.base, one.asked.rate);
}

} // namespace

// The node asks one price, the network knows another: setting it again announces it anew.
std::optional<domain::Recommendation> announce_price(const RuleInput& in) {
    const std::vector<PolicyMismatch> mismatches = policy_mismatches(in.today);
    if (mismatches.empty()) {
        return std::nullopt;
    }
    const NodeView& view = in.today.view;
    ChannelList channels;
    for (const PolicyMismatch& one : mismatches) {
        channels.push_back(one.channel);
    }
    const PolicyMismatch& first = mismatches.front();
    domain::Recommendation advice = advise_on(in, channels, 0.6, domain::Category::fees, command_for(view, first));
    const std::string peer = display_name(view.peer(first.channel->peer));
    advice.confidence = {"confidence.node", {}};
    advice.title = {"advice.announce_price.title", {{"count", static_cast<std::int64_t>(channels.size())}}};
    advice.description = {"advice.announce_price.description", {{"largest", name_peers(view, channels)}}};
    const bool is_lnd = in.today.own()->node().kind == domain::NodeKind::lnd; // only its command names the time lock
    advice.suggested_action = {is_lnd ? "advice.announce_price.action_lnd" : "advice.announce_price.action",
                               {{"peer", peer}, {"asked", asked_words(first)}}};
    return advice;
}

} // namespace mcp::analysis
