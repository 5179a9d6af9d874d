#pragma once
#include "base/error.hpp"
#include "domain/network.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace mcp::graph {

/// A direction of a channel that both graphs have, announced anew in between. A policy that appears or vanishes counts
/// as all of them.
struct DirectionChange {
    domain::ChannelIx older;  ///< the channel's position in the older graph
    domain::ChannelIx newer;  ///< and in the newer one
    domain::Side side;        ///< whose policy it is
    bool updated = false;     ///< announced anew: another time, or a time where there was none
    bool fee_changed = false; ///< base fee, fee rate or inbound fee rate: what publishers of daily counts mean by it
    bool repriced = false;    ///< the inbound base fee too: what a payer would notice
    bool flipped = false;     ///< enabled became disabled or the reverse
};

/// What happened to the network between two days, channel by channel.
struct GraphDiff {
    std::vector<domain::ChannelIx> opened;   ///< positions in the newer graph, by id
    std::vector<domain::ChannelIx> gone;     ///< positions in the older graph, by id
    std::vector<DirectionChange> directions; ///< those that changed in any way, by id, then side
    bool dates_updates = false;              ///< both graphs do

    [[nodiscard]] std::optional<std::uint64_t> updates() const; ///< absent where updates have no dates
    [[nodiscard]] std::uint64_t fee_changes() const;
    [[nodiscard]] std::uint64_t disable_flips() const;
};

/// Compares two graphs by channel id and direction. Equality with other people's counts: tests/real.
/// @return an error where channels cannot be followed (ids are positions), where the graphs come from different kinds
/// of source, or where `older` is the newer one
/// @complexity O(n log n) for n channels
[[nodiscard]] Result<GraphDiff> graph_diff(const domain::Network& older, const domain::Network& newer);

enum class NodeChangeKind { opened, closed, repriced, disabled, enabled, silent };

/// Something that happened to one channel of one node between two days.
struct NodeChange {
    NodeChangeKind kind;
    std::optional<domain::ChannelIx> older; ///< absent for opened
    std::optional<domain::ChannelIx> newer; ///< absent for closed
    domain::PubKey peer;
    /// Who announced it, for repriced, disabled and enabled: the node itself or its peer.
    std::optional<domain::PubKey> by;
    /// That side's policy before and after, for repriced, disabled and enabled; a policy that appears has no before,
    /// one that vanishes no after (both are repriced).
    std::optional<domain::Policy> before;
    std::optional<domain::Policy> after;
    /// When: time of the announcement; for silent, of the last sign of life. Gossip does not tell it for opened and
    /// closed, nor for a policy that vanished.
    std::optional<Time> at;
    std::optional<Sat> capacity;
};

/// What happened to the channels of `node` since the older graph, largest capacity first, then by channel id. Silent
/// are those that fell silent in between (graph::is_silent), not those that were before.
/// @return an error like graph_diff(); no change at all when neither graph knows the node
[[nodiscard]] Result<std::vector<NodeChange>> node_changes(const domain::Network& older, const domain::Network& newer,
                                                           const domain::PubKey& node);

} // namespace mcp::graph
