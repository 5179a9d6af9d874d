#pragma once
#include "domain/language.hpp"

#include <string>
#include <string_view>

namespace mcp::api {

/// What a browser may do for /docs: run its own script and style, and ask this server.
inline constexpr std::string_view kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'";

/// The page that shows /openapi.json: an empty frame with its words in `language`, which docs_script_text() fills.
[[nodiscard]] std::string docs_html(domain::Language language);
[[nodiscard]] std::string_view docs_script_text();
[[nodiscard]] std::string_view docs_style_text();

} // namespace mcp::api
