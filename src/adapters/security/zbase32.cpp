#include "adapters/security/zbase32.hpp"

#include <cstdint>

namespace mcp::adapters {
namespace {

constexpr std::string_view kAlphabet = "ybndrfg8ejkmcpqxot1uwisza345h769";
constexpr int kLetterBits = 5;

} // namespace

std::string zbase32(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() * 8 + kLetterBits - 1) / kLetterBits);
    std::uint32_t bits = 0;
    int held = 0; // bits that are not written yet
    for (const char byte : bytes) {
        bits = bits << 8 | static_cast<std::uint8_t>(byte);
        for (held += 8; held >= kLetterBits; held -= kLetterBits) {
            text += kAlphabet[bits >> (held - kLetterBits) & 31];
        }
    }
    if (held > 0) {
        text += kAlphabet[bits << (kLetterBits - held) & 31];
    }
    return text;
}

std::optional<std::string> from_zbase32(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() * kLetterBits / 8);
    std::uint32_t bits = 0;
    int held = 0;
    for (const char letter : text) {
        const std::size_t value = kAlphabet.find(letter);
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        bits = bits << kLetterBits | static_cast<std::uint32_t>(value);
        held += kLetterBits;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>(bits >> held & 0xFF);
        }
    }
    const bool has_idle_letter = held >= kLetterBits;
    const bool has_bits_left = (bits & ((1U << held) - 1)) != 0;
    return has_idle_letter || has_bits_left ? std::nullopt : std::optional(std::move(bytes));
}

} // namespace mcp::adapters
