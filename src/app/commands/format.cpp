#include "app/commands/format.hpp"

#include <string>

namespace mcp::app {
namespace {

std::string_view name_of(Format format) {
    switch (format) {
    case Format::text:
        return "text";
    case Format::json:
        return "json";
    case Format::csv:
        return "csv";
    case Format::html:
        return "html";
    case Format::pdf:
        return "pdf";
    }
    return {};
}

} // namespace

Result<Format> parse_format(std::string_view given, std::span<const Format> accepted) {
    std::string names;
    for (const Format format : accepted) {
        if (name_of(format) == given) {
            return format;
        }
        names += (names.empty() ? "" : ", ") + std::string(name_of(format));
    }
    return fail(ErrorKind::invalid_input, {"usage.format", {{"given", std::string(given)}, {"known", names}}});
}

} // namespace mcp::app
