#pragma once
#include <cstdint>
#include <string_view>

namespace mcp::adapters {

/// The objects and arrays of a describegraph text. Whatever has no meaning for us is `elsewhere`, with all that is in
/// it.
enum class Place : std::uint8_t { document, nodes, edges, node, addresses, address, edge, policy, elsewhere };

enum class Member : std::uint8_t {
    other,
    nodes,
    edges,
    positional_ids,
    pub_key,
    alias,
    last_update,
    addresses,
    network_address,
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
    inbound_fee_rate
};

/// A member and the name it has in the text; lives as long as the program.
struct MemberRow {
    std::string_view name;
    Member member;
};

/// @return the row of the name, or one with Member::other
[[nodiscard]] const MemberRow& member_of(Place place, std::string_view name);
/// @return the row of a member that `place` has
[[nodiscard]] const MemberRow& row_of(Place place, Member member);

/// Where an object, or an array, stands that is the value of `member` (or an item) of `outer`.
[[nodiscard]] Place object_within(Place outer, Member member);
[[nodiscard]] Place array_within(Place outer, Member member);

} // namespace mcp::adapters
