#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::api {

/// An IP address; an IPv4 one is kept as IPv6 writes it (::ffff:a.b.c.d), so that both ways of writing it are one.
struct Address {
    std::array<std::uint8_t, 16> bytes{};

    bool operator==(const Address&) const = default;

    /// @param text an IPv4 or IPv6 address; brackets and a port are taken off, as proxies write them
    [[nodiscard]] static std::optional<Address> parse(std::string_view text);
    [[nodiscard]] bool is_v4() const;
    [[nodiscard]] std::string text() const;
    /// What tells clients apart: an IPv4 address whole, of an IPv6 one the first 64 bits, because a single client has
    /// all of those that begin so.
    [[nodiscard]] std::uint64_t client() const;
};

/// Addresses that begin with the same bits.
struct Network {
    Address address;
    int bits = 128; ///< of the IPv6 form

    /// @param text "10.0.0.0/8", "fd00::/8", or one address
    [[nodiscard]] static std::optional<Network> parse(std::string_view text);
    [[nodiscard]] bool contains(const Address& other) const;
};

/// Who really asks: `X-Forwarded-For` read from its end, as far as proxies of ours wrote it.
/// @param peer whom the connection is from   @param forwarded the header's value, empty when there is none
[[nodiscard]] Address client_address(const Address& peer, std::string_view forwarded,
                                     const std::vector<Network>& trusted);

} // namespace mcp::api
