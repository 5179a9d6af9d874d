#pragma once
#include "app/config/world.hpp"
#include "base/error.hpp"

#include <string>

namespace mcp::app {

/// The token of a call, without blanks around it: files and pipes end with a newline. @param given "-" is standard
/// input
[[nodiscard]] Result<std::string> given_token(const std::string& given, const ConfigWorld& world);

} // namespace mcp::app
