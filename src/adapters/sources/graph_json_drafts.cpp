#include "adapters/sources/graph_json_drafts.hpp"

#include "adapters/sources/graph_json_values.hpp"
#include "adapters/sources/node_address.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

namespace mcp::adapters {
namespace {

bool is_null(const json::Scalar& value) {
    return std::holds_alternative<json::Null>(value);
}

/// "txid:index"; whatever else stands there is not worth a channel.
bool is_outpoint(std::string_view text) {
    constexpr std::size_t kLongest = 64 + 1 + 10;
    const auto is_expected = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == ':'; };
    return text.size() <= kLongest && std::all_of(text.begin(), text.end(), is_expected);
}

/// Names of 2017 are filled up to 32 bytes with NULs: that is how they were stored, not a trick of theirs.
std::string_view without_padding(std::string_view alias) {
    return alias.substr(0, alias.find_last_not_of('\0') + 1);
}

} // namespace

bool NodeDraft::take(Member member, const json::Scalar& value) {
    if (is_null(value)) {
        return true;
    }
    if (member == Member::pub_key) {
        return take_key(value, key);
    }
    if (member == Member::last_update) {
        return take_date(value, node.updated);
    }
    std::string_view text;
    if (member != Member::alias) {
        return member == Member::other;
    }
    if (!take_text(value, text)) {
        return false;
    }
    CleanText clean = clean_text(without_padding(text));
    node.alias = std::move(clean.text);
    is_alias_cleaned = clean.changed;
    return true;
}

bool AddressDraft::take(Member member, const json::Scalar& value) {
    std::string_view given;
    if (member == Member::port) {
        std::uint16_t number = 0;
        const bool is_port = take_within(value, 0, std::numeric_limits<std::uint16_t>::max(), number);
        port = is_port ? std::optional(number) : std::nullopt;
        return is_port;
    }
    if ((member != Member::network_address && member != Member::host) || !take_text(value, given)) {
        return member == Member::other;
    }
    (member == Member::host ? host : text) = given;
    return true;
}

void AddressDraft::add_to(domain::Node& node) && {
    if (text.empty() && !host.empty() && port) {
        text = address_text(host, *port);
    }
    add_address(node, text);
}

bool PolicyDraft::take(Member member, const json::Scalar& value) {
    if (member == Member::other || is_null(value)) {
        return true;
    }
    is_empty = false;
    switch (member) {
    case Member::time_lock_delta:
        return take_within(value, 0, std::numeric_limits<std::uint16_t>::max(), policy.cltv_delta);
    case Member::min_htlc:
        return take_within(value, 0, kAllBitcoinMsat, policy.min_htlc.value);
    case Member::max_htlc:
        return take_max_htlc(value, policy.max_htlc);
    case Member::base_fee:
        return take_within(value, 0, kU32Max, policy.base_fee.value);
    case Member::fee_rate:
        return take_within(value, 0, kU32Max, policy.fee_rate.value);
    case Member::inbound_base_fee:
        return take_within(value, kI32Min, kI32Max, policy.inbound_base_fee.value);
    case Member::inbound_fee_rate:
        return take_within(value, kI32Min, kI32Max, policy.inbound_fee_rate.value);
    case Member::disabled:
        return take_flag(value, policy.disabled);
    case Member::last_update:
        return take_date(value, policy.updated);
    default:
        return false;
    }
}

bool ChannelDraft::take(Member member, const json::Scalar& value) {
    if (is_null(value)) {
        return true;
    }
    std::string_view outpoint;
    switch (member) {
    case Member::channel_id:
        id = json::whole_u64(value);
        return id.has_value();
    case Member::node1_pub:
        return take_key(value, ends[0]);
    case Member::node2_pub:
        return take_key(value, ends[1]);
    case Member::capacity:
        return take_capacity(value, channel.capacity);
    case Member::last_update:
        return take_date(value, channel.updated);
    case Member::chan_point:
        if (take_text(value, outpoint) && is_outpoint(outpoint)) {
            channel.funding_outpoint = outpoint;
        }
        return true;
    default:
        return member == Member::other;
    }
}

Member ChannelDraft::missing() const {
    if (!id) {
        return Member::channel_id;
    }
    if (!ends[0]) {
        return Member::node1_pub;
    }
    return ends[1] ? Member::other : Member::node2_pub;
}

ChannelRecord ChannelDraft::record() && {
    ChannelRecord made{std::move(channel), {*ends[0], *ends[1]}};
    made.channel.id.value = *id;
    if (made.key[1] < made.key[0]) {
        std::swap(made.key[0], made.key[1]);
        std::swap(made.channel.policy[0], made.channel.policy[1]);
    }
    return made;
}

} // namespace mcp::adapters
