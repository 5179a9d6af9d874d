#pragma once
#include "base/clock.hpp"

namespace mcp::adapters {

/// The machine's own clock.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Time now() const override;
};

/// The same to the millisecond, for the log.
[[nodiscard]] std::chrono::sys_time<std::chrono::milliseconds> now_in_milliseconds();

} // namespace mcp::adapters
