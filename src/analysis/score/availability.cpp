#include "analysis/absences.hpp"
#include "analysis/own/figures.hpp"
#include "analysis/score/all.hpp"

namespace mcp::analysis {

namespace {

/// How much of the time the peer was there, as long as the node has counted; all of it where it has not.
double online_share(const domain::NodeChannel& channel) {
    if (!channel.watched || !channel.online || channel.watched->count() == 0 || *channel.online > *channel.watched) {
        return 1;
    }
    return static_cast<double>(channel.online->count()) / static_cast<double>(channel.watched->count());
}

/// Capacity that can be used now, less the time that its peers and the node itself were away.
PartResult as_node_tells(const NodeDay& day, const OwnDay& own) {
    double all = 0;
    double usable = 0;
    for (const domain::NodeChannel& channel : own.node().channels) {
        const auto capacity = static_cast<double>(channel.capacity.value);
        all += capacity;
        usable += channel.is_active ? capacity * online_share(channel) : 0;
    }
    if (!(all > 0)) {
        return {node_has_no_channel(), {"score.absent", {}}};
    }
    const domain::Figure<double> up = uptime(day);
    const double share = usable / all;
    if (!up) {
        return {100 * share, {"score.availability_node", {{"share", Share{share}}}}, true};
    }
    return {
        100 * share * *up, {"score.availability_node_watched", {{"share", Share{share}}, {"up", Share{*up, 1}}}}, true};
}

} // namespace

// Capacity that could be used in both directions today: as the node itself says, else as the network sees it.
PartResult availability(const NodeDay& day, const OwnDay* own) {
    if (own != nullptr && own->tells_the_moment()) {
        return as_node_tells(day, *own);
    }
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
