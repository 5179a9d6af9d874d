#pragma once
#include <string>
#include <string_view>

namespace mcp {

/// Text made safe to show: what other people call themselves reaches terminals, pages and e-mails.
struct CleanText {
    std::string text;     ///< valid UTF-8, on one line, in its own writing direction
    bool changed = false; ///< something was removed or replaced
};

/// Removes control characters (C0, DEL, C1, line and paragraph separators) and overrides of the writing direction
/// (U+202A-E, U+2066-9), and puts U+FFFD for each piece of invalid UTF-8. Emoji, joiners, right-to-left letters and
/// quotes stay. @complexity O(n)
[[nodiscard]] CleanText clean_text(std::string_view raw);

[[nodiscard]] bool is_utf8(std::string_view text);

/// The same text for comparing without regard to case: ASCII and the Latin-1 letters (É, Ö) become small, all else
/// stays.
/// @pre `text` is valid UTF-8
[[nodiscard]] std::string fold_case(std::string_view text);

} // namespace mcp
