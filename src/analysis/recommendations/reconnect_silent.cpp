#include "analysis/own/risks.hpp"
#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"

namespace mcp::analysis {
namespace {

constexpr int kGivenUpDays = 30;

} // namespace

// Silent for two weeks but not for a month: the peer may only have lost our address. Where the node tells that the
// channel is active, both are connected already.
std::optional<domain::Recommendation> reconnect_silent(const RuleInput& in) {
    const NodeView& view = in.today.view;
    const ChannelList silent = channels_where(view, [&](const OwnChannel& channel) {
        return old_enough(channel) && view.silent(channel).value_or(false) &&
               view.days_since(channel.channel->updated).value_or(kGivenUpDays) < kGivenUpDays &&
               !node_knows_better(view, in.today.own(), channel);
    });
    if (silent.empty()) {
        return std::nullopt;
    }
    const domain::Node& peer = view.peer(leading_channel(silent).peer);
    domain::Recommendation advice = advise_on(in, silent, 0.8, domain::Category::channels, connect(peer));
    advice.title = {"advice.reconnect_silent.title", {{"capacity", total_capacity_words(silent)}}};
    advice.description = {"advice.reconnect_silent.description",
                          {{"count", static_cast<std::int64_t>(silent.size())}, {"largest", name_peers(view, silent)}}};
    advice.suggested_action = {lacks_address(in, peer) ? "advice.reconnect_silent.action_without_address"
                                                       : "advice.reconnect_silent.action",
                               {{"peer", display_name(peer)}}};
    return advice;
}

} // namespace mcp::analysis
