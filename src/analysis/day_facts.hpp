#pragma once
#include "analysis/ranking.hpp"
#include "domain/network.hpp"
#include "graph/fee_market.hpp"
#include "graph/reliability.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace mcp::analysis {

/// Exact betweenness of every node, by hops and by fee at the three sizes of ANALYSIS section 3. The slow part of a
/// day's facts, and the only part worth keeping between two runs.
struct DayBetweenness {
    std::vector<double> hops;
    std::vector<double> fee_50k;
    std::vector<double> fee_500k;
    std::vector<double> fee_5m;
};

inline constexpr Msat kSmallPayment{50'000'000};
inline constexpr Msat kTypicalPayment{500'000'000};
inline constexpr Msat kLargePayment{5'000'000'000};

/// About one second a core and 13,000 nodes. @param threads 1 or more
[[nodiscard]] DayBetweenness compute_betweenness(const domain::Network& network, unsigned threads);

/// All that reports say about one day's whole graph. Computed once, then shared read-only by every report of the day.
struct DayFacts {
    domain::Network network;
    Day date; ///< the day D of reports made from this graph
    DayBetweenness betweenness;
    std::vector<double> capacity_sats; ///< by node, channels of unknown capacity left out
    std::vector<double> channel_counts;
    std::uint32_t
        newest_block; ///< of the youngest channel: stands for the chain's height, some channel confirms in most blocks
    std::optional<double> silent_share; ///< of policies not refreshed for 14 days; absent where updates have no dates
    Ranking hops, fee_50k, fee_500k, fee_5m;
    Ranking capacity, channels;
    graph::FeeMarkets markets; ///< at graph::kComparedAmount
    graph::Connectivity connectivity;

    DayFacts(domain::Network network, Day date, DayBetweenness betweenness);
    DayFacts(const DayFacts&) = delete; // markets refer to network
    DayFacts& operator=(const DayFacts&) = delete;
};

} // namespace mcp::analysis
