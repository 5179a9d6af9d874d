#pragma once
#include "base/clock.hpp"
#include "domain/channel.hpp"
#include "domain/pub_key.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mcp::domain {

struct Node {
    PubKey key;
    std::string alias; ///< valid UTF-8 without control characters (the reader cleans it); may be empty, may repeat
    std::optional<Time> updated;
    bool listed = true;        ///< false: only seen as an end of a channel, never announced
    bool has_clearnet = false; ///< announces an IPv4, IPv6 or DNS address
    bool has_tor = false;      ///< announces an onion address
    std::string address = {};  ///< "host:port": the first clearnet one, else the first onion; empty: none announced
};

/// What the reader met and could not take as it was: the counts behind the warnings of a report.
struct ReadNotes {
    std::uint64_t broken_nodes = 0;      ///< records left out: no public key that can be read
    std::uint64_t broken_channels = 0;   ///< records left out: unreadable id, node, amount or fee
    std::uint64_t broken_policies = 0;   ///< policies treated as never announced
    std::uint64_t repeated_nodes = 0;    ///< the same public key twice: the newer one is kept
    std::uint64_t repeated_channels = 0; ///< the same id twice: the newer one is kept
    std::uint64_t self_loops = 0;        ///< channels from a node to itself, left out
    std::uint64_t unlisted_nodes = 0;    ///< ends of channels that the node list does not name
    std::uint64_t cleaned_aliases = 0;   ///< invalid UTF-8 or control characters removed
    std::uint64_t future_updates = 0;    ///< updates dated so far after all others that their date is treated as absent
    std::uint64_t private_channels = 0;  ///< left out: a node's own view holds channels that nobody else may see
    std::uint64_t stray_updates = 0;     ///< left out: changes of what was never told (Rapid Gossip Sync)
    std::uint64_t unread_bytes = 0;      ///< behind the end of the last snapshot (Rapid Gossip Sync)
    std::string first_broken; ///< path of the first fault in a record, e.g. "edges[17].node1_policy.min_htlc"
};

/// What the format of a graph can tell at all. What it cannot is unknown for every node and channel, whatever stands in
/// the fields that would hold it: figures of it are absent, never zero.
struct Coverage {
    bool addresses = true;    ///< of nodes; false too when another day's graph filled them in
    bool update_dates = true; ///< when each policy was announced; Rapid Gossip Sync dates the whole graph only
    bool inbound_fees = true; ///< LND alone tells them
};

/// The public channel graph of one day. Immutable once built; all later figures are computed from it.
struct Network {
    std::vector<Node> nodes;       ///< listed ones first, in file order
    std::vector<Channel> channels; ///< ids are unique, ends differ
    std::optional<Time>
        as_of; ///< newest update of any policy or channel: the graph's own date; absent in undated graphs
    bool positional_ids = false; ///< the file has no short channel ids: positions serve
    Coverage tells = {};
    ReadNotes notes;

    /// Whether ages of single updates are known: without that nothing is known to be silent or awake.
    [[nodiscard]] bool dates_updates() const { return as_of && tells.update_dates; }

    /// Whether both come from the same kind of source: otherwise what differs may be what each can tell, no change.
    [[nodiscard]] bool is_told_like(const Network& other) const {
        return tells.update_dates == other.tells.update_dates && tells.inbound_fees == other.tells.inbound_fees;
    }

    [[nodiscard]] std::optional<NodeId> find(const PubKey& key) const;
    /// The channels of one node, in order of id. @complexity O(1), after index().
    [[nodiscard]] std::span<const ChannelIx> channels_of(NodeId node) const;

    /// Builds what find() and channels_of() look up. To be called once, when nodes and channels are complete.
    void index();

private:
    std::unordered_map<PubKey, NodeId, PubKeyHash> by_key_;
    std::vector<std::uint32_t> first_channel_; ///< size nodes + 1
    std::vector<ChannelIx> channel_list_;
};

} // namespace mcp::domain
