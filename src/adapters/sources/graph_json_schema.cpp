#include "adapters/sources/graph_json_schema.hpp"

#include <span>

namespace mcp::adapters {
namespace {

constexpr MemberRow kOther{"", Member::other};

constexpr MemberRow kDocument[] = {
    {"edges", Member::edges},
    {"nodes", Member::nodes},
    {"channels", Member::channels},
    {"positional_ids", Member::positional_ids}, // ours, unknown to LND: the channel ids are row numbers
};

constexpr MemberRow kNode[] = {
    {"pub_key", Member::pub_key},
    {"nodeid", Member::pub_key}, // of Core Lightning
    {"alias", Member::alias},
    {"last_update", Member::last_update},
    {"last_timestamp", Member::last_update}, // of Core Lightning
    {"addresses", Member::addresses},
};

constexpr MemberRow kAddress[] = {
    {"addr", Member::network_address},
    {"address", Member::host}, // of Core Lightning, which gives the port apart
    {"port", Member::port},
};

constexpr MemberRow kEdge[] = {
    {"channel_id", Member::channel_id},     {"chan_point", Member::chan_point},
    {"last_update", Member::last_update},   {"node1_pub", Member::node1_pub},
    {"node2_pub", Member::node2_pub},       {"capacity", Member::capacity},
    {"node1_policy", Member::node1_policy}, {"node2_policy", Member::node2_policy},
};

constexpr MemberRow kPolicy[] = {
    {"time_lock_delta", Member::time_lock_delta},
    {"min_htlc", Member::min_htlc},
    {"fee_base_msat", Member::base_fee},
    {"fee_rate_milli_msat", Member::fee_rate}, // ppm, in spite of its name
    {"disabled", Member::disabled},
    {"max_htlc_msat", Member::max_htlc},
    {"last_update", Member::last_update},
    {"inbound_fee_base_msat", Member::inbound_base_fee},
    {"inbound_fee_rate_milli_msat", Member::inbound_fee_rate},
};

constexpr MemberRow kDirection[] = {
    {"short_channel_id", Member::channel_id},
    {"source", Member::source},
    {"destination", Member::destination},
    {"direction", Member::direction},
    {"public", Member::is_public},
    {"amount_msat", Member::capacity},
    {"channel_flags", Member::channel_flags},
    {"active", Member::active},
    {"last_update", Member::last_update},
    {"base_fee_millisatoshi", Member::base_fee},
    {"fee_per_millionth", Member::fee_rate},
    {"delay", Member::time_lock_delta},
    {"htlc_minimum_msat", Member::min_htlc},
    {"htlc_maximum_msat", Member::max_htlc},
};

Place list_of(Member member) {
    switch (member) {
    case Member::nodes:
        return Place::nodes;
    case Member::edges:
        return Place::edges;
    case Member::channels:
        return Place::channels;
    default:
        return Place::elsewhere;
    }
}

std::span<const MemberRow> members_of(Place place) {
    switch (place) {
    case Place::document:
        return kDocument;
    case Place::node:
        return kNode;
    case Place::address:
        return kAddress;
    case Place::edge:
        return kEdge;
    case Place::policy:
        return kPolicy;
    case Place::direction:
        return kDirection;
    case Place::nodes:
    case Place::edges:
    case Place::channels:
    case Place::addresses:
    case Place::elsewhere:
        return {};
    }
    return {};
}

} // namespace

const MemberRow& member_of(Place place, std::string_view name) {
    for (const MemberRow& row : members_of(place)) {
        if (row.name == name) {
            return row;
        }
    }
    return kOther;
}

const MemberRow& row_of(Place place, Member member) {
    for (const MemberRow& row : members_of(place)) {
        if (row.member == member) {
            return row;
        }
    }
    return kOther;
}

Place object_within(Place outer, Member member) {
    switch (outer) {
    case Place::nodes:
        return Place::node;
    case Place::edges:
        return Place::edge;
    case Place::channels:
        return Place::direction;
    case Place::addresses:
        return Place::address;
    case Place::edge:
        return member == Member::node1_policy || member == Member::node2_policy ? Place::policy : Place::elsewhere;
    case Place::document:
    case Place::node:
    case Place::address:
    case Place::policy:
    case Place::direction:
    case Place::elsewhere:
        return Place::elsewhere;
    }
    return Place::elsewhere;
}

Place array_within(Place outer, Member member) {
    if (outer == Place::document) {
        return list_of(member);
    }
    return outer == Place::node && member == Member::addresses ? Place::addresses : Place::elsewhere;
}

} // namespace mcp::adapters
