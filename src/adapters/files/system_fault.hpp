#pragma once
#include "base/error.hpp"

#include <string_view>

namespace mcp::adapters {

/// An error of the operating system as a sentence: files that are not there or not ours in words of the reader's
/// language, the rare others by the system's own name of them (EIO, ENOSPC...).
/// @param key a message with the argument `fault`
[[nodiscard]] Error system_fault(std::string_view key, int error_number);

} // namespace mcp::adapters
