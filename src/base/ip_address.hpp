#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mcp {

/// An IP address; an IPv4 one is kept as IPv6 writes it (::ffff:a.b.c.d), so that both ways of writing it are one.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};

    bool operator==(const IpAddress&) const = default;

    /// @param text four decimal numbers, or an IPv6 address without brackets and zone; nothing that only resolvers read
    [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);
    [[nodiscard]] bool is_v4() const;
    [[nodiscard]] std::string text() const;
    /// What tells clients apart: an IPv4 address whole, of an IPv6 one the first 64 bits, because a single client has
    /// all of those that begin so.
    [[nodiscard]] std::uint64_t client() const;
};

/// Addresses that begin with the same bits.
struct IpNetwork {
    IpAddress address;
    int bits = 128; ///< of the IPv6 form

    bool operator==(const IpNetwork&) const = default;

    /// @param text "10.0.0.0/8", "fd00::/8", or one address
    [[nodiscard]] static std::optional<IpNetwork> parse(std::string_view text);
    [[nodiscard]] bool contains(const IpAddress& other) const;
};

} // namespace mcp
