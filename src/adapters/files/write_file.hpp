#pragma once
#include "base/error.hpp"

#include <string>
#include <string_view>

namespace mcp::adapters {

/// Writes a file whole or not at all: a temporary file in the same folder, synced to disk, takes the name's place. What
/// was there stays until then, its permissions are kept, a symbolic link stays one. A signal that ends the process, and
/// every fault, leaves no temporary file. A pipe or device is written as it is. Errors name no path: the caller adds
/// it.
[[nodiscard]] Result<void> write_file_atomically(const std::string& path, std::string_view bytes);

/// Whether write_file_atomically() can be expected to work, for asking before a long work: a folder in the way, a
/// missing folder, a missing permission. Changes nothing.
[[nodiscard]] Result<void> check_writable(const std::string& path);

} // namespace mcp::adapters
