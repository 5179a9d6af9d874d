#pragma once
#include "async/task.hpp"
#include "base/error.hpp"
#include "ports/secrets.hpp"
#include "ports/store.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace mcp::app {

/// What came of sealing all credentials anew.
struct Rotated {
    std::int64_t sealed_anew = 0;
    std::int64_t up_to_date = 0; ///< sealed with the key of today already
    /// Users whose credentials open with no key, and why; they were left as they are.
    std::vector<std::pair<std::string, Error>> closed;
};

/// Opens every credential of the store that is sealed with an older key, and seals it with the vault's. One link after
/// the other, each in one write: who is interrupted begins anew and finds the rest.
/// @return an error when the store fails, or the vault has no key to seal with
[[nodiscard]] Task<Result<Rotated>> rotate_secrets(ports::Store& store, const ports::Vault& vault);

} // namespace mcp::app
