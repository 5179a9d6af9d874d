#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// Text of an event made fit for one line of the log: control characters become spaces, broken UTF-8 is replaced, of
/// each e-mail address only the first letter and the domain stay ("a…@b.example"), and what is longer than `bytes_max`
/// ends in "…". @complexity O(n)
[[nodiscard]] std::string safe_text(std::string_view raw, std::size_t bytes_max);

/// The addresses alone, also where a URL writes "%40" for "@". A node's URI (66 hex digits before the "@") is none.
[[nodiscard]] std::string mask_addresses(std::string_view text);

} // namespace mcp::adapters
