#include "analysis/absences.hpp"
#include "analysis/score/all.hpp"

namespace mcp::analysis {

// Capacity that could be used in both directions today, as the network sees it.
PartResult availability(const NodeDay& day) {
    const NodeView& view = day.view;
    if (!view.dated()) {
        return {no_update_dates(view.day().network), {"score.absent", {}}};
    }
    const std::optional<double> share = capacity_share(view, [&](const OwnChannel& channel) {
        return NodeView::enabled_both_ways(channel) && !view.silent(channel).value_or(true);
    });
    if (!share) {
        return {view.channels().empty() ? no_channels_to_measure() : unknown_capacity(), {"score.absent", {}}};
    }
    return {100 * *share, {"score.availability", {{"share", Share{*share}}}}};
}

} // namespace mcp::analysis
