#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mcp::domain {

/// A node's identity: a compressed secp256k1 point, 33 bytes, written as 66 hex digits.
struct PubKey {
    std::array<std::uint8_t, 33> bytes{};

    auto operator<=>(const PubKey&) const = default;

    /// @return nothing unless `hex` is 66 hex digits that begin with 02 or 03 (upper case is taken too).
    [[nodiscard]] static std::optional<PubKey> parse(std::string_view hex);
    [[nodiscard]] std::string hex() const; ///< 66 lower-case digits
};

/// The bytes of a public key are already as good as random: eight of them make a hash.
struct PubKeyHash {
    std::size_t operator()(const PubKey& key) const noexcept;
};

} // namespace mcp::domain
