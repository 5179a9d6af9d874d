#pragma once
#include "adapters/sources/rgs_bytes.hpp"
#include "domain/network.hpp"

#include <array>
#include <cstdint>
#include <optional>

/// The records of a Rapid Gossip Sync snapshot, versions 1 and 2, as its bytes tell them.
/// Source: lightning-rapid-gossip-sync of rust-lightning, README and processing.rs.
namespace mcp::adapters {

inline constexpr std::uint8_t kRgsVersionMax = 2;

struct RgsHead {
    std::uint8_t version = 0;
    std::array<std::uint8_t, 32> chain{}; ///< hash of the first block
    std::uint32_t latest_seen = 0;        ///< when the newest update that the server knows was announced
    std::uint8_t feature_sets = 0;        ///< that follow; version 2
};

struct RgsNode {
    std::optional<domain::PubKey> key; ///< absent: the bytes are no public key
    bool tells_addresses = false;      ///< `addresses` replace what was known; version 2
    domain::Node addresses;            ///< only its addresses are set
};

struct RgsAnnouncement {
    std::uint64_t id_step = 0; ///< from the announcement before
    std::uint64_t node[2] = {0, 0};
    std::optional<std::uint64_t> funding_sats; ///< version 2
};

/// What an update says of each member that it does not name.
struct RgsDefaults {
    std::uint16_t cltv_delta = 0;
    std::uint64_t min_htlc = 0;
    std::uint32_t base_fee = 0;
    std::uint32_t fee_rate = 0;
    std::uint64_t max_htlc = 0;
};

struct RgsUpdate {
    std::uint64_t id_step = 0; ///< from the update before
    int direction = 0;         ///< 0: by the first node of the announcement
    bool disabled = false;
    bool is_incremental = false; ///< members that it does not name stay as they were
    bool is_extra = false;       ///< no update: more about the one before, for readers to come; version 2
    std::optional<std::uint16_t> cltv_delta;
    std::optional<std::uint64_t> min_htlc;
    std::optional<std::uint32_t> base_fee;
    std::optional<std::uint32_t> fee_rate;
    std::optional<std::uint64_t> max_htlc;
};

// Each takes one record off `bytes`; what it answers counts only while the bytes are good.

/// @return a head of another version with nothing but that version: what follows is not known
[[nodiscard]] RgsHead take_rgs_head(RgsBytes& bytes);
[[nodiscard]] RgsNode take_rgs_node(RgsBytes& bytes, const RgsHead& head);
[[nodiscard]] RgsAnnouncement take_rgs_announcement(RgsBytes& bytes, const RgsHead& head);
[[nodiscard]] RgsDefaults take_rgs_defaults(RgsBytes& bytes);
/// @param direction_before of the update before, if there was one
[[nodiscard]] RgsUpdate take_rgs_update(RgsBytes& bytes, const RgsHead& head, std::optional<int> direction_before);

} // namespace mcp::adapters
