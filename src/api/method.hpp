#pragma once
#include <string_view>

namespace mcp::api {

/// The methods that routes can have; `other` are those that none has.
enum class Method { get, head, post, put, del, options, other };

[[nodiscard]] constexpr std::string_view name(Method method) {
    switch (method) {
    case Method::get:
        return "GET";
    case Method::head:
        return "HEAD";
    case Method::post:
        return "POST";
    case Method::put:
        return "PUT";
    case Method::del:
        return "DELETE";
    case Method::options:
        return "OPTIONS";
    case Method::other:
        return "other"; // names of others are not repeated: they are unbounded
    }
    return "";
}

/// @param text as it stands in the request: methods have no other case than theirs
[[nodiscard]] constexpr Method parse_method(std::string_view text) {
    for (const Method known : {Method::get, Method::head, Method::post, Method::put, Method::del, Method::options}) {
        if (name(known) == text) {
            return known;
        }
    }
    return Method::other;
}

} // namespace mcp::api
