#pragma once
#include "base/clock.hpp"
#include "base/error.hpp"

#include <cstdint>
#include <string_view>

namespace mcp::ports {

/// The RAG assets: one file a user and day, the report as it is. Blocking: called on the blocking pool.
class Assets {
public:
    virtual ~Assets() = default;
    /// Whole or not at all; replaces what stands there.
    [[nodiscard]] virtual Result<void> write(std::string_view user_id, Day day, std::string_view document) = 0;
    /// All of one user. @return how many files
    [[nodiscard]] virtual Result<std::int64_t> remove(std::string_view user_id) = 0;
    /// Those whose file's date is before `before`, and what a crash left half written. @return how many files
    [[nodiscard]] virtual Result<std::int64_t> sweep(Time before) = 0;
};

} // namespace mcp::ports
