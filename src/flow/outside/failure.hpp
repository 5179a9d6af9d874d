#pragma once
#include "base/error.hpp"

#include <string>
#include <string_view>

namespace mcp::flow {

/// A failed try as it is kept beside the answers: JSON text with its kind, its English, and the message itself where it
/// can be written down, so that reports tell it in their language. On one line and bounded, because a source may have a
/// say in it.
[[nodiscard]] std::string failure_text(const Error& error);

/// The kept failure for the reader of a report. Never fails: of what another version wrote, the English is told.
[[nodiscard]] Message failure_message(std::string_view kept);

/// The kept failure as the error that it was, of the same kind, in the same words in each language. Never fails: of
/// what cannot be read, the English is told.
[[nodiscard]] Error failure_error(std::string_view kept);

} // namespace mcp::flow
