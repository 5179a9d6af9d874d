#pragma once
#include "domain/network.hpp"
#include "graph/what_if.hpp"

#include <optional>

namespace mcp::graph {

/// What a node that announced no policy is taken to charge for forwarding. Every answer says where it was assumed.
inline constexpr Ppm kAssumedFeeRate{100};

/// A fee rate, and whether it is only assumed.
struct LikelyFeeRate {
    Ppm rate;
    bool is_assumed; ///< the node announced no policy at all
};

/// What a node would charge on one more channel: the median over its own policies, disabled ones included, rounded to
/// whole ppm; kAssumedFeeRate when it has none.   @complexity O(d log d) for a node of d channels
[[nodiscard]] LikelyFeeRate likely_fee_rate(const domain::Network& network, domain::NodeId node);

/// A channel not yet opened: max_htlc is the capacity, base fees are 0.
struct NewChannel {
    domain::NodeId peer;
    Sat capacity{5'000'000};
    Ppm own_fee_rate = kAssumedFeeRate;
    Ppm peer_fee_rate = kAssumedFeeRate;
};

/// The channel as the network would show it, `node` first (whatever the keys), without an id.
[[nodiscard]] domain::Channel planned(const NewChannel& channel, domain::NodeId node);

/// The question to WhatIf. A direction is left out where the channel could not carry `amount`: it is larger than the
/// capacity, or the fee larger than it.
[[nodiscard]] Opening opening_of(const NewChannel& channel, domain::NodeId node, Msat amount);

/// The question to WhatIf about one channel of `node`: a direction keeps the cheapest usable parallel channel, if any.
/// For a whole relation ask with nothing left: Closing{peer, std::nullopt, std::nullopt}.
/// @pre node is an end of the channel
[[nodiscard]] Closing closing_of(const domain::Network& network, domain::ChannelIx channel, domain::NodeId node,
                                 Msat amount);

} // namespace mcp::graph
