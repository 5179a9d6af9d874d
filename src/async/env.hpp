#pragma once
#include "async/chance.hpp"
#include "async/log.hpp"
#include "async/metrics.hpp"
#include "async/pool.hpp"
#include "async/timer.hpp"
#include "base/clock.hpp"

namespace mcp {

/// The world as flows see it, handed in by constructor, so that a test can live a month in a second.
struct Env {
    const Clock& clock; ///< the calendar; may jump
    Timer& timer;
    Log& log;
    Metrics& metrics;
    Chance& chance;
    Pool compute;  ///< heavy work
    Pool blocking; ///< files
};

} // namespace mcp
