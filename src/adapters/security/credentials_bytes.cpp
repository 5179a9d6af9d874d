#include "adapters/security/credentials_bytes.hpp"

#include "adapters/security/base64url.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cstdint>

namespace mcp::adapters {
namespace {

constexpr std::size_t kShownBytesMax = 300;

/// @return 16 for what is no digit
std::uint8_t digit_value(char digit) {
    constexpr std::string_view kSmall = "0123456789abcdef";
    constexpr std::string_view kLarge = "0123456789ABCDEF";
    const std::size_t small = kSmall.find(digit);
    return static_cast<std::uint8_t>(std::min({small, kLarge.find(digit), kSmall.size()}));
}

} // namespace

std::string without_blanks(std::string_view text) {
    std::string kept;
    std::copy_if(text.begin(), text.end(), std::back_inserter(kept),
                 [](char c) { return std::string_view(" \t\r\n").find(c) == std::string_view::npos; });
    return kept;
}

std::optional<std::string> from_hex(std::string_view digits) {
    if (digits.size() % 2 != 0) {
        return std::nullopt;
    }
    std::string bytes;
    bytes.reserve(digits.size() / 2);
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const std::uint8_t high = digit_value(digits[i]);
        const std::uint8_t low = digit_value(digits[i + 1]);
        if (high > 15 || low > 15) {
            return std::nullopt;
        }
        bytes += static_cast<char>(high << 4 | low);
    }
    return bytes;
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string digits;
    digits.reserve(2 * bytes.size());
    for (const char byte : bytes) {
        digits += kDigits[static_cast<std::uint8_t>(byte) >> 4];
        digits += kDigits[static_cast<std::uint8_t>(byte) & 15];
    }
    return digits;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string letters(text);
    if (letters.size() % 4 == 0) {
        letters.resize(letters.size() - (letters.ends_with("==") ? 2 : letters.ends_with('=') ? 1 : 0));
    }
    std::replace(letters.begin(), letters.end(), '+', '-');
    std::replace(letters.begin(), letters.end(), '/', '_');
    return from_base64url(letters);
}

std::string shown(std::string_view text) {
    const std::string clean = clean_text(text.substr(0, kShownBytesMax)).text;
    return text.size() > kShownBytesMax ? clean + "..." : clean;
}

} // namespace mcp::adapters
