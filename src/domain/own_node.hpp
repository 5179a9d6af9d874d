#pragma once
#include "base/clock.hpp"
#include "base/error.hpp"
#include "domain/channel.hpp"
#include "domain/pub_key.hpp"
#include "domain/report.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a node tells a reader that its owner let in: read at one moment, with what it forwarded on the UTC days before.
/// LND and Core Lightning are told alike; what one of them does not tell is absent. Amounts are in msat, also where the
/// node knows whole satoshi only.
namespace mcp::domain {

enum class NodeKind { lnd, cln };

/// Why what a node told may not be the whole: the report is then marked as partial.
enum class NodeDoubt {
    not_synced_to_chain, ///< it does not know the newest blocks
    not_synced_to_graph, ///< it has only just been started, or lost its peers
    no_channel_active    ///< it has open channels and none is usable: it is starting or shutting down, or cut off
};

/// What of a node is asked for apart, and may be refused or fail apart.
enum class NodePart { channels, balances, pending, closings, forwards, wallet, chain_costs, peers };

struct NodeGap {
    NodePart part;
    Error why;
};

/// A payment that is under way over a channel of ours, neither settled nor given back.
struct PendingHtlc {
    bool incoming = false;
    Msat amount;
    std::uint32_t expires_at_block = 0;

    bool operator==(const PendingHtlc&) const = default;
};

/// An open channel, announced or not, as its own node tells of it.
struct NodeChannel {
    ShortChannelId id;            ///< the real one; of a channel without confirmation its alias
    std::string funding_outpoint; ///< "txid:index"
    PubKey peer;
    Sat capacity;
    bool is_public = false;
    bool is_active = false; ///< a payment could use it now
    std::optional<bool> opened_by_us;
    Msat local;  ///< ours, without what is under way; as the node counts commitment fee and anchors
    Msat remote; ///< the peer's
    Msat local_reserve;
    Msat remote_reserve;
    /// What could leave and come now: balance less reserve, commitment fee of one more payment, payments under way.
    /// The limits of policies (max_htlc) are not in it.
    Msat can_send;
    Msat can_receive;
    std::vector<PendingHtlc> htlcs;
    std::optional<ChannelFee> fee;               ///< that the node itself asks; absent when it could not be read
    std::optional<std::chrono::seconds> watched; ///< since the node itself counts the peer's time online
    std::optional<std::chrono::seconds> online;  ///< of these, with the peer online
};

/// Sums over all channels, exact where the node tells them so.
struct NodeBalances {
    Msat local;
    Msat remote;
    Msat unsettled_local; ///< under way, ours unless they fail or succeed
    Msat unsettled_remote;

    bool operator==(const NodeBalances&) const = default;
};

enum class PendingKind { opening, closing, force_closing };

struct PendingChannel {
    PendingKind kind = PendingKind::opening;
    std::string funding_outpoint;
    PubKey peer;
    Sat capacity;
    Sat ours; ///< what of it is still to come back to us; of an opening one: what is ours
    std::optional<std::int32_t> blocks_left; ///< until a force-closed one pays out; negative: it could already
    std::string closing_txid;                ///< empty: not known (yet)
};

enum class CloseKind { cooperative, force_by_us, force_by_peer, breach, other };

struct NodeClosing {
    ShortChannelId id;
    std::string funding_outpoint;
    std::optional<PubKey> peer;
    Sat capacity;
    CloseKind kind = CloseKind::other;
    std::optional<bool> closed_by_us;
    std::optional<std::uint32_t> height;
    Msat ours; ///< what came back to us
};

struct NodeWallet {
    Sat confirmed;
    Sat unconfirmed;
    std::optional<Sat> anchor_reserve; ///< that the node itself keeps back for anchors
};

struct NodePeer {
    PubKey key;
    bool is_connected = false;
    std::optional<std::int64_t> flaps; ///< times it went or came, as the node counts them
    std::optional<Time> last_flap;
};

/// What was forwarded from one channel to another on one day. A forward belongs to the day on which it was settled.
struct ForwardSum {
    ShortChannelId in;
    ShortChannelId out;
    std::int64_t count = 0;
    Msat amount_in;
    Msat amount_out;

