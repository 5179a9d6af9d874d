#pragma once
#include "app/config/settings.hpp"
#include "base/error.hpp"
#include "ports/secrets.hpp"

#include <memory>

namespace mcp::app {

/// What seals credentials under these settings; without a key it opens and seals nothing, and says so.
/// @return an error with the remedy for keys that are none
[[nodiscard]] Result<std::unique_ptr<ports::Vault>> make_vault(const Settings& settings);

} // namespace mcp::app
