#pragma once
#include <string>

namespace mcp::api {

/// docs/reference/api.md, printed from the table of routes: sentences in both languages, calls that can be pasted.
[[nodiscard]] std::string reference_page();

} // namespace mcp::api
