#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// Base32 with the alphabet made for people's eyes (Zooko O'Whielacronx), as nodes write signatures.
[[nodiscard]] std::string zbase32(std::string_view bytes);

/// @return nothing for anything but the one text that zbase32() makes of some bytes   @complexity O(n)
[[nodiscard]] std::optional<std::string> from_zbase32(std::string_view text);

} // namespace mcp::adapters
