#pragma once
#include <chrono>

namespace mcp::adapters {

/// Tells how long a step took. For display only: no figure depends on it.
class Stopwatch {
public:
    Stopwatch();
    /// Seconds since the last call, or since it was made.
    double lap();

private:
    std::chrono::steady_clock::time_point started_;
};

} // namespace mcp::adapters
