#pragma once
#include "base/clock.hpp"
#include "base/units.hpp"
#include "language/language.hpp"

#include <cstdint>
#include <string>

namespace mcp::language {

[[nodiscard]] std::string format_integer(std::int64_t value, Language language);         ///< "1,234" · "1 234"
[[nodiscard]] std::string format_decimal(double value, int decimals, Language language); ///< "1,234.5" · "1 234,5"
[[nodiscard]] std::string format_share(double share, int decimals, Language language);   ///< 0.25: "25%" · "25 %"
[[nodiscard]] std::string format_day(Day day, Language language);                        ///< "25 October 2025"
[[nodiscard]] std::string format_time(Time time, Language language); ///< "25 October 2025, 03:47 UTC"

} // namespace mcp::language
