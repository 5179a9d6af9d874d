#pragma once

namespace mcp::domain {

/// The languages that reports, errors and pages are written in; equals.
enum class Language { en, fr };

} // namespace mcp::domain
