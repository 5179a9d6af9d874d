#pragma once
#include <string>

namespace mcp::e2e {

/// What a shell sees of one run of mcp-api.
struct Outcome {
    int status = 0; ///< as `$?`: 128 + signal when a signal ended it
    std::string out;
    std::string err;
};

/// Runs `sh -c shell_line` with `mcp-api` standing for the program that was built, in an English locale, and waits.
[[nodiscard]] Outcome shell(const std::string& shell_line);

/// Lines of `text`: "" has none, "a\n" has one.
[[nodiscard]] int count_lines(const std::string& text);

/// `text` with a plain space for each one that may not break (U+00A0), which tests cannot show.
[[nodiscard]] std::string with_plain_spaces(std::string text);

} // namespace mcp::e2e
