#include "analysis/alerts/all.hpp"
#include "analysis/wording.hpp"

namespace mcp::analysis {
namespace {

constexpr std::chrono::hours kLongerThan{24};

/// A disabled flag is a policy update with a date of its own, so its age is known from one graph.
bool disabled_for_a_day(const std::optional<domain::Policy>& policy, const std::optional<Time>& as_of) {
    return policy && policy->disabled && policy->updated && as_of && *policy->updated + kLongerThan < *as_of;
}

} // namespace

// A channel that one side disabled cannot be used towards that side: after a day it is no hiccup. Silent ones have
// their own rule.
std::optional<Finding> channel_inactive(const RuleInput& in) {
    const NodeView& view = in.today.view;
    const auto& as_of = view.day().network.as_of;
    const auto inactive = [&](const OwnChannel& channel) {
        return !view.silent(channel).value_or(true) &&
               (disabled_for_a_day(channel.own_policy(), as_of) || disabled_for_a_day(channel.peer_policy(), as_of));
    };
    const std::optional<double> share = capacity_share(view, inactive);
    if (!share || *share < in.thresholds.inactive_share) {
        return std::nullopt;
    }
    const bool grave = *share > in.thresholds.inactive_share_critical;
    const auto affected = channels_where(view, inactive);
    return Finding{.severity = grave ? domain::Severity::critical : domain::Severity::warning,
                   .title = {"alert.channel_inactive.title", {{"share", Share{*share}}}},
                   .description = {"alert.channel_inactive.description",
                                   {{"count", static_cast<std::int64_t>(affected.size())},
                                    {"capacity", total_capacity_words(affected)},
                                    {"largest", name_peers(view, affected)}}},
                   .requires_action = true};
}

} // namespace mcp::analysis
