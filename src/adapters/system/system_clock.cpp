#include "adapters/system/system_clock.hpp"

namespace mcp::adapters {

Time SystemClock::now() const {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

} // namespace mcp::adapters
