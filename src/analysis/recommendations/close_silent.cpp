#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"
#include "analysis/recommendations/onchain_cost.hpp"

namespace mcp::analysis {
namespace {

constexpr int kGivenUpDays = 30; // hardly any is heard again: docs/design/calibration.md

} // namespace

// Capital locked with a peer that has been silent for a month earns nothing and will hardly come back by itself.
std::optional<domain::Recommendation> close_silent(const RuleInput& in) {
    const NodeView& view = in.today.view;
    const ChannelList silent = channels_where(view, [&](const OwnChannel& channel) {
        return old_enough(channel) && view.days_since(channel.channel->updated).value_or(0) >= kGivenUpDays;
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
    advice.suggested_action = {"advice.close_silent.action",
                               {{"peer", display_name(view.peer(leading_channel(silent).peer))}}};
    tell_force_close_cost(advice, in);
    return advice;
}

} // namespace mcp::analysis
