#pragma once
#include "api/route.hpp"
#include "domain/language.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mcp::api {

inline constexpr std::string_view kApiVersion = "1.0.0"; ///< of the contract, semantic versioning

/// The API as OpenAPI 3.1, printed from the table of routes; sentences in `language`.
[[nodiscard]] std::string openapi_text(domain::Language language);

/// Every status of an error that a route can answer, ascending: its own, and those that follow from its columns.
[[nodiscard]] std::vector<int> refusals_of(const Route& route);
/// Those that a route shares with all others, because the server itself gives them.
[[nodiscard]] bool is_common_refusal(int status);

/// Keys of messages: what a status means here, what a tag gathers, who may ask.
[[nodiscard]] std::string_view refusal_key(int status);
[[nodiscard]] std::string_view success_key(int status);
[[nodiscard]] std::string_view tag_key(std::string_view tag);
[[nodiscard]] std::string_view access_key(Access access);

} // namespace mcp::api
