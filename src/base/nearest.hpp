#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mcp {

/// The known word that a mistyped one was probably meant to be: least edits (insert, delete, replace or swap one byte),
/// the earlier one of equals.
/// @return nothing when even the nearest needs more edits than a third of the word, at least two
[[nodiscard]] std::optional<std::string> nearest(std::string_view word, std::span<const std::string> known);

} // namespace mcp
