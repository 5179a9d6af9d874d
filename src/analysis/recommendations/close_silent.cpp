#include "analysis/own/risks.hpp"
#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"
#include "analysis/recommendations/onchain_cost.hpp"

namespace mcp::analysis {
namespace {

constexpr int kGivenUpDays = 30; // hardly any is heard again: docs/design/calibration.md

/// Nobody closes by force what the node itself can use, does not list, or has payments under way on.
bool is_left_alone(const RuleInput& in, const OwnChannel& channel) {
    const OwnDay* own = in.today.own();
    if (node_knows_better(in.today.view, own, channel)) {
        return true;
    }
    const domain::NodeChannel* told = own != nullptr ? own->told(channel) : nullptr;
    return told != nullptr && !told->htlcs.empty();
}

} // namespace

// Capital locked with a peer that has been silent for a month earns nothing and will hardly come back by itself. The
// graph alone judges by gossip, which a channel that works may lack: where the node tells, it has the last word.
std::optional<domain::Recommendation> close_silent(const RuleInput& in) {
    const NodeView& view = in.today.view;
    const ChannelList silent = channels_where(view, [&](const OwnChannel& channel) {
        return old_enough(channel) && view.days_since(channel.channel->updated).value_or(0) >= kGivenUpDays &&
               !is_left_alone(in, channel);
    });
    if (silent.empty()) {
        return std::nullopt;
    }
    domain::Recommendation advice =
        advise_on(in, silent, 1.0, domain::Category::channels, close_channel(view, leading_channel(silent), true));
    advice.title = {"advice.close_silent.title", {{"capacity", total_capacity_words(silent)}}};
    advice.description = {"advice.close_silent.description",
                          {{"count", static_cast<std::int64_t>(silent.size())},
                           {"days", std::int64_t{kGivenUpDays}},
                           {"largest", name_peers(view, silent)}}};
    const OwnChannel& first = leading_channel(silent);
    const bool is_told = in.today.own() != nullptr && in.today.own()->told(first) != nullptr;
    advice.suggested_action = {is_told ? "advice.close_silent.action_node" : "advice.close_silent.action",
                               {{"peer", display_name(view.peer(first.peer))}}};
    tell_force_close_cost(advice, in);
    return advice;
}

} // namespace mcp::analysis
