#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// Text of an event made fit for one line of the log: control characters become spaces, broken UTF-8 is replaced, of
/// each e-mail address only the first letter and the domain stay ("a…@b.example"), and what is longer than `bytes_max`
/// ends in "…". @complexity O(n)
[[nodiscard]] std::string safe_text(std::string_view raw, std::size_t bytes_max);

/// Breaks the words by which scripts find lines (CONTRACT section 1) where they are not their owner's: other people's
/// words reach the log too (a node's own text, its host, a source's answer), and must not pass for lines of ours.
/// `generation_duration` belongs to the line of component `daily_report` that begins with it, and stands there once;
/// `daily_report` to that component and to `scheduler`, whose runs are called so; `scheduler` to its component; `ERROR`
/// to the level alone. What is broken stays as long as it was: "generation-duration". @complexity O(n)
[[nodiscard]] std::string without_words_of_others(std::string text, std::string_view component);

/// The addresses alone, also where a URL writes "%40" for "@". A node's URI (66 hex digits before the "@") is none.
[[nodiscard]] std::string mask_addresses(std::string_view text);

} // namespace mcp::adapters
