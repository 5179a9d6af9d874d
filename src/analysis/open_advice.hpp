#pragma once
#include "base/clock.hpp"
#include "base/units.hpp"
#include "domain/channel.hpp"

#include <optional>
#include <vector>

namespace mcp::analysis {

/// What a channel to one candidate would add to the weighted betweenness, exactly (graph/what_if).
struct OpenCandidate {
    domain::NodeId peer;
    double arrivals = 0;            ///< from payments that come in from the peer; earn what our other channels charge
    std::vector<double> departures; ///< from payments that go out to it, one for each of OpenAdvice::own_fees
};

inline constexpr std::size_t kOpeningsTried = 30; ///< at every own fee: those that gain most at the usual one

/// The what-if of one node: which new channel would carry most, at several own fees. It depends on node and graph only,
/// so it is computed outside of compose() and may be kept for days.
struct OpenAdvice {
    Sat capacity;
    Msat amount;
    double betweenness_now = 0;
    Ppm usual_fee;                         ///< the node's median fee rate, or kFeeWithoutHabit
    std::vector<Ppm> own_fees;             ///< ascending
    std::vector<OpenCandidate> candidates; ///< best first, by worth()
    std::optional<Day> computed_on = {};   ///< of an advice that was kept since an earlier day; absent: just computed

    /// Routes gained times the fee that each would pay, at the own fee number `fee`: ppm x pairs of nodes, to compare
    /// by.
    [[nodiscard]] double worth(const OpenCandidate& candidate, std::size_t fee) const;
    /// Number of the own fee at which the candidate is worth most; of equal ones the usual fee, else the lowest.
    [[nodiscard]] std::size_t best_fee(const OpenCandidate& candidate) const;
};

} // namespace mcp::analysis
