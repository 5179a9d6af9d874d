#pragma once
#include "base/clock.hpp"

#include <string>

namespace mcp {

[[nodiscard]] std::string
iso_time(Time time); ///< "2025-10-25T03:47:00Z", for machines; people get language::format_time

} // namespace mcp
