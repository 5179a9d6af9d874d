#pragma once
#include "analysis/day_facts.hpp"
#include "analysis/open_advice.hpp"
#include "graph/what_if.hpp"

namespace mcp::analysis {

/// What the advice assumes of a new channel; repeated in the report.
inline constexpr Sat kOpeningCapacity{5'000'000};
inline constexpr Ppm kFeeWithoutHabit{100}; ///< own fee of a node that has no policy yet

/// Which openings would carry most for one node, exactly, at several own fees.
/// Candidates: every node that is not a peer yet, has two usable channels or more and an own fee below 5000 ppm (its
/// median; base fee taken as 0), and is in the main part of the fee graph (WhatIf::in_main_part): joining an island, or
/// a node that nobody can pay today, would win all pairs with it, which nobody pays.
/// The kOpeningsTried that gain most at the node's own median fee are tried at the other fees; order of the result by
/// OpenAdvice::worth().
/// @param what_if prepared on the fee graph of kTypicalPayment of the same network
/// @complexity seconds for a graph of 13,000 nodes; depends on node and graph only
/// @param stop once it says so, the answer comes soon and is worth nothing
[[nodiscard]] OpenAdvice search_openings(const DayFacts& day, const graph::WhatIf& what_if, domain::NodeId node,
                                         const Stop& stop = {});

} // namespace mcp::analysis
