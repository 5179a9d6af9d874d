#include "app/commands/io.hpp"

#include <algorithm>
#include <istream>
#include <ostream>
#include <string>

namespace mcp::app {
namespace {

using language::render;

/// An error names files and words that the user typed: a newline or an escape sequence in one must not reach the
/// screen.
std::string on_one_line(std::string text) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    std::replace_if(text.begin(), text.end(), is_control, '?');
    return text;
}

void tell(Io& io, const std::string& text) {
    io.err << "mcp-api: " << on_one_line(text) << '\n' << std::flush;
}

} // namespace

void warn(Io& io, const Message& message) {
    tell(io, render(message, io.language));
}

void show_progress(Io& io, const Message& message) {
    if (io.progress) {
        io.err << on_one_line(render(message, io.language)) << '\n' << std::flush;
    }
}

bool agrees(Io& io, const Message& question) {
    if (io.answers == nullptr) {
        return false;
    }
    io.err << render(question, io.language) << ' ' << std::flush;
    std::string answer;
    std::getline(*io.answers, answer);
    return !answer.empty() && std::string_view("yYoO").find(answer.front()) != std::string_view::npos; // yes, oui
}

int refuse_call(Io& io, const Message& message) {
    tell(io, render(message, io.language));
    return ExitStatus::kCallWrong;
}

int report_failure(Io& io, const Error& error) {
    tell(io, render(error, io.language));
    return ExitStatus::kWorldFailed;
}

int refuse_or_fail(Io& io, const Error& error) {
    return error.kind == ErrorKind::conflict ? refuse_call(io, error.what) : report_failure(io, error);
}

int deliver(Io& io, std::string_view data) {
    io.out << data << std::flush;
    if (!io.out) {
        return report_failure(io, {.kind = ErrorKind::unavailable, .what = {"error.standard_output", {}}});
    }
    return ExitStatus::kDone;
}

} // namespace mcp::app
