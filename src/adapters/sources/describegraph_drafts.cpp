#include "adapters/sources/describegraph_drafts.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

namespace mcp::adapters {
namespace {

using domain::PubKey;

/// Go's zero time (year 1), cast to 32 bits as LND does for a channel that no policy was seen of: it would be July
/// 2042.
constexpr std::uint64_t kZeroTimeOfGo = 2'288'912'640;

constexpr std::int64_t kU32Max = std::numeric_limits<std::uint32_t>::max();
constexpr std::int64_t kI32Max = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t kI32Min = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t kAllBitcoinMsat = kAllBitcoin.value * 1000;

bool is_null(const json::Scalar& value) {
    return std::holds_alternative<json::Null>(value);
}

bool take_text(const json::Scalar& value, std::string_view& text) {
    const auto* given = std::get_if<std::string_view>(&value);
    if (given != nullptr) {
        text = *given;
    }
    return given != nullptr;
}

bool take_key(const json::Scalar& value, std::optional<PubKey>& key) {
    std::string_view hex;
    key = take_text(value, hex) ? PubKey::parse(hex) : std::nullopt;
    return key.has_value();
}

template <typename Whole>
bool take_within(const json::Scalar& value, std::int64_t least, std::int64_t most, Whole& target) {
    const std::optional<std::int64_t> number = json::whole_i64(value);
    if (!number || *number < least || *number > most) {
        return false;
    }
    target = static_cast<Whole>(*number);
    return true;
}

/// Seconds since 1970; 0 and what the 32 bits of the gossip cannot hold are no dates.
bool take_date(const json::Scalar& value, std::optional<Time>& date) {
    const std::optional<std::int64_t> seconds = json::whole_i64(value);
    const bool is_date = seconds && *seconds > 0 && *seconds <= kU32Max && *seconds != std::int64_t{kZeroTimeOfGo};
    date = is_date ? std::optional(Time(std::chrono::seconds(*seconds))) : std::nullopt;
    return seconds.has_value() || json::whole_u64(value).has_value();
}

/// 0, and more than all bitcoin (the 2^64-1 of old nodes), set no limit.
bool take_max_htlc(const json::Scalar& value, std::optional<Msat>& limit) {
    const std::optional<std::uint64_t> msat = json::whole_u64(value);
    const bool is_limit = msat && *msat > 0 && *msat <= static_cast<std::uint64_t>(kAllBitcoinMsat);
    limit = is_limit ? std::optional(Msat{static_cast<std::int64_t>(*msat)}) : std::nullopt;
    return msat.has_value();
}

/// Light clients do not know it and say 0.
bool take_capacity(const json::Scalar& value, std::optional<Sat>& capacity) {
    std::int64_t sats = 0;
    const bool is_amount = take_within(value, 0, kAllBitcoin.value, sats);
    capacity = is_amount && sats > 0 ? std::optional(Sat{sats}) : std::nullopt;
    return is_amount;
}

bool take_flag(const json::Scalar& value, bool& flag) {
    const bool* given = std::get_if<bool>(&value);
    flag = given != nullptr && *given;
    return given != nullptr;
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

/// Addresses are anybody's gossip and end up in commands that an operator pastes into a shell.
bool is_safe_in_a_command(std::string_view address) {
    return std::all_of(address.begin(), address.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == ':' ||
               c == '-' || c == '[' || c == ']';
    });
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

void NodeDraft::take_address(const json::Scalar& value) {
    std::string_view address;
    if (take_text(value, address) && !address.empty()) {
        const bool is_onion = address.find(".onion") != std::string_view::npos;
        const bool is_better = node.address.empty() || (!is_onion && node.address.find(".onion") != std::string::npos);
        if (is_better && is_safe_in_a_command(address)) {
            node.address = address;
        }
        (is_onion ? node.has_tor : node.has_clearnet) = true;
    }
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
