#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mcp {

/// The known word that a mistyped one was probably meant to be: least edits (insert, delete, replace or swap one byte),
/// the earlier one of equals.
/// @return nothing when even the nearest needs more edits than a third of the word, at least two
[[nodiscard]] std::optional<std::string> nearest(std::string_view word, std::span<const std::string> known);

/// Positions in `known` of the words that nearest() would consider, fewest edits first, the earlier one of equals.
/// @complexity O(sum of the lengths known * length of the word)
[[nodiscard]] std::vector<std::size_t> nearest_places(std::string_view word, std::span<const std::string> known,
                                                      std::size_t at_most);

} // namespace mcp
