#pragma once
#include "domain/network.hpp"

#include <cstdint>
#include <optional>

namespace mcp::graph {

/// Fee rates of the market, in ppm, linear between ranks; each direction counts once.
struct FeeRates {
    double p10 = 0;
    double median = 0;
    double p90 = 0;

    bool operator==(const FeeRates&) const = default;
};

/// How many directions (two for each channel) are in the market, and why the others are not.
struct DirectionCounts {
    std::uint64_t in_market = 0;
    std::uint64_t not_announced = 0;
    std::uint64_t disabled = 0;
    std::uint64_t silent = 0;
    std::uint64_t forbidding = 0;

    bool operator==(const DirectionCounts&) const = default;
};

/// The totals of one day's network. What each one means in words: the messages "definition.*".
struct NetworkFacts {
    std::optional<Time> as_of;
    std::uint64_t nodes = 0; ///< announced nodes and those seen only as an end of a channel
    std::uint64_t nodes_with_channels = 0;
    std::uint64_t channels = 0;
    std::uint64_t channels_usable = 0;            ///< graph::is_available
    std::optional<std::uint64_t> channels_silent; ///< graph::is_silent; absent where updates have no dates
    std::uint64_t channels_without_capacity = 0;  ///< the graph does not know it: not in the sum
    Sat capacity;
    Sat capacity_usable;                  ///< of the usable channels
    std::optional<FeeRates> fee_rate_ppm; ///< of the directions in the market; absent when there is none
    DirectionCounts directions;
};

/// @complexity O(n log n) for n directions
[[nodiscard]] NetworkFacts network_facts(const domain::Network& network);

} // namespace mcp::graph
