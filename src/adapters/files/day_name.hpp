#pragma once
#include "base/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// "20251025": a day as it stands in names of files. @pre its year has four digits
[[nodiscard]] std::string day_name(Day day);

/// The day of such eight digits; nothing for other text and for days that no calendar has.
[[nodiscard]] std::optional<Day> parse_day_name(std::string_view text);

} // namespace mcp::adapters
