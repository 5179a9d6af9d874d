#include "analysis/alerts/all.hpp"
#include "analysis/own/risks.hpp"
#include "analysis/wording.hpp"

namespace mcp::analysis {

// Silent for 14 days means that LND nodes drop the channel from their graph: its capital earns nothing. Not what the
// node tells to be active, or closed.
std::optional<Finding> stale_channels(const RuleInput& in) {
    const NodeView& view = in.today.view;
    const auto silent = [&](const OwnChannel& channel) {
        return view.silent(channel).value_or(false) && !node_knows_better(view, in.today.own(), channel);
    };
    const std::optional<double> share = capacity_share(view, silent);
    if (!share || *share < in.thresholds.silent_share) {
        return std::nullopt;
    }
    const auto affected = channels_where(view, silent);
    return Finding{.severity = domain::Severity::warning,
                   .title = {"alert.stale_channels.title", {{"share", Share{*share}}}},
                   .description = {"alert.stale_channels.description",
                                   {{"count", static_cast<std::int64_t>(affected.size())},
                                    {"capacity", total_capacity_words(affected)},
                                    {"largest", name_peers(view, affected)}}},
                   .requires_action = true};
}

} // namespace mcp::analysis
