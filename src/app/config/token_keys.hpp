#pragma once
#include "app/config/settings.hpp"
#include "base/error.hpp"
#include "ports/tokens.hpp"

#include <memory>

namespace mcp::app {

/// What checks tokens under these settings. Reads the file of public keys.
/// @return an error with the remedy when neither a secret nor a key file is set, or the file cannot be used
[[nodiscard]] Result<std::unique_ptr<ports::TokenVerifier>> make_token_verifier(const Settings& settings);

} // namespace mcp::app
