#include "api/router.hpp"

#include <cstddef>

namespace mcp::api {
namespace {

std::vector<std::string_view> cut(std::string_view path) {
    std::vector<std::string_view> segments;
    path.remove_prefix(1);
    for (;;) {
        const std::size_t slash = path.find('/');
        const std::string_view segment = path.substr(0, slash);
        segments.push_back(segment.starts_with('{') ? std::string_view() : segment);
        if (slash == path.npos) {
            return segments;
        }
        path.remove_prefix(slash + 1);
    }
}

} // namespace

Router::Router(std::span<const Route> table) {
    for (const Route& row : table) {
        Path& path = path_of(row);
        path.rows.push_back(&row);
        path.allowed += path.allowed.empty() ? "" : ", ";
        path.allowed += name(row.method);
        path.allowed += row.method == Method::get ? ", HEAD" : "";
    }
    for (Path& path : paths_) {
        path.allowed += ", OPTIONS";
    }
}

Router::Path& Router::path_of(const Route& row) {
    for (Path& path : paths_) {
        if (path.text == row.path) {
            return path;
        }
    }
    return paths_.emplace_back(Path{.text = row.path, .segments = cut(row.path), .rows = {}, .allowed = {}});
}

bool Router::Path::fits(const std::vector<std::string>& asked) const {
    if (asked.size() != segments.size()) {
        return false;
    }
    for (std::size_t i = asked.size(); i-- > 0;) { // paths differ at their ends
        const bool is_value = segments[i].empty();
        if (is_value ? asked[i].empty() : asked[i] != segments[i]) {
            return false;
        }
    }
    return true;
}

Router::Match Router::find(Method method, const std::vector<std::string>& segments) const {
    Match match;
    for (const Path& path : paths_) {
        if (!path.fits(segments)) {
            continue;
        }
        match.path = path.text;
        match.allowed = path.allowed;
        for (const Route* row : path.rows) {
            if (row->method == (method == Method::head ? Method::get : method)) {
                match.route = row;
            }
        }
        for (std::size_t i = 0; i < segments.size() && match.route != nullptr; ++i) {
            if (path.segments[i].empty()) {
                match.values.push_back(segments[i]);
            }
        }
        return match;
    }
    return match;
}

} // namespace mcp::api
