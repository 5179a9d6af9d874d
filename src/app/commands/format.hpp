#pragma once
#include "base/error.hpp"

#include <span>
#include <string_view>

namespace mcp::app {

/// The shape of a command's data.
enum class Format { text, json, csv, html, pdf };

/// What `--format` means for a command that knows the `accepted` ones.
/// @return an error for the user that names the accepted ones
[[nodiscard]] Result<Format> parse_format(std::string_view given, std::span<const Format> accepted);

} // namespace mcp::app
