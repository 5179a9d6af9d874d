#pragma once
#include "base/units.hpp"
#include "domain/channel.hpp"

#include <vector>

namespace mcp::analysis {

/// What a channel to one candidate would add, exactly (graph/what_if).
struct OpenCandidate {
    domain::NodeId peer;
    std::vector<double> gains; ///< weighted betweenness gained, one for each of OpenAdvice::own_fees
};

/// The what-if of one node: which new channel would carry most, at several own fees. It depends on node and graph only,
/// so it is computed outside of compose() and may be kept for days.
struct OpenAdvice {
    Sat capacity;
    Msat amount;
    double betweenness_now = 0;
    std::vector<Ppm> own_fees;             ///< ascending
    std::vector<OpenCandidate> candidates; ///< best first, by fee x gain
};

} // namespace mcp::analysis
