#pragma once
#include "async/task.hpp"
#include "base/error.hpp"
#include "ports/secrets.hpp"
#include "ports/store.hpp"

#include <cstdint>

namespace mcp::app {

/// How the credentials that the store holds stand to the keys of the configuration.
struct SealedLinks {
    std::int64_t opened = 0;
    std::int64_t outdated = 0; ///< of those opened: sealed with another key than that of today
    std::int64_t closed = 0;   ///< no key opens them
};

/// Tries all. @complexity O(links), some microseconds each
[[nodiscard]] Task<Result<SealedLinks>> try_sealed_links(ports::Store& store, const ports::Vault& vault);

} // namespace mcp::app
