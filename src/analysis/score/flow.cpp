#include "analysis/absences.hpp"
#include "analysis/score/all.hpp"

namespace mcp::analysis {
namespace {

/// Capacity share of the announced channels over which anything was forwarded in the week. Nothing without channels.
std::optional<double> share_at_work(const OwnDay& own) {
    double all = 0;
    double at_work = 0;
    for (const OwnPeer& peer : own.peers()) {
        for (const domain::NodeChannel* channel : peer.channels) {
            const auto capacity = static_cast<double>(channel->capacity.value);
            const auto flow = own.week()->channels.find(channel->id);
            const bool worked =
                flow != own.week()->channels.end() && flow->second.forwards_in + flow->second.forwards_out > 0;
            all += capacity;
            at_work += worked ? capacity : 0;
        }
    }
    return all > 0 ? std::optional(at_work / all) : std::nullopt;
}

} // namespace

// How much of the capital worked in the week, and how much of what was tried came about, where the node keeps what did
// not. Few tries prove little: the lower end of the interval counts.
PartResult flow(const NodeDay& day, const OwnDay* own) {
    if (own == nullptr) {
        return {day.own() != nullptr ? needs_node() : day.why_no_own, {"score.absent", {}}};
    }
    if (!own->tells_channels() || !own->week()) {
        return {own->week() ? own->why_without(domain::NodePart::channels) : own->why_no_flow(), {"score.absent", {}}};
    }
    const std::optional<double> at_work = share_at_work(*own);
    if (!at_work) {
        return {node_has_no_channel(), {"score.absent", {}}};
    }
    const FlowTotals& totals = own->week()->totals;
    const std::int64_t tried = totals.forwards + totals.failed.value_or(0);
    if (!totals.failed || tried == 0) {
        return {100 * *at_work, {"score.flow", {{"share", Share{*at_work}}, {"count", totals.forwards}}}, true};
    }
    const double succeeded = wilson_lower(totals.forwards, tried);
    return {100 * *at_work * succeeded,
            {"score.flow_tried",
             {{"share", Share{*at_work}}, {"count", totals.forwards}, {"tried", tried}, {"least", Share{succeeded}}}},
            true};
}

} // namespace mcp::analysis
