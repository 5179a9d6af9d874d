#pragma once
#include "base/clock.hpp"
#include "base/units.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mcp::domain {

using NodeId = std::uint32_t;    ///< position of a node in Network::nodes
using ChannelIx = std::uint32_t; ///< position of a channel in Network::channels

/// Short channel id of BOLT 7: block << 40 | transaction << 16 | output. In a graph without such ids
/// (Network::positional_ids) `value` is just the channel's position in its file.
struct ShortChannelId {
    std::uint64_t value = 0;

    auto operator<=>(const ShortChannelId&) const = default;
    [[nodiscard]] std::uint32_t block() const { return static_cast<std::uint32_t>(value >> 40); }
    [[nodiscard]] std::string text() const; ///< "831726x2879x0"
    /// @return nothing unless `text` is three numbers of 24, 24 and 16 bits, as text() writes them
    [[nodiscard]] static std::optional<ShortChannelId> parse(std::string_view text);
};

/// What one end of a channel asks for forwarding a payment out over it (a channel_update of BOLT 7).
struct Policy {
    Msat base_fee;         ///< u32 on the wire
    Ppm fee_rate;          ///< u32 on the wire
    Msat inbound_base_fee; ///< signed, LND >= 0.18: usually a discount (<= 0)
    Ppm inbound_fee_rate;  ///< signed
    Msat min_htlc;         ///< smallest payment taken
    std::optional<Msat>
        max_htlc; ///< largest payment taken; absent when not announced (before 2019, or the 2^64-1 of old nodes)
    std::optional<Time> updated;  ///< when this policy was announced; absent in graphs before 2020
    std::uint16_t cltv_delta = 0; ///< blocks
    bool disabled = false;

    bool operator==(const Policy&) const = default;
};

/// Which end of a channel: node1 is the one with the smaller public key.
enum class Side : std::uint8_t { node1 = 0, node2 = 1 };

[[nodiscard]] constexpr Side other(Side side) {
    return side == Side::node1 ? Side::node2 : Side::node1;
}

/// One public channel. `policy[side]` is set BY that side: the fee it charges to forward out over the channel.
struct Channel {
    ShortChannelId id;
    NodeId node[2] = {0, 0};
    std::optional<Sat> capacity;     ///< absent when the graph says 0 (light clients do not know it)
    std::optional<Policy> policy[2]; ///< absent: never announced
    std::optional<Time> updated;     ///< newer of both sides' updates; absent in a graph without dates
    std::string funding_outpoint;    ///< "txid:index", empty when the graph leaves it out

    [[nodiscard]] const std::optional<Policy>& policy_of(Side side) const { return policy[static_cast<int>(side)]; }
    [[nodiscard]] NodeId end(Side side) const { return node[static_cast<int>(side)]; }
    [[nodiscard]] Side side_of(NodeId end_node) const { return node[0] == end_node ? Side::node1 : Side::node2; }
    [[nodiscard]] NodeId peer_of(NodeId end_node) const { return node[0] == end_node ? node[1] : node[0]; }
};

/// True when a payment of `amount` may pass from `side` to the other end: announced, enabled, min_htlc <= amount <=
/// both max_htlc (if given) and capacity (if known), and a fee not above the amount (dearer policies are not meant to
/// be used). Source: docs/design/figures.md, "usable direction".
[[nodiscard]] bool usable(const Channel& channel, Side side, Msat amount);

} // namespace mcp::domain
