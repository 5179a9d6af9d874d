#pragma once
#include "base/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mcp {

[[nodiscard]] std::string
iso_time(Time time); ///< "2025-10-25T03:47:00Z", for machines; people get language::format_time

/// Reads "2025-10-25T03:47:00Z", as other programs write it: the fraction of a second may be there and is cut off,
/// "+00:00" may stand for Z. @return nothing for anything else, such as another time zone or the 30th of February
[[nodiscard]] std::optional<Time> parse_iso_time(std::string_view text);

} // namespace mcp
