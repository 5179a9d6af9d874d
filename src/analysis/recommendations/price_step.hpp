#pragma once
#include "analysis/recommendations/building.hpp"

namespace mcp::analysis {

/// A fee moves by a tenth at a time, at least 3 ppm, so that its effect can be seen before the next step (ANALYSIS
/// section 6).
[[nodiscard]] Ppm step_down(Ppm rate);
/// A base fee moves by a tenth, rounded up, where there is no rate left to lower.
[[nodiscard]] Msat step_down(Msat base);
[[nodiscard]] Ppm step_up(Ppm rate);

/// The relation with the largest capacity for which `is_off` holds of its price, its channel that sets our price, and
/// all such channels. A relation whose price is set by a channel that may not be judged is left out.
struct PriceTarget {
    const Relation* relation = nullptr;
    const PeerMarket* market = nullptr;
    const OwnChannel* channel = nullptr; ///< old enough and enabled; its offer is market->own
    const OwnPeer* peer = nullptr;       ///< as the node tells it; nothing: the market alone judged
    Msat base;                           ///< that the node itself asks, else as the graph tells it
    Ppm rate;
    ChannelList all; ///< the price-setting channels of every such relation, largest first
};

/// A price before a verdict: the market, and what the node itself tells of the peer.
struct PriceAsked {
    const PeerMarket& market;
    const OwnDay* own;   ///< nothing: the node does not tell its channels, the market alone is to judge
    const OwnPeer* peer; ///< nothing: not told, or no open channel with it
};

/// Where the node tells, a price that has not stood for a week is left out: its effect is still to be seen.
/// @param is_off holds only of markets with a verdict
[[nodiscard]] std::optional<PriceTarget> find_price_target(const RuleInput& in, bool (*is_off)(const PriceAsked&));

// Where the node tells its balances, a price is judged by how the channel fills (ANALYSIS section 6). The market is
// then no more than a bound.
inline constexpr double kUpperThird = 0.65; ///< of the market's capacity is cheaper: no raise above, no cut below
/// Drained by what was forwarded over it in the week, and cheaper than that.
[[nodiscard]] bool drains_too_cheaply(const PriceAsked& price);
/// Full, dearer than that, and nothing left over it in the week.
[[nodiscard]] bool idles_too_dearly(const PriceAsked& price);

} // namespace mcp::analysis
