#pragma once
#include "analysis/recommendations/building.hpp"

namespace mcp::analysis {

/// A fee moves by a tenth at a time, at least 3 ppm, so that its effect can be seen before the next step (ANALYSIS
/// section 6).
[[nodiscard]] Ppm step_down(Ppm rate);
/// A base fee moves by a tenth, rounded up, where there is no rate left to lower.
[[nodiscard]] Msat step_down(Msat base);
[[nodiscard]] Ppm step_up(Ppm rate);

/// The relation with the largest capacity for which `is_off` holds of its market, its channel that sets our price, and
/// all such channels. A relation whose price is set by a channel that may not be judged is left out.
struct PriceTarget {
    const Relation* relation = nullptr;
    const PeerMarket* market = nullptr;
    const OwnChannel* channel = nullptr; ///< old enough and enabled; its offer is market->own
    ChannelList all;                     ///< the price-setting channels of every such relation, largest first
};

/// @param is_off holds only of markets with a verdict
[[nodiscard]] std::optional<PriceTarget> find_price_target(const RuleInput& in, bool (*is_off)(const PeerMarket&));

} // namespace mcp::analysis
