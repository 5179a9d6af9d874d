#pragma once
#include "domain/network.hpp"

#include <chrono>
#include <optional>

namespace mcp::graph {

/// LND prunes a channel whose newer update is older than this; ages are measured from the graph's own date.
inline constexpr std::chrono::days kSilentAfter{14};

/// Fee rates from here on say "please do not use", not what forwarding costs.
inline constexpr Ppm kFirstForbiddingRate{5000};

/// Whether one direction of a channel belongs into market figures, and if not, the first reason why.
enum class MarketStanding { in_market, not_announced, disabled, silent, forbidding };

/// The cleaning of all market figures: announced, enabled, its own update not older than kSilentAfter, and below
/// kFirstForbiddingRate. In an undated graph (or for a policy without a date) age excludes nothing.
/// @param as_of the graph's own date
[[nodiscard]] MarketStanding market_standing(const domain::Channel& channel, domain::Side side,
                                             std::optional<Time> as_of);

/// True when the newer of the two updates is older than kSilentAfter: nobody tends the channel any more.
/// @return nothing when the graph or the channel has no dates
[[nodiscard]] std::optional<bool> is_silent(const domain::Channel& channel, std::optional<Time> as_of);

/// True when both directions are announced and enabled and the channel is not known to be silent.
[[nodiscard]] bool is_available(const domain::Channel& channel, std::optional<Time> as_of);

} // namespace mcp::graph
