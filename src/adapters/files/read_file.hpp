#pragma once
#include "base/error.hpp"

#include <cstddef>
#include <string>

namespace mcp::adapters {

/// A whole small file, as it is. @param path "-" is standard input
/// @return an error for what cannot be read (not_found where there is none) and for more than `bytes_max`. Errors name
/// no path: the caller adds it.
[[nodiscard]] Result<std::string> read_file(const std::string& path, std::size_t bytes_max);

} // namespace mcp::adapters
