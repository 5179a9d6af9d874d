#pragma once
#include <optional>
#include <string>

namespace mcp::adapters {

/// @return nothing when the variable is unset or empty: POSIX treats both alike for locales, NO_COLOR and COLUMNS.
[[nodiscard]] std::optional<std::string> environment(const char* name);

/// The locale that messages should follow: LC_ALL, else LC_MESSAGES, else LANG.
[[nodiscard]] std::optional<std::string> message_locale();

} // namespace mcp::adapters
