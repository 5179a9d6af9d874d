#pragma once
#include <string>

namespace mcp::app {

/// docs/reference/configuration.md, from THE TABLE of keys.
[[nodiscard]] std::string keys_page();

} // namespace mcp::app
