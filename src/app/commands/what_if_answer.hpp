#pragma once
#include "domain/network.hpp"
#include "graph/new_channel.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace mcp::app {

/// Where the own fee rate of a planned channel comes from.
enum class FeeBasis { given, median, assumed };

struct WhatIfQuestion {
    domain::NodeId node;
    std::optional<domain::NodeId> peer; ///< absent: every node with a direction that can carry the amount
    Sat capacity;
    Msat amount;
    std::optional<Ppm> own_fee_rate; ///< absent: likely_fee_rate of the node
    std::size_t top;                 ///< how many of the best to keep
};

/// One peer and what a channel to it would gain.
struct RankedOpening {
    domain::NodeId peer;
    graph::OpeningGain gain;
    graph::LikelyFeeRate peer_fee;
    bool is_peer_already;
};

struct WhatIfAnswer {
    WhatIfQuestion question;
    Ppm own_fee_rate;
    FeeBasis own_fee_basis;
    double betweenness_today;
    std::size_t candidates;              ///< how many peers were compared
    std::vector<RankedOpening> openings; ///< the best first; of equal gains the first in the graph
};

/// @pre the peer, if any, is not the node   @param threads 1 or more   @complexity that of WhatIf::prepare
[[nodiscard]] WhatIfAnswer what_if_answer(const domain::Network& network, const WhatIfQuestion& question,
                                          unsigned threads);

} // namespace mcp::app
