#pragma once
#include "adapters/security/rune.hpp"

#include <string_view>

namespace mcp::adapters {

/// Whether a rune could admit a call of that method, as far as its conditions on the method tell: what it asks of the
/// time, the parameters and the rest is taken to hold.
[[nodiscard]] bool may_call(const Rune& rune, std::string_view method);

/// Whether what a rune admits can only read, whatever else is called or comes to be called: one of its restrictions
/// names methods alone, each of which reads, or what every reading method begins with. Conservative: never true for a
/// rune that admits a writing method, and not for every one that admits none.
/// @complexity O(conditions^2)
[[nodiscard]] bool only_reads(const Rune& rune);

} // namespace mcp::adapters
