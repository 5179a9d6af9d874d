#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"

namespace mcp::analysis {

// Our side says "disabled" while the peer's says "enabled": usually a flag forgotten after maintenance.
std::optional<domain::Recommendation> enable_own_side(const RuleInput& in) {
    const NodeView& view = in.today.view;
    const ChannelList held_back = channels_where(view, [&](const OwnChannel& channel) {
        return old_enough(channel) && !view.silent(channel).value_or(true) && channel.own_policy() &&
               channel.own_policy()->disabled && channel.peer_policy() && !channel.peer_policy()->disabled;
    });
    if (held_back.empty()) {
        return std::nullopt;
    }
    domain::Recommendation advice =
        advise_on(in, held_back, 0.9, domain::Category::channels, enable_again(view, leading_channel(held_back)));
    advice.title = {"advice.enable_own_side.title", {{"count", static_cast<std::int64_t>(held_back.size())}}};
    advice.description = {"advice.enable_own_side.description",
                          {{"capacity", total_capacity_words(held_back)}, {"largest", name_peers(view, held_back)}}};
    advice.suggested_action = {"advice.enable_own_side.action",
                               {{"peer", display_name(view.peer(leading_channel(held_back).peer))}}};
    return advice;
}

} // namespace mcp::analysis
