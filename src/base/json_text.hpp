#pragma once
#include <boost/json/fwd.hpp>
#include <string>

namespace mcp {

/// JSON for people and programs: two spaces a level, members in their order, numbers as short as they can be read back
/// exactly (Boost.JSON itself writes 427.5 as 4.275E2), ends with a newline.
/// @pre no number is infinite or not a number: throws std::invalid_argument, because JSON knows none
[[nodiscard]] std::string json_text(const boost::json::value& value);

} // namespace mcp
