#include "adapters/sources/cln_directions.hpp"

#include "adapters/sources/graph_json_values.hpp"

#include <utility>

namespace mcp::adapters {
namespace {

constexpr Member kNeeded[] = {Member::base_fee, Member::fee_rate, Member::time_lock_delta, Member::min_htlc};

unsigned bit_of(Member member) {
    unsigned bit = 1;
    for (const Member needed : kNeeded) {
        if (needed == member) {
            return bit;
        }
        bit <<= 1;
    }
    return 0;
}

bool take_id(const json::Scalar& value, std::optional<std::uint64_t>& id) {
    std::string_view text;
    const auto parsed = take_text(value, text) ? domain::ShortChannelId::parse(text) : std::nullopt;
    id = parsed ? std::optional(parsed->value) : std::nullopt;
    return parsed.has_value();
}

bool take_amount(const json::Scalar& value, std::optional<Sat>& capacity) {
    Msat amount;
    const bool is_amount = take_within(without_msat_suffix(value), 0, kAllBitcoinMsat, amount.value);
    const Sat sats = to_sat_floor(amount);
    capacity = is_amount && sats.value > 0 ? std::optional(sats) : std::nullopt;
    return is_amount;
}

bool take_public(const json::Scalar& value, std::optional<bool>& is_public) {
    bool flag = false;
    const bool is_flag = take_flag(value, flag);
    is_public = is_flag ? std::optional(flag) : std::nullopt;
    return is_flag;
}

bool take_direction(const json::Scalar& value, std::optional<int>& direction) {
    int number = 0;
    const bool is_direction = take_within(value, 0, 1, number);
    direction = is_direction ? std::optional(number) : std::nullopt;
    return is_direction;
}

/// `active` is false for a direction that its end disabled, or whose peer is away; bit 1 of the flags is what the end
/// itself announced. Either makes it one that cannot be used now.
bool take_active(const json::Scalar& value, bool& disabled) {
    bool active = true;
    const bool is_flag = take_flag(value, active);
    disabled = disabled || (is_flag && !active);
    return is_flag;
}

bool take_channel_flags(const json::Scalar& value, bool& disabled) {
    constexpr unsigned kDisabled = 2;
    unsigned flags = 0;
    const bool are_flags = take_within(value, 0, std::numeric_limits<std::uint8_t>::max(), flags);
    disabled = disabled || (flags & kDisabled) != 0;
    return are_flags;
}

} // namespace

bool DirectionDraft::take(Member member, const json::Scalar& value) {
    if (std::holds_alternative<json::Null>(value)) {
        return true; // as good as missing
    }
    told |= bit_of(member);
    switch (member) {
    case Member::channel_id:
        return take_id(value, id);
    case Member::source:
        return take_key(value, source);
    case Member::destination:
        return take_key(value, destination);
    case Member::capacity:
        return take_amount(value, capacity);
    case Member::is_public:
        return take_public(value, is_public);
    case Member::direction:
        return take_direction(value, direction);
    case Member::active:
        return take_active(value, policy.disabled);
    case Member::channel_flags:
        return take_channel_flags(value, policy.disabled);
    case Member::last_update:
        return take_date(value, policy.updated);
    case Member::base_fee:
        return take_within(value, 0, kU32Max, policy.base_fee.value);
    case Member::fee_rate:
        return take_within(value, 0, kU32Max, policy.fee_rate.value);
    case Member::time_lock_delta:
        return take_within(value, 0, std::numeric_limits<std::uint16_t>::max(), policy.cltv_delta);
    case Member::min_htlc:
        return take_within(without_msat_suffix(value), 0, kAllBitcoinMsat, policy.min_htlc.value);
    case Member::max_htlc:
        return take_max_htlc(without_msat_suffix(value), policy.max_htlc);
    default:
        return member == Member::other;
    }
}

bool DirectionDraft::is_of_policy(Member member) {
    switch (member) {
    case Member::active:
    case Member::channel_flags:
    case Member::last_update:
    case Member::base_fee:
    case Member::fee_rate:
    case Member::time_lock_delta:
    case Member::min_htlc:
    case Member::max_htlc:
        return true;
    default:
        return false;
    }
}

Member DirectionDraft::fault() const {
    if (!is_public) {
        return Member::is_public; // not known to be public: it may be somebody's private channel
    }
    if (!id) {
        return Member::channel_id;
    }
    if (!source) {
        return Member::source;
    }
    if (!destination) {
        return Member::destination;
    }
    const int by_keys = *source < *destination ? 0 : 1;
    return source != destination && direction.value_or(by_keys) != by_keys ? Member::direction : Member::other;
}

Member DirectionDraft::missing_of_policy() const {
    for (const Member needed : kNeeded) {
        if ((told & bit_of(needed)) == 0) {
            return needed;
        }
    }
    return Member::other;
}

ClnDirections::Added ClnDirections::add(const DirectionDraft& row) {
    const int side = *row.source < *row.destination ? 0 : 1;
    const unsigned bit = 1U << static_cast<unsigned>(side);
    const auto [found, is_new] = place_of_id_.emplace(*row.id, channels_.size());
    if (is_new) {
        ChannelRecord record{{}, {*row.source, *row.destination}};
        if (side == 1) {
            std::swap(record.key[0], record.key[1]);
        }
        record.channel.id.value = *row.id;
        record.channel.capacity = row.capacity;
        channels_.push_back(std::move(record));
    }
    ChannelRecord& record = channels_[found->second];
    const bool has_these_ends = record.key[side] == *row.source && record.key[1 - side] == *row.destination;
    if (!has_these_ends || record.channel.capacity != row.capacity) {
        return Added::contradicts;
    }
    unsigned& told = directions_of_id_[*row.id];
    const bool is_again = (told & bit) != 0;
    told |= bit;
    std::optional<domain::Policy>& policy = record.channel.policy[side];
    const bool is_newer = !policy || policy->updated < row.policy.updated; // absent is before every date
    if (!row.is_policy_broken && is_newer) {
        policy = row.policy;
    }
    return is_again ? Added::again : Added::yes;
}

} // namespace mcp::adapters
