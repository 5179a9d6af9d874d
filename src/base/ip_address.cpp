#include "base/ip_address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace mcp {
namespace {

constexpr int kBits = 128;
constexpr int kV4Bits = 32;
constexpr std::size_t kTextMax = 64; // longer than any address
constexpr std::array<std::uint8_t, 12> kV4Prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

} // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    if (text.size() > kTextMax || text.find('\0') != text.npos) {
        return std::nullopt;
    }
    const std::string given(text);
    IpAddress address;
    if (::inet_pton(AF_INET6, given.c_str(), address.bytes.data()) == 1) {
        return address;
    }
    std::copy(kV4Prefix.begin(), kV4Prefix.end(), address.bytes.begin());
    if (::inet_pton(AF_INET, given.c_str(), address.bytes.data() + kV4Prefix.size()) == 1) {
        return address;
    }
    return std::nullopt;
}

bool IpAddress::is_v4() const {
    return std::equal(kV4Prefix.begin(), kV4Prefix.end(), bytes.begin());
}

std::string IpAddress::text() const {
    std::array<char, INET6_ADDRSTRLEN> place{};
    if (is_v4()) {
        ::inet_ntop(AF_INET, bytes.data() + kV4Prefix.size(), place.data(), place.size());
    } else {
        ::inet_ntop(AF_INET6, bytes.data(), place.data(), place.size());
    }
    return place.data();
}

std::uint64_t IpAddress::client() const {
    std::uint64_t key = 0; // ::ffff:a.b.c.d gives 0000ffffaabbccdd, with which no network of the world begins
    const auto first = is_v4() ? bytes.begin() + 8 : bytes.begin();
    std::for_each(first, first + 8, [&](std::uint8_t byte) { key = key << 8 ^ byte; });
    return key;
}

std::optional<IpNetwork> IpNetwork::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::optional<IpAddress> address = IpAddress::parse(text.substr(0, slash));
    if (!address) {
        return std::nullopt;
    }
    if (slash == text.npos) {
        return IpNetwork{*address, kBits};
    }
    const std::string_view digits = text.substr(slash + 1);
    int bits = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    const int bits_max = address->is_v4() ? kV4Bits : kBits;
    if (fault != std::errc() || end != digits.data() + digits.size() || bits < 0 || bits > bits_max) {
        return std::nullopt;
    }
    return IpNetwork{*address, bits + kBits - bits_max};
}

bool IpNetwork::contains(const IpAddress& other) const {
    for (int bit = 0; bit < bits; ++bit) {
        const auto byte = static_cast<std::size_t>(bit / 8);
        const int mask = 0x80 >> bit % 8;
        if ((address.bytes[byte] & mask) != (other.bytes[byte] & mask)) {
            return false;
        }
    }
    return true;
}

} // namespace mcp
