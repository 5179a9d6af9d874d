#pragma once
#include "base/statistics.hpp"
#include "domain/network.hpp"

#include <optional>
#include <vector>

namespace mcp::graph {

/// What a node's own channels and policies add up to, unfiltered, as publishers of node rankings print it: disabled
/// policies and forbidding fees included. For judging fees take the market figures (graph/fee_market.hpp) instead.
struct NodeFigures {
    std::uint32_t channels = 0;
    Sat capacity;                        ///< sum of the capacities that the graph knows
    std::optional<Spread> channel_sats;  ///< sizes; absent without a channel of known capacity
    std::optional<Spread> base_fee_msat; ///< over the node's own policies; absent when it announced none
    std::optional<Spread> fee_rate_ppm;  ///< over the node's own policies; absent when it announced none

    bool operator==(const NodeFigures&) const = default;
};

/// @complexity O(d log d) for a node of d channels
[[nodiscard]] NodeFigures node_figures(const domain::Network& network, domain::NodeId node);

} // namespace mcp::graph
