#pragma once
#include "base/clock.hpp"
#include "base/units.hpp"

namespace mcp::analysis {

/// The settings of the rules. Defaults are calibrated on real days so that a rule newly fires for 1 % of the nodes with
/// five channels or more at most: docs/design/calibration.md shows the share of each.
struct Thresholds {
    double inactive_share = 0.25;           ///< of capacity disabled for more than a day: warning
    double inactive_share_critical = 0.5;   ///< critical
    double silent_share = 0.25;             ///< of capacity in silent channels
    double capacity_drop = 0.10;            ///< of capacity since yesterday
    double fee_spread = 1000;               ///< own p90 / p10
    std::size_t fee_spread_channels = 5;    ///< fewer say nothing about spread
    double out_of_market_share = 0.5;       ///< of capacity priced above the p95 of the market into its peers
    double betweenness_fall = 0.5;          ///< relative, in a week (or the longest history below)
    double betweenness_min_percentile = 75; ///< of the carriers: below it a fall is noise
    std::size_t few_peers = 3;
    double low_side = 0.10;  ///< of all balances on one side: it runs out
    double low_reach = 0.25; ///< of the capacity with reachable peers that a usual forward could pass
};

} // namespace mcp::analysis
