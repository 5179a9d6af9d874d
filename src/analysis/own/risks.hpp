#pragma once
#include "analysis/own/own_day.hpp"
#include "domain/report.hpp"

#include <optional>
#include <vector>

/// What of a node's state may cost money soon: shared by the score, the alerts and the advice.
namespace mcp::analysis {

// Blocks that a payment under way has left.
inline constexpr std::int64_t kExpiryNoted = 144;   ///< a day
inline constexpr std::int64_t kExpirySoon = 40;     ///< the least that nodes leave between two hops, by default
inline constexpr std::int64_t kExpiryCritical = 13; ///< the channel is about to be closed by force

/// A payment under way that runs out.
struct ExpiringHtlc {
    const domain::NodeChannel* channel;
    const domain::PendingHtlc* htlc;
    std::int64_t blocks_left;
};

/// Those with `within` blocks left or fewer, the soonest first.
[[nodiscard]] std::vector<ExpiringHtlc> expiring_htlcs(const OwnDay& own, std::int64_t within);

/// It was under way a day ago as well. Nothing: what was under way then is not known.
[[nodiscard]] std::optional<bool> was_there_yesterday(const OwnDay& own, const ExpiringHtlc& one);

/// Graver than a note, while there is time, only when it is known to hang: its channel cannot be used, or it was there
/// a day ago. A healthy payment to its last hop may have no more than 18 blocks, and is through in seconds.
[[nodiscard]] domain::Severity severity_of(const OwnDay& own, const ExpiringHtlc& one);

/// The graph may take this channel for dead, the node knows better: it is active, or not among its channels any more.
/// False where the node tells nothing of its channels.
/// @param own nothing: the node was not read
[[nodiscard]] bool node_knows_better(const NodeView& view, const OwnDay* own, const OwnChannel& channel);

/// What the wallet must hold so that channels can be closed by force at any fee.
struct AnchorReserve {
    Sat needed;
    Sat there;
    bool node_says = false; ///< the node's own figure, else 10,000 sat for each channel, at most 100,000

    [[nodiscard]] bool is_short() const { return there < needed; }
};

/// Nothing where the wallet or the channels were not told.
[[nodiscard]] std::optional<AnchorReserve> anchor_reserve(const OwnDay& own);

inline constexpr std::chrono::days kCredentialSoon{14};
/// When what the node was read with ends, if that is within `kCredentialSoon` of the reading.
[[nodiscard]] std::optional<Time> credential_end(const OwnDay& own);

/// Channels that are being closed by force. None, too, where the node does not tell.
[[nodiscard]] std::vector<const domain::PendingChannel*> force_closing(const OwnDay& own);

/// A peer of a channel that went and came more than kManyFlaps times in a week.
struct FlappingPeer {
    domain::PubKey key;
    std::int64_t flaps;
    Sat capacity; ///< of the channels with it
};
inline constexpr std::int64_t kManyFlaps = 50;

/// Most flaps first. None, too, where the node does not count them, or did not a week earlier, or began anew since.
[[nodiscard]] std::vector<FlappingPeer> flapping_peers(const OwnDay& own);

} // namespace mcp::analysis
