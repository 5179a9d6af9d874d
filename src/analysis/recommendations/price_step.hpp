#pragma once
#include "analysis/recommendations/building.hpp"

namespace mcp::analysis {

/// A fee moves by a tenth at a time, at least 3 ppm, so that its effect can be seen before the next step (ANALYSIS
/// section 6).
[[nodiscard]] Ppm step_down(Ppm rate);
[[nodiscard]] Ppm step_up(Ppm rate);

/// The relation with the largest capacity for which `is_off` holds of its market, its channel that sets our price, and
/// how many such relations there are.
struct PriceTarget {
    const Relation* relation = nullptr;
    const PeerMarket* market = nullptr;
    const OwnChannel* channel = nullptr; ///< old enough, enabled, with the cheapest own fee rate
    ChannelList all;                     ///< the price-setting channels of every such relation, largest first
};

[[nodiscard]] std::optional<PriceTarget> find_price_target(const RuleInput& in, bool (*is_off)(const PeerMarket&));

} // namespace mcp::analysis
