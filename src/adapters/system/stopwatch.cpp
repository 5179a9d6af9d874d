#include "adapters/system/stopwatch.hpp"

namespace mcp::adapters {

Stopwatch::Stopwatch() : started_(std::chrono::steady_clock::now()) {}

double Stopwatch::lap() {
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double> passed = now - started_;
    started_ = now;
    return passed.count();
}

} // namespace mcp::adapters
