#pragma once
#include "analysis/node_day.hpp"
#include "domain/report.hpp"

/// The contract's figures that only the node itself knows, each absent with its reason where it did not tell it.
namespace mcp::analysis {

struct OwnBalances {
    domain::Figure<Msat> local;
    domain::Figure<Msat> remote;
    domain::Figure<Msat> unsettled_local;
    domain::Figure<Msat> unsettled_remote;

    /// local / (local + remote)
    [[nodiscard]] domain::Figure<double> ratio() const;
};

[[nodiscard]] OwnBalances own_balances(const NodeDay& day);

/// Of the day before the report's, and of the seven days before it when all of them were told.
[[nodiscard]] domain::ForwardingMetrics forwarding_metrics(const NodeDay& day);

/// Forwards per hour of the day before the report's.
[[nodiscard]] domain::Figure<double> forwarding_rate(const NodeDay& day);
[[nodiscard]] double forwards_per_hour(const domain::NodeDayFlow& flow);

/// Share of the day before the report's in which the node could be reached. Absent when it was watched for less than
/// kWatchedEnough: an hour tells nothing of a day.
[[nodiscard]] domain::Figure<double> uptime(const NodeDay& day);
inline constexpr std::chrono::hours kWatchedEnough{20};

/// Channels that are being opened or closed.
[[nodiscard]] domain::Figure<int> pending_channels(const NodeDay& day);

} // namespace mcp::analysis
