#pragma once
#include <chrono>

namespace mcp {

using Time = std::chrono::sys_seconds; ///< an instant, UTC
using Day = std::chrono::sys_days;     ///< a UTC calendar day

/// Tells the time. Passed in by constructor, so that a test can live a month in a second.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Time now() const = 0;
};

} // namespace mcp
