#include "analysis/absences.hpp"
#include "analysis/score/all.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

constexpr double kConcentrationPenalty = 60;   // all capacity with one peer
constexpr double kHarmlessConcentration = 0.1; // ten equal peers
constexpr double kCutOffPenalty = 40;

} // namespace

// What the loss of one peer would cost: capital in one hand, or the only way to the rest of the network.
PartResult risk(const NodeDay& day) {
    if (day.view.channels().empty()) {
        return {no_channels_to_measure(), {"score.absent", {}}};
    }
    if (!day.concentration) {
        return {unknown_capacity(), {"score.absent", {}}};
    }
    const double excess = std::max(0.0, *day.concentration - kHarmlessConcentration) / (1 - kHarmlessConcentration);
    const double cut_off = day.cutting_peers.empty() ? 0 : kCutOffPenalty;
    const double value = 100 - kConcentrationPenalty * excess - cut_off;
    return {
        value,
        {"score.risk",
         {{"hhi", Decimal{*day.concentration, 2}}, {"cutting", static_cast<std::int64_t>(day.cutting_peers.size())}}}};
}

} // namespace mcp::analysis
