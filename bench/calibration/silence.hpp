#pragma once
#include "bench/calibration/recording.hpp"

#include <string>
#include <vector>

namespace mcp::calibration {

/// Channels by the days since the newer of both updates, and what a day did to them.
struct AgeClass {
    int from_days; ///< including
    int to_days;   ///< excluding
    std::size_t channels = 0;
    std::size_t enabled = 0;     ///< of them on both sides
    std::size_t heard_again = 0; ///< of them: updated within the next day
    std::size_t gone = 0;        ///< of them: no longer in the next day's graph
};

/// The dated channels of `day`, each in its class, followed to the day after it.
[[nodiscard]] std::vector<AgeClass> silence_by_age(const Recording& recording, std::size_t day);

/// What three definitions of a channel that can be used say of one node, as shares of its capacity.
struct UsableShares {
    std::string alias;
    double enabled;         ///< on both sides
    double heard_from_one;  ///< and the newer update within 14 days: the definition of the score
    double heard_from_both; ///< and the older one too
};

/// Of the nodes with the most capacity, largest first.
[[nodiscard]] std::vector<UsableShares> usable_shares_of_largest(const Recording& recording, std::size_t day,
                                                                 std::size_t nodes);

/// Share of the node's capacity in channels enabled on both sides; nothing when no capacity is known.
[[nodiscard]] std::optional<double> enabled_share(const analysis::NodeDay& day);
/// The same, heard of from both sides within 14 days; nothing in an undated graph.
[[nodiscard]] std::optional<double> share_heard_from_both(const analysis::NodeDay& day);

} // namespace mcp::calibration
