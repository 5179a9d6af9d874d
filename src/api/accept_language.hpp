#pragma once
#include "domain/language.hpp"

#include <string_view>

namespace mcp::api {

/// The language that `Accept-Language` likes best of those we have, the first one of equals.
/// @return `otherwise` when it names none of them
[[nodiscard]] domain::Language accepted_language(std::string_view header, domain::Language otherwise);

} // namespace mcp::api
