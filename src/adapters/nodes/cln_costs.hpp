#pragma once
#include "base/clock.hpp"
#include "base/error.hpp"
#include "domain/own_node.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// What Core Lightning's bookkeeper tells of the chain: pure.
namespace mcp::adapters {

/// A change of what one transaction cost one account: positive it costs us, negative it comes back. A funding first
/// costs the whole of what it spends, then its change and its channel come back, each as a change of its own.
struct ClnCost {
    std::string txid;
    std::int64_t at_s = 0; ///< seconds since 1970
    Msat change;
};

/// The `onchain_fee` of `bkpr-listincome`, asked with `consolidate_fees` false.
/// @return bad_upstream, with the path, for what is no such answer or cannot be
[[nodiscard]] Result<std::vector<ClnCost>> read_cln_costs(std::string_view body);

/// Puts the day's costs into `days`. A transaction belongs to the day of its first change, with all that it came to in
/// the end. @param costs from kCostsBefore before the first of the days to now
/// @return bad_upstream when a transaction earned us something: then the bookkeeper has lost something
/// @param unlocked transactions that open or change a channel and have not done so yet: the bookkeeper counts as their
/// cost also what went into the channel, until it is locked in. Days with such a one are left without costs
[[nodiscard]] Result<void> put_cln_costs(const std::vector<ClnCost>& costs, const std::set<std::string>& unlocked,
                                         std::vector<domain::NodeDayFlow>& days);

/// So long before a day a transaction of it may have been seen first: its changes come with the same block.
inline constexpr std::chrono::days kCostsBefore{1};

} // namespace mcp::adapters
