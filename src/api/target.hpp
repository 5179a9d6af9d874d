#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mcp::api {

/// Takes the `%XX` out of one piece of a target. `plus_is_space` is the custom of queries.
/// @return nothing for a broken `%XX`, and for what is no UTF-8 or has a NUL afterwards
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);

/// What a request asks for, cut at its slashes. Segments are decoded each for itself: a `%2F` stays inside its segment.
struct Target {
    std::vector<std::string> segments; ///< "/a/b" has two, "/" one empty one
    std::string query;                 ///< as it came, without the '?'
    bool is_asterisk = false;          ///< "*", which only OPTIONS may ask for
};

/// @param text origin form ("/path?query"), absolute form ("http://host/path?query"), or "*"
/// @return nothing for anything else, and for segments that percent_decode() refuses
[[nodiscard]] std::optional<Target> parse_target(std::string_view text);

using QueryParameters = std::vector<std::pair<std::string, std::string>>;

/// Cuts "a=1&b=2"; a name without '=' has an empty value.
/// @return nothing when a piece cannot be decoded
[[nodiscard]] std::optional<QueryParameters> parse_query(std::string_view query);

} // namespace mcp::api
