#include "domain/pub_key.hpp"

#include <cstring>

namespace mcp::domain {
namespace {

constexpr std::array<std::int8_t, 256> make_nibbles() {
    std::array<std::int8_t, 256> table{};
    for (auto& entry : table) {
        entry = -1;
    }
    for (int digit = 0; digit < 10; ++digit) {
        table[static_cast<std::size_t>('0' + digit)] = static_cast<std::int8_t>(digit);
    }
    for (int digit = 0; digit < 6; ++digit) {
        table[static_cast<std::size_t>('a' + digit)] = static_cast<std::int8_t>(10 + digit);
        table[static_cast<std::size_t>('A' + digit)] = static_cast<std::int8_t>(10 + digit);
    }
    return table;
}

constexpr std::array<std::int8_t, 256> kNibbles = make_nibbles();
constexpr std::string_view kDigits = "0123456789abcdef";

} // namespace

std::optional<PubKey> PubKey::parse(std::string_view hex) {
    PubKey key;
    if (hex.size() != 2 * key.bytes.size()) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < key.bytes.size(); ++i) {
        const int high = kNibbles[static_cast<std::uint8_t>(hex[2 * i])];
        const int low = kNibbles[static_cast<std::uint8_t>(hex[2 * i + 1])];
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        key.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    if (key.bytes[0] != 2 && key.bytes[0] != 3) {
        return std::nullopt;
    }
    return key;
}

std::string PubKey::hex() const {
    std::string text;
    text.reserve(2 * bytes.size());
    for (const std::uint8_t byte : bytes) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

std::size_t PubKeyHash::operator()(const PubKey& key) const noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, key.bytes.data() + 1, sizeof word);
    return static_cast<std::size_t>(word * 0x9E3779B97F4A7C15ULL); // vanity keys begin alike: spread what differs
}

} // namespace mcp::domain
