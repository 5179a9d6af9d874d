#pragma once
#include "base/error.hpp"

#include <string>
#include <string_view>

namespace mcp::flow {

/// A failed try as it is kept beside the answers: its kind, so that it can be told in any language, and its English
/// text, on one line and bounded, because a source may have a say in it.
[[nodiscard]] std::string failure_text(const Error& error);

/// The kept failure for the reader of a report. @param kept not empty; what another version wrote is told without kind
[[nodiscard]] Message failure_message(std::string_view kept);

} // namespace mcp::flow
