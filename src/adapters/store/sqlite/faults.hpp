#pragma once
#include "base/error.hpp"

#include <string>
#include <string_view>

namespace mcp::adapters::sqlite {

/// What SQLite says, as a sentence with its remedy, after the file's path. Always ErrorKind::unavailable, but for a
/// statement that SQLite refuses: that is ours to mend, and internal.
/// @param code extended result code   @param system_error errno of the failed call, 0 when there was none
/// @param detail SQLite's own words
[[nodiscard]] Error store_fault(int code, int system_error, std::string_view detail, const std::string& file);

/// A database whose bytes are wrong. @param detail what is wrong with them
[[nodiscard]] Error damaged(const std::string& file, std::string_view detail);

/// A fault of the operating system met at `path`, always ErrorKind::unavailable.
/// @param key a message with the argument `fault`
[[nodiscard]] Error path_fault(std::string_view key, int system_error, const std::string& path);

/// The step that says which file an error is about.
[[nodiscard]] Message at_path(const std::string& path);

} // namespace mcp::adapters::sqlite