    [[nodiscard]] Msat fees() const { return amount_in - amount_out; }
    bool operator==(const ForwardSum&) const = default;
};

/// How many forwards had about this size: `amount` is the outgoing one, rounded up to two significant digits.
struct SizeCount {
    Msat amount;
    std::int64_t count = 0;

    bool operator==(const SizeCount&) const = default;
};

/// A forward that did not come about, by channels; the outgoing one is 0 where none was found.
struct FailureSum {
    ShortChannelId in;
    ShortChannelId out;
    std::int64_t here = 0;   ///< that we refused or could not pass on
    std::int64_t beyond = 0; ///< that failed further along

    bool operator==(const FailureSum&) const = default;
};

/// What our transactions of one day cost.
struct ChainCosts {
    std::int64_t transactions = 0; ///< those that we paid for
    Msat fees;

    bool operator==(const ChainCosts&) const = default;
};

/// One UTC day [00:00, 24:00), to the nanosecond.
struct NodeDayFlow {
    Day day;
    std::vector<ForwardSum> forwards;                ///< ascending by (in, out), each pair once
    std::vector<SizeCount> sizes;                    ///< ascending by amount
    std::optional<std::vector<FailureSum>> failures; ///< ascending by (in, out); absent: the node keeps none (LND)
    std::optional<ChainCosts> chain;                 ///< absent: could not be read

    bool operator==(const NodeDayFlow&) const = default;
};

/// How long the node was watched on a day, and how much of that it could be reached.
struct NodeWatched {
    std::chrono::seconds watched{0};
    std::chrono::seconds reached{0};

    bool operator==(const NodeWatched&) const = default;
};

struct OwnNode {
    PubKey key;
    NodeKind kind = NodeKind::lnd;
    std::string alias;   ///< cleaned
    std::string version; ///< cleaned
    Day day;             ///< D of the report that it was read for
    Time read_at;
    std::uint32_t block_height = 0;
    std::vector<NodeDoubt> doubts;
    std::vector<NodeChannel> channels; ///< ascending by id
    std::optional<NodeBalances> balances;
    std::optional<std::vector<PendingChannel>> pending;
    std::optional<std::vector<NodeClosing>> closings; ///< newest first, at most 100
    std::optional<NodeWallet> wallet;
    std::optional<std::vector<NodePeer>> peers;
    std::vector<NodeDayFlow> days;          ///< D-7 .. D-1, oldest first, or none of them
    std::vector<NodeGap> gaps;              ///< one for each part that is absent though the node has it
    std::optional<NodeWatched> watched;     ///< of day D-1; absent: nobody watched
    std::optional<Time> credential_expires; ///< of what it was read with
};

inline constexpr int kFlowDays = 7;                     ///< OwnNode::days
inline constexpr std::size_t kNodeChannelsMax = 20'000; ///< more than any node has: who tells more lies
inline constexpr std::size_t kClosingsKept = 100;

// What a node may tell at most. Readers, statements and reports share these bounds, so that nothing is read that is
// then not kept, or kept and then not believed.
inline constexpr std::size_t kNodePeersMax = 20'000;
inline constexpr std::size_t kNodePendingMax = 20'000;
inline constexpr std::size_t kNodeHtlcsMax = 966;                ///< of one channel: BOLT 2 allows 483 each way
inline constexpr std::size_t kFlowRowsMax = 100'000;             ///< forwards, sizes and failures of all days together
inline constexpr std::size_t kFailurePairsMax = 5'000;           ///< of one day, the rest goes by its incoming channel
inline constexpr std::int32_t kBlocksLeftMax = 1 << 24;          ///< PendingChannel::blocks_left, either way
inline constexpr std::int64_t kNodeCountMax = 1'000'000'000'000; ///< of forwards, failures, flaps, transactions
inline constexpr std::chrono::seconds kNodeWatchedMax = std::chrono::days{100 * 366};
inline constexpr Time kNodeTimeMin{std::chrono::seconds{1'231'006'505}}; ///< Bitcoin began
inline constexpr Time kNodeTimeMax{std::chrono::seconds{7'258'118'400}}; ///< the year 2200
/// A credential that ends then or later is one that does not expire: nobody means such a date.
inline constexpr Time kNeverExpires = kNodeTimeMax;

} // namespace mcp::domain
