#pragma once
#include "language/language.hpp"

namespace mcp::app {

/// The language of the command line without `--lang`: that of the user's locale, English when it has none of ours.
[[nodiscard]] language::Language language_of_user();

} // namespace mcp::app
