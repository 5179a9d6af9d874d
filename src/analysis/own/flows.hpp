#pragma once
#include "domain/own_node.hpp"

#include <map>
#include <optional>
#include <span>

/// What was forwarded, summed up. @pre of a statement that can be believed (own/plausible.hpp): no sum overflows
namespace mcp::analysis {

/// Over one day or several.
struct FlowTotals {
    std::int64_t forwards = 0;
    Msat amount_out;
    Msat fees;
    std::optional<std::int64_t> failed; ///< here or further along; absent unless every one of the days tells it

    /// Settled of all that were tried, where failures are known; nothing when none was tried.
    [[nodiscard]] std::optional<double> success_ratio() const;
};

[[nodiscard]] FlowTotals totals_of(std::span<const domain::NodeDayFlow* const> days);

/// What one channel did in the days that were summed up.
struct ChannelFlow {
    std::int64_t forwards_in = 0; ///< that came in over it
    std::int64_t forwards_out = 0;
    Msat amount_in;
    Msat amount_out;
    Msat fees_half; ///< half of the fees of all forwards that came or left over it: for judging channels
    Msat fees_out;  ///< all fees of the forwards that left over it: for pricing it
};

/// By channel, also those that are no longer open. The halves add up to the node's fees to the msat: where an odd msat
/// is to be shared, every second of the channels concerned, in order of id, gets the larger half.
[[nodiscard]] std::map<domain::ShortChannelId, ChannelFlow>
flows_by_channel(std::span<const domain::NodeDayFlow* const> days);

/// The size that nine of ten forwards do not exceed. Nothing with fewer than kForwardsForSize.
[[nodiscard]] std::optional<Msat> p90_forward(std::span<const domain::NodeDayFlow* const> days);
inline constexpr std::int64_t kForwardsForSize = 10;

/// Lower end of the 95 % interval of a share by Wilson (1927): what so few tries show at least. @pre tried > 0
[[nodiscard]] double wilson_lower(std::int64_t succeeded, std::int64_t tried);

} // namespace mcp::analysis
