#pragma once
#include "domain/report.hpp"
#include "language/language.hpp"
#include "ports/documents.hpp"

#include <string>

namespace mcp::adapters {

/// The report document of CONTRACT section 3, indented, UTF-8, keys in a fixed order, texts in `language`.
/// Every figure that is absent is null and has one entry in `absent`: list positions are written as [], and the same
/// gap in every item of a list is one entry. The document's schema: docs/reference/report.schema.json.
[[nodiscard]] std::string report_json(const domain::Report& report, language::Language language,
                                      const ports::Bookkeeping& bookkeeping);

/// The same of a report that was made just now, at the first try.
[[nodiscard]] std::string report_json(const domain::Report& report, language::Language language);

/// The document of a report that could not be made: who, which day, and why; no figures.
[[nodiscard]] std::string failed_report_json(const ports::FailedReport& report);

} // namespace mcp::adapters
