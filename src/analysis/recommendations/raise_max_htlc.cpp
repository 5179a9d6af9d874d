#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"

namespace mcp::analysis {
namespace {

constexpr double kFarBelow = 0.25;     // of the capacity
constexpr double kWholeChannel = 0.99; // what LND itself announces: the reserve stays out

bool capped_far_below_capacity(const OwnChannel& channel) {
    const auto& policy = channel.own_policy();
    return old_enough(channel) && NodeView::enabled_both_ways(channel) && policy->max_htlc &&
           channel.channel->capacity &&
           static_cast<double>(policy->max_htlc->value) < kFarBelow * 1000 * channel.capacity_sats();
}

} // namespace

// A low max_htlc hides most of a channel from larger payments. Some operators want that; then this advice is to be
// ignored.
std::optional<domain::Recommendation> raise_max_htlc(const RuleInput& in) {
    const NodeView& view = in.today.view;
    const ChannelList capped = channels_where(view, capped_far_below_capacity);
    if (capped.empty()) {
        return std::nullopt;
    }
    const OwnChannel& first = leading_channel(capped);
    const Msat whole{static_cast<std::int64_t>(kWholeChannel * 1000 * first.capacity_sats())};
    domain::Recommendation advice =
        advise_on(in, capped, 0.25, domain::Category::performance, set_max_htlc(view, first, whole));
    advice.title = {"advice.raise_max_htlc.title", {{"count", static_cast<std::int64_t>(capped.size())}}};
    advice.description = {"advice.raise_max_htlc.description",
                          {{"peer", display_name(view.peer(first.peer))},
                           {"max", to_sat_floor(*first.own_policy()->max_htlc)},
                           {"capacity", *first.channel->capacity}}};
    advice.suggested_action = {"advice.raise_max_htlc.action", {{"max", to_sat_floor(whole)}}};
    return advice;
}

} // namespace mcp::analysis
