#include "adapters/security/base64url.hpp"

#include <array>
#include <cstdint>

namespace mcp::adapters {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t kNoLetter = 0xFF;

constexpr std::array<std::uint8_t, 256> letter_values() {
    std::array<std::uint8_t, 256> values{};
    values.fill(kNoLetter);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
        values[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return values;
}

constexpr std::array<std::uint8_t, 256> kValues = letter_values();

} // namespace

std::string base64url(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t bits = 0;
    int held = 0; // bits that are not written yet
    for (const char byte : bytes) {
        bits = bits << 8 | static_cast<std::uint8_t>(byte);
        for (held += 8; held >= 6; held -= 6) {
            text += kAlphabet[bits >> (held - 6) & 63];
        }
    }
    if (held > 0) {
        text += kAlphabet[bits << (6 - held) & 63];
    }
    return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int held = 0;
    for (const char letter : text) {
        const std::uint8_t value = kValues[static_cast<std::uint8_t>(letter)];
        if (value == kNoLetter) {
            return std::nullopt;
        }
        bits = bits << 6 | value;
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>(bits >> held & 0xFF);
        }
    }
    const bool has_lone_letter = held == 6;
    const bool has_bits_left = (bits & ((1U << held) - 1)) != 0;
    return has_lone_letter || has_bits_left ? std::nullopt : std::optional(std::move(bytes));
}

} // namespace mcp::adapters
