#pragma once
#include "ports/secrets.hpp"

namespace mcp::adapters {

/// What a rune of Core Lightning lets its holder do, and whether that is reading alone. See
/// ports::Credentials::examine().
[[nodiscard]] Result<ports::CredentialFacts> examine_rune(std::string_view given, Time now);

} // namespace mcp::adapters
