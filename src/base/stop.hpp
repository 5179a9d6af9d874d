#pragma once
#include <functional>

namespace mcp {

/// Asked now and then by long computations, from any of their threads: true means that nobody wants the answer any
/// more. Empty: never.
using Stop = std::function<bool()>;

[[nodiscard]] inline bool stopped(const Stop& stop) {
    return stop && stop();
}

} // namespace mcp
