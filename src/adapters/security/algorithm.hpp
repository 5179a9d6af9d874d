#pragma once
#include <optional>
#include <string_view>

namespace mcp::adapters {

/// How a token may be signed; "none" is no such way.
enum class Algorithm { hs256, rs256, es256, eddsa };

/// @param name as the header says it, to the letter
[[nodiscard]] std::optional<Algorithm> parse_algorithm(std::string_view name);
[[nodiscard]] std::string_view name_of(Algorithm algorithm);

} // namespace mcp::adapters
