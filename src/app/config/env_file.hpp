#pragma once
#include "base/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::app {

inline constexpr std::size_t kEnvFileBytesMax = 1 << 20;
inline constexpr std::size_t kEnvFileEntriesMax = 10'000;

/// What makes a line unreadable. The file is shared with other programs, so this concerns only who owns the key.
enum class EnvLineFault { none, no_equals, quote_not_closed, text_after_quote };

/// One line of an `.env` file that says something.
struct EnvEntry {
    std::size_t line = 0;   ///< the first is 1
    std::string key = {};   ///< the word that the line begins with; empty when it begins with none
    std::string value = {}; ///< any bytes
    EnvLineFault fault = EnvLineFault::none;

    bool operator==(const EnvEntry&) const = default;
};

/// Reads the text of an `.env` file: `KEY=value` on one line, spaces around both ignored, `export ` before it allowed;
/// `#` at the start of a line or after a space begins a comment; '...' is taken as it is, in "..." a backslash stands
/// before `"`, `\`, `$`, `n`, `r` and `t`; nothing is expanded. Lines end with LF or CRLF; a UTF-8 byte order mark is
/// skipped. A key may come again: to the reader the last one counts.
/// @return entries in the order of the file; an error when it is too large or in UTF-16
[[nodiscard]] Result<std::vector<EnvEntry>> parse_env_file(std::string_view text);

} // namespace mcp::app
