#include "base/text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace mcp {
namespace {

/// One step through text: a character of `size` bytes, or `size` bytes that are none.
struct Step {
    std::uint32_t code_point = 0;
    std::size_t size = 1;
    bool valid = false;
};

struct LeadByte {
    std::size_t size;
    std::uint32_t bits;
    std::uint8_t
        second_min; ///< bounds of the second byte: they keep out overlong forms, surrogates and what is above U+10FFFF
    std::uint8_t second_max;
};

LeadByte lead_byte(std::uint8_t byte) {
    if (byte < 0xC2 || byte > 0xF4) {
        return {0, 0, 0, 0};
    }
    if (byte < 0xE0) {
        return {2, byte & 0x1Fu, 0x80, 0xBF};
    }
    const auto second_min = static_cast<std::uint8_t>(byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80);
    const auto second_max = static_cast<std::uint8_t>(byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF);
    return byte < 0xF0 ? LeadByte{3, byte & 0x0Fu, second_min, second_max}
                       : LeadByte{4, byte & 0x07u, second_min, second_max};
}

/// Unicode's practice: of a broken sequence, the longest beginning that could have become a character is one piece.
Step next_character(std::string_view text, std::size_t at) {
    const auto first = static_cast<std::uint8_t>(text[at]);
    if (first < 0x80) {
        return {first, 1, true};
    }
    const LeadByte lead = lead_byte(first);
    Step step{lead.bits, 1, false};
    for (; step.size < lead.size && at + step.size < text.size(); ++step.size) {
        const auto byte = static_cast<std::uint8_t>(text[at + step.size]);
        const bool is_second = step.size == 1;
        if (byte < (is_second ? lead.second_min : 0x80) || byte > (is_second ? lead.second_max : 0xBF)) {
            return step;
        }
        step.code_point = step.code_point << 6 | (byte & 0x3Fu);
    }
    step.valid = lead.size != 0 && step.size == lead.size;
    return step;
}

bool is_control(std::uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029;
}

bool overrides_direction(std::uint32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_plain_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

} // namespace

CleanText clean_text(std::string_view raw) {
    if (is_plain_ascii(raw)) {
        return {std::string(raw), false};
    }
    CleanText clean;
    for (std::size_t at = 0; at < raw.size();) {
        const Step step = next_character(raw, at);
        const bool kept = step.valid && !is_control(step.code_point) && !overrides_direction(step.code_point);
        if (kept) {
            clean.text += raw.substr(at, step.size);
        } else if (!step.valid) {
            clean.text += "\xEF\xBF\xBD";
        }
        clean.changed = clean.changed || !kept;
        at += step.size;
    }
    return clean;
}

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Step step = next_character(text, at);
        if (!step.valid) {
            return false;
        }
        at += step.size;
    }
    return true;
}

std::string fold_case(std::string_view text) {
    constexpr std::uint8_t kLatin1 = 0xC3;         // first byte of U+00C0..U+00FF
    constexpr std::uint8_t kMultiplication = 0x97; // U+00D7 stands among the capitals and is none
    std::string folded(text);
    std::uint8_t before = 0;
    for (char& c : folded) {
        const auto byte = static_cast<std::uint8_t>(c);
        const bool is_capital = byte >= 'A' && byte <= 'Z';
        const bool is_latin1_capital = before == kLatin1 && byte <= 0x9E && byte != kMultiplication;
        if (is_capital || is_latin1_capital) {
            c = static_cast<char>(byte + 0x20);
        }
        before = byte;
    }
    return folded;
}

} // namespace mcp
