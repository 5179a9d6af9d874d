#pragma once
#include "domain/report.hpp"
#include "language/language.hpp"

#include <string>

namespace mcp::adapters {

/// The report document of CONTRACT section 3, indented, UTF-8, keys in a fixed order, texts in `language`.
/// Every figure that is absent is null and has one entry in `absent`: list positions are written as [], and the same
/// gap in every item of a list is one entry. The document's schema: docs/reference/report.schema.json.
[[nodiscard]] std::string report_json(const domain::Report& report, language::Language language);

} // namespace mcp::adapters
