#pragma once
#include "base/clock.hpp"

#include <string>
#include <string_view>

namespace mcp::adapters {

/// UUIDv5 (RFC 4122, SHA-1) of user and day in the project's own namespace: one user and day always give the same id,
/// so that "one report a user and day" follows from a unique index.
[[nodiscard]] std::string report_id(std::string_view user_id, Day day);

} // namespace mcp::adapters
