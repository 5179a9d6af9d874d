#pragma once
#include "base/clock.hpp"

namespace mcp::adapters {

/// The machine's own clock.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Time now() const override;
};

} // namespace mcp::adapters
