#include "adapters/sources/rgs_records.hpp"

#include "adapters/sources/node_address.hpp"

#include <algorithm>

namespace mcp::adapters {
namespace {

constexpr unsigned kCustomFeatures = 7;

bool has(unsigned flags, unsigned bit) {
    return (flags & bit) != 0;
}

std::optional<domain::PubKey> key_of(std::span<const std::uint8_t> bytes, bool has_flags) {
    domain::PubKey key;
    if (bytes.size() != key.bytes.size()) {
        return std::nullopt;
    }
    std::copy(bytes.begin(), bytes.end(), key.bytes.begin());
    if (has_flags) {
        key.bytes[0] &= 3;
    }
    return key.bytes[0] == 2 || key.bytes[0] == 3 ? std::optional(key) : std::nullopt;
}

void take_addresses(RgsBytes& bytes, RgsNode& node) {
    node.tells_addresses = true;
    const std::uint8_t count = bytes.u8();
    for (std::uint8_t i = 0; i < count && bytes.is_good(); ++i) {
        add_address(node.addresses, address_text(bytes.take(bytes.u8())));
    }
}

/// Features tell nothing that we report, but they must be known to find what stands behind them.
void skip_features(RgsBytes& bytes, unsigned index, const RgsHead& head) {
    if (index == kCustomFeatures) {
        static_cast<void>(bytes.sized());
    } else if (index > head.feature_sets) {
        bytes.call_wrong();
    }
}

} // namespace

RgsHead take_rgs_head(RgsBytes& bytes) {
    RgsHead head;
    static_cast<void>(bytes.take(3)); // "LDK"
    head.version = bytes.u8();
    if (!bytes.is_good() || head.version == 0 || head.version > kRgsVersionMax) {
        return head;
    }
    const auto chain = bytes.take(head.chain.size());
    std::copy(chain.begin(), chain.end(), head.chain.begin());
    head.latest_seen = bytes.u32();
    head.feature_sets = head.version >= 2 ? bytes.u8() : 0;
    return head;
}

RgsNode take_rgs_node(RgsBytes& bytes, const RgsHead& head) {
    RgsNode node;
    const auto key = bytes.take(domain::PubKey{}.bytes.size());
    const bool has_flags = head.version >= 2;
    node.key = key_of(key, has_flags);
    if (!has_flags || !bytes.is_good()) {
        return node;
    }
    const unsigned flags = key[0];
    if (has(flags, 1U << 2)) {
        take_addresses(bytes, node);
    }
    skip_features(bytes, flags >> 3 & 7, head);
    if (has(flags, 1U << 7)) {
        static_cast<void>(bytes.sized());
    }
    return node;
}

RgsAnnouncement take_rgs_announcement(RgsBytes& bytes, const RgsHead& head) {
    constexpr std::uint64_t kHasMore = std::uint64_t{1} << 63;
    RgsAnnouncement announcement;
    static_cast<void>(bytes.sized()); // features
    announcement.id_step = bytes.big_size();
    announcement.node[0] = bytes.big_size();
    announcement.node[1] = bytes.big_size();
    if (head.version >= 2 && (announcement.node[1] & kHasMore) != 0) {
        announcement.node[1] ^= kHasMore;
        const auto more = bytes.sized();
        RgsBytes inner({reinterpret_cast<const char*>(more.data()), more.size()});
        announcement.funding_sats = inner.big_size();
        if (bytes.is_good() && !inner.is_good()) {
            bytes.call_wrong(); // all of it is there, so that it never will be right
        }
    }
    return announcement;
}

RgsDefaults take_rgs_defaults(RgsBytes& bytes) {
    RgsDefaults defaults;
    defaults.cltv_delta = bytes.u16();
    defaults.min_htlc = bytes.u64();
    defaults.base_fee = bytes.u32();
    defaults.fee_rate = bytes.u32();
    defaults.max_htlc = bytes.u64();
    return defaults;
}

RgsUpdate take_rgs_update(RgsBytes& bytes, const RgsHead& head, std::optional<int> direction_before) {
    RgsUpdate update;
    update.id_step = bytes.big_size();
    const unsigned flags = bytes.u8();
    update.direction = static_cast<int>(flags & 1);
    if (head.version >= 2 && update.id_step == 0 && direction_before == update.direction) {
        update.is_extra = true;
        static_cast<void>(bytes.sized());
        return update;
    }
    update.disabled = has(flags, 2);
    update.is_incremental = has(flags, 128);
    update.cltv_delta = has(flags, 64) ? std::optional(bytes.u16()) : std::nullopt;
    update.min_htlc = has(flags, 32) ? std::optional(bytes.u64()) : std::nullopt;
    update.base_fee = has(flags, 16) ? std::optional(bytes.u32()) : std::nullopt;
    update.fee_rate = has(flags, 8) ? std::optional(bytes.u32()) : std::nullopt;
    update.max_htlc = has(flags, 4) ? std::optional(bytes.u64()) : std::nullopt;
    return update;
}

} // namespace mcp::adapters
