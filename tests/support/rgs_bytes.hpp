#pragma once
#include "domain/pub_key.hpp"
#include "tests/support/graph_json.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// Snapshots of Rapid Gossip Sync, written by hand for tests: every call adds what it names, big-endian.
namespace mcp::test {

class RgsWriter {
public:
    std::string bytes;

    RgsWriter& number(std::uint64_t value, int size) {
        for (int at = size - 1; at >= 0; --at) {
            bytes += static_cast<char>(value >> (8 * at) & 0xFF);
        }
        return *this;
    }
    RgsWriter& u8(std::uint64_t value) { return number(value, 1); }
    RgsWriter& u16(std::uint64_t value) { return number(value, 2); }
    RgsWriter& u32(std::uint64_t value) { return number(value, 4); }
    RgsWriter& u64(std::uint64_t value) { return number(value, 8); }
    RgsWriter& text(std::string_view value) {
        bytes += value;
        return *this;
    }
    RgsWriter& big_size(std::uint64_t value) {
        if (value < 0xFD) {
            return u8(value);
        }
        const int size = value <= 0xFFFF ? 2 : value <= 0xFFFFFFFF ? 4 : 8;
        return u8(size == 2 ? 0xFD : size == 4 ? 0xFE : 0xFF).number(value, size);
    }
    /// The public key of test::key_hex.
    RgsWriter& key(std::uint32_t number_of_key, std::uint8_t flags = 0) {
        const domain::PubKey key = *domain::PubKey::parse(key_hex(number_of_key));
        std::string raw(key.bytes.begin(), key.bytes.end());
        raw[0] = static_cast<char>(raw[0] | flags);
        return text(raw);
    }

    /// Up to the count of nodes. @param version 2 has no sets of features
    static RgsWriter head(std::uint8_t version, std::uint32_t latest_seen, char chain = 'c') {
        RgsWriter made;
        made.text("LDK").u8(version).text(std::string(32, chain)).u32(latest_seen);
        return version >= 2 ? made.u8(0) : made;
    }
    RgsWriter& nodes(std::uint32_t count) {
        u32(count);
        for (std::uint32_t i = 1; i <= count; ++i) {
            key(i);
        }
        return *this;
    }
    /// Nodes are counted from 0.
    RgsWriter& channel(std::uint64_t id_step, std::uint64_t node1, std::uint64_t node2) {
        return u16(0).big_size(id_step).big_size(node1).big_size(node2);
    }
    RgsWriter& defaults(std::uint16_t cltv, std::uint64_t min, std::uint32_t base, std::uint32_t ppm,
                        std::uint64_t max) {
        return u16(cltv).u64(min).u32(base).u32(ppm).u64(max);
    }
    RgsWriter& update(std::uint64_t id_step, std::uint8_t flags) { return big_size(id_step).u8(flags); }
};

inline constexpr std::uint32_t kRgsTime = 1'700'000'000;

/// Three nodes, channels 1000 (1-2) and 1005 (2-3), both directions of the first, one of the second.
inline std::string rgs_graph(std::uint8_t version = 1, std::uint32_t latest_seen = kRgsTime) {
    RgsWriter made = RgsWriter::head(version, latest_seen).nodes(3);
    made.u32(2).channel(1000, 0, 1).channel(5, 1, 2);
    made.u32(3).defaults(40, 1000, 1000, 100, 500'000'000);
    made.update(1000, 0).update(0, 1 | 2 | 8).u32(250).update(5, 1 | 4 | 64).u16(80).u64(UINT64_MAX);
    return made.bytes;
}

} // namespace mcp::test
