#pragma once
#include <span>
#include <string_view>

namespace mcp::api {

/// A shape of JSON that routes take or give: a JSON Schema, which stands in openapi.json under its name.
struct Schema {
    std::string_view name;
    std::string_view json; ///< JSON text
};

[[nodiscard]] std::span<const Schema> schemas();

} // namespace mcp::api
