#pragma once
#include <cstdint>
#include <string_view>

namespace mcp::adapters {

/// The objects and arrays of a graph as JSON: LND has `nodes` and `edges` with up to two policies each, Core Lightning
/// `nodes` and `channels` with one row for each known direction. Whatever has no meaning for us is `elsewhere`, with
/// all that is in it.
enum class Place : std::uint8_t {
    document,
    nodes,
    edges,
    channels,
    node,
    addresses,
    address,
    edge,
    policy,
    direction,
    elsewhere
};

enum class Member : std::uint8_t {
    other,
    nodes,
    edges,
    channels,
    positional_ids,
    pub_key,
    alias,
    last_update,
    addresses,
    network_address,
    host,
    port,
    channel_id,
    chan_point,
    node1_pub,
    node2_pub,
    capacity,
    node1_policy,
    node2_policy,
    time_lock_delta,
    min_htlc,
    max_htlc,
    base_fee,
    fee_rate,
    disabled,
    inbound_base_fee,
    inbound_fee_rate,
    source,
    destination,
    direction,
    is_public,
    active,
    channel_flags
};

/// A member and the name it has in the text; lives as long as the program.
struct MemberRow {
    std::string_view name;
    Member member;
};

/// @return the row of the name, or one with Member::other
[[nodiscard]] const MemberRow& member_of(Place place, std::string_view name);
/// @return the first row of a member that `place` has
[[nodiscard]] const MemberRow& row_of(Place place, Member member);

/// Where an object, or an array, stands that is the value of `member` (or an item) of `outer`.
[[nodiscard]] Place object_within(Place outer, Member member);
[[nodiscard]] Place array_within(Place outer, Member member);

} // namespace mcp::adapters
