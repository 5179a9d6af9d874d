#pragma once
#include "api/route.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::api {

/// Finds the row of the table that a request means.
class Router {
public:
    /// @param table outlives the router
    explicit Router(std::span<const Route> table);

    struct Match {
        const Route* route = nullptr; ///< nothing: the path is unknown, or does not know the method
        std::string_view path;        ///< template of the path; empty when it is unknown
        std::string_view allowed;     ///< methods that the path knows, as `Allow` lists them; empty when it is unknown
        std::vector<std::string> values; ///< of the {...} in the path
    };

    /// HEAD finds what GET does. @param segments decoded
    [[nodiscard]] Match find(Method method, const std::vector<std::string>& segments) const;

private:
    /// All rows with the same path.
    struct Path {
        std::string_view text;
        std::vector<std::string_view> segments; ///< a {...} as an empty one
        std::vector<const Route*> rows;
        std::string allowed;

        [[nodiscard]] bool fits(const std::vector<std::string>& asked) const;
    };

    [[nodiscard]] Path& path_of(const Route& row);

    std::vector<Path> paths_;
};

} // namespace mcp::api
