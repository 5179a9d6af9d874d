#pragma once
#include "async/chance.hpp"

namespace mcp::adapters {

/// Random numbers from the kernel, fit for secrets too. May be called from any thread. @complexity one system call
class SystemChance final : public Chance {
public:
    std::uint64_t bits() override;
};

} // namespace mcp::adapters
