#include "flow/manners/flights.hpp"

#include <fmt/format.h>
#include <iterator>

namespace mcp::flow {
namespace {

/// With its length, so that no part runs into the next.
void add(std::string& text, std::string_view part) {
    fmt::format_to(std::back_inserter(text), "{}:{}", part.size(), part);
}

} // namespace

std::string question_of(const ports::HttpRequest& request) {
    std::string text = fmt::format("{} ", request.body_bytes_max);
    add(text, request.method);
    add(text, request.url);
    add(text, request.body);
    add(text, request.trusted_certificate.value_or(""));
    for (const auto& [name, value] : request.headers) {
        add(text, name);
        add(text, value);
    }
    return text;
}

} // namespace mcp::flow
