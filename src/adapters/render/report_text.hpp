#pragma once
#include "domain/report.hpp"
#include "language/language.hpp"

#include <string>

namespace mcp::adapters {

struct TextStyle {
    int columns = 80;    ///< of the terminal; lines are wrapped to at most 100
    bool colour = false; ///< ANSI escapes may be used
};

/// The report for a person at a terminal: what to know first, why, what to do with the exact command, then the figures.
/// Commands are never wrapped, so that they can be copied. Ends with a newline.
[[nodiscard]] std::string report_text(const domain::Report& report, language::Language language,
                                      const TextStyle& style);

} // namespace mcp::adapters
