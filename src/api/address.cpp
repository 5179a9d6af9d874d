#include "api/address.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>

namespace mcp::api {
namespace {

namespace ip = boost::asio::ip;

constexpr int kBits = 128;
constexpr int kV4Bits = 32;
constexpr std::size_t kTextMax = 64; // longer than any address with a port

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    const std::size_t last = text.find_last_not_of(" \t");
    return first == text.npos ? std::string_view() : text.substr(first, last - first + 1);
}

/// "[::1]:80" and "1.2.3.4:80" without their ports.
std::string_view without_port(std::string_view text) {
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        return end == text.npos ? text : text.substr(1, end - 1);
    }
    const std::size_t colon = text.find(':');
    const bool has_port = colon != text.npos && text.find(':', colon + 1) == text.npos;
    return has_port ? text.substr(0, colon) : text;
}

} // namespace

std::optional<Address> Address::parse(std::string_view text) {
    text = without_port(trimmed(text));
    if (text.empty() || text.size() > kTextMax) {
        return std::nullopt;
    }
    boost::system::error_code fault;
    const ip::address parsed = ip::make_address(std::string(text), fault);
    if (fault) {
        return std::nullopt;
    }
    const ip::address_v6 wide = parsed.is_v4() ? ip::make_address_v6(ip::v4_mapped, parsed.to_v4()) : parsed.to_v6();
    return Address{wide.to_bytes()};
}

bool Address::is_v4() const {
    return ip::address_v6(bytes).is_v4_mapped();
}

std::string Address::text() const {
    const ip::address_v6 wide(bytes);
    return wide.is_v4_mapped() ? ip::make_address_v4(ip::v4_mapped, wide).to_string() : wide.to_string();
}

std::uint64_t Address::client() const {
    std::uint64_t key = 0; // ::ffff:a.b.c.d gives 0000ffffaabbccdd, with which no network of the world begins
    const auto first = is_v4() ? bytes.begin() + 8 : bytes.begin();
    std::for_each(first, first + 8, [&](std::uint8_t byte) { key = key << 8 ^ byte; });
    return key;
}

std::optional<Network> Network::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::optional<Address> address = Address::parse(text.substr(0, slash));
    if (!address) {
        return std::nullopt;
    }
    if (slash == text.npos) {
        return Network{*address, kBits};
    }
    const std::string_view digits = text.substr(slash + 1);
    int bits = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    const int bits_max = address->is_v4() ? kV4Bits : kBits;
    if (fault != std::errc() || end != digits.data() + digits.size() || bits < 0 || bits > bits_max) {
        return std::nullopt;
    }
    return Network{*address, bits + kBits - bits_max};
}

bool Network::contains(const Address& other) const {
    for (int bit = 0; bit < bits; ++bit) {
        const auto byte = static_cast<std::size_t>(bit / 8);
        const int mask = 0x80 >> bit % 8;
        if ((address.bytes[byte] & mask) != (other.bytes[byte] & mask)) {
            return false;
        }
    }
    return true;
}

Address client_address(const Address& peer, std::string_view forwarded, const std::vector<Network>& trusted) {
    const auto is_trusted = [&](const Address& address) {
        return std::any_of(trusted.begin(), trusted.end(),
                           [&](const Network& network) { return network.contains(address); });
    };
    Address client = peer;
    while (!forwarded.empty() && is_trusted(client)) {
        const std::size_t comma = forwarded.rfind(',');
        const std::optional<Address> before =
            Address::parse(comma == forwarded.npos ? forwarded : forwarded.substr(comma + 1));
        if (!before) {
            break; // what a proxy of ours did not write tells nothing
        }
        client = *before;
        forwarded = comma == forwarded.npos ? std::string_view() : forwarded.substr(0, comma);
    }
    return client;
}

} // namespace mcp::api
