#pragma once
#include <string>

namespace mcp::app {

/// Where computed facts are kept between two calls: XDG_CACHE_HOME/mcp-api, else ~/.cache/mcp-api; empty (nothing is
/// kept) where the environment names neither.
[[nodiscard]] std::string cache_folder();

} // namespace mcp::app
