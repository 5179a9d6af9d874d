#pragma once
#include "analysis/rule_input.hpp"
#include "domain/report.hpp"

namespace mcp::analysis {

// Virtual bytes of what an advice puts on the chain; derived in docs/design/figures.md from BOLT 3 and LND's sizes.
inline constexpr std::int64_t kOpeningVbytes = 153;     ///< one input of the wallet, the channel, change
inline constexpr std::int64_t kFurtherInputVbytes = 68; ///< for each further input
inline constexpr std::int64_t kForceCloseVbytes = 403;  ///< commitment with anchors, and the sweep of our side of it

/// Tells in the advice what the opening costs at today's on-chain fees; to wait when they are dear. Says nothing where
/// the fees are unknown: the cost is absent then, with the reason.
void tell_opening_cost(domain::Recommendation& advice, const RuleInput& in);

/// The same of closing one channel by force.
void tell_force_close_cost(domain::Recommendation& advice, const RuleInput& in);

/// What a sweep pays depends on what it collects and at which fee, which nobody tells.
[[nodiscard]] domain::Absence sweep_cost_untold();
/// What a payment to the node's wallet costs, the wallet knows that it comes from.
[[nodiscard]] domain::Absence sending_cost_untold();

} // namespace mcp::analysis
