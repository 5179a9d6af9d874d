#include "flow/node/statement_writer.hpp"

#include "flow/outside/failure.hpp"

#include <fmt/chrono.h>

namespace mcp::flow {

void StatementWriter::begin(std::string_view name) {
    text_ += is_first_ ? "" : ",";
    is_first_ = false;
    if (!is_list_) {
        fmt::format_to(std::back_inserter(text_), R"("{}":)", name);
    }
}

void StatementWriter::day(std::string_view name, Day value) {
    text(name, fmt::format("{:%Y-%m-%d}", Time(value)), 0);
}

void StatementWriter::flag(std::string_view name, bool value) {
    begin(name);
    text_ += value ? "true" : "false";
}

/// @param value clean, so that quotes and backslashes are all that needs care
void StatementWriter::text(std::string_view name, std::string_view value, std::size_t) {
    begin(name);
    text_ += '"';
    for (const char letter : value) {
        text_ += letter == '"' || letter == '\\' ? "\\" : "";
        text_ += letter;
    }
    text_ += '"';
}

void StatementWriter::error(std::string_view name, const Error& value) {
    begin(name);
    text_ += failure_text(value);
}

} // namespace mcp::flow
