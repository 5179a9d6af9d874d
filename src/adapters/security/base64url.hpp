#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// Base64 with the alphabet for URLs and without padding (RFC 7515, section 2).
[[nodiscard]] std::string base64url(std::string_view bytes);

/// @return nothing for anything but the one text that base64url() makes of some bytes: padding, blanks, other letters
/// and left-over bits that are not zero are refused, so that no two tokens say the same   @complexity O(n)
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

} // namespace mcp::adapters
