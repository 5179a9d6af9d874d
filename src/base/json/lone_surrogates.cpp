#include "base/json/lone_surrogates.hpp"

#include <charconv>
#include <cstring>
#include <optional>
#include <utility>

namespace mcp::json {
namespace {

constexpr std::string_view kReplacement = "\\ufffd";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kEscapeSize = 6; // \uXXXX

/// The code unit of the escape "\uXXXX" at the start of `text`.
std::optional<std::uint16_t> unit_of(std::string_view text) {
    if (text.size() < kEscapeSize || text[0] != '\\' || text[1] != 'u') {
        return std::nullopt;
    }
    std::uint16_t unit = 0;
    const char* end = text.data() + kEscapeSize;
    const auto [read_to, fault] = std::from_chars(text.data() + 2, end, unit, 16);
    return fault == std::errc{} && read_to == end ? std::optional(unit) : std::nullopt;
}

bool is_first_half(std::optional<std::uint16_t> unit) {
    return unit && *unit >= 0xD800 && *unit <= 0xDBFF;
}

bool is_second_half(std::optional<std::uint16_t> unit) {
    return unit && *unit >= 0xDC00 && *unit <= 0xDFFF;
}

/// What the backslash at the start of `text` begins.
struct Escape {
    std::size_t size;
    bool is_lone_half = false;
    bool is_cut = false; ///< more text is needed to tell
};

Escape escape_at(std::string_view text) {
    if (text.size() < 2 || (text[1] == 'u' && text.size() < kEscapeSize)) {
        return {text.size(), false, true};
    }
    const std::optional<std::uint16_t> unit = unit_of(text);
    if (is_second_half(unit)) {
        return {kEscapeSize, true};
    }
    if (!is_first_half(unit)) {
        return {2};
    }
    const std::string_view rest = text.substr(kEscapeSize);
    if (is_second_half(unit_of(rest))) {
        return {2 * kEscapeSize};
    }
    const bool may_become_pair =
        rest.size() < kEscapeSize && std::string_view("\\u").substr(0, rest.size()) == rest.substr(0, 2);
    return {kEscapeSize, true, may_become_pair};
}

} // namespace

void SurrogateMender::pass_on(std::string_view chunk, const Sink& sink) {
    if (held_.empty()) {
        mend(chunk, false, sink);
        return;
    }
    // Judge what was held together with a little of the chunk, then go on in the chunk itself, without copying it.
    const std::size_t held_size = held_.size();
    const std::string_view beginning = chunk.substr(0, 2 * kEscapeSize);
    const std::string joined = std::exchange(held_, {}).append(beginning);
    if (!mend(joined, false, sink) || beginning.size() == chunk.size()) {
        return;
    }
    const std::size_t judged = joined.size() - held_.size();
    held_.clear();
    mend(chunk.substr(judged - held_size), false, sink);
}

void SurrogateMender::finish(const Sink& sink) {
    const std::string rest = std::exchange(held_, {});
    if (!rest.empty()) {
        mend(rest, true, sink);
    }
}

/// @return false when the sink had enough
bool SurrogateMender::mend(std::string_view text, bool is_last, const Sink& sink) {
    if (at_start_ && !skip_byte_order_mark(text, is_last, sink)) {
        return true;
    }
    std::size_t passed = 0;
    for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
        const Escape escape = escape_at(text.substr(at));
        if (escape.is_cut && !is_last) {
            held_ = text.substr(at);
            text = text.substr(0, at);
            break;
        }
        if (escape.is_lone_half) {
            if (!sink(text.substr(passed, at - passed)) || !sink(kReplacement)) {
                return false;
            }
            passed = at + escape.size;
        }
        at += escape.size;
    }
    return sink(text.substr(passed));
}

/// @return false when the text is too short to tell: it is held back
bool SurrogateMender::skip_byte_order_mark(std::string_view& text, bool is_last, const Sink& sink) {
    if (text.size() < kByteOrderMark.size() && kByteOrderMark.substr(0, text.size()) == text && !is_last) {
        held_ = text;
        return false;
    }
    at_start_ = false;
    if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
        text.remove_prefix(kByteOrderMark.size());
        sink("   ");
    }
    return true;
}

} // namespace mcp::json
