#pragma once
#include "flow/manners/breaker.hpp"
#include "flow/retry.hpp"

#include <cstddef>
#include <string>

namespace mcp::flow {

/// How one source is treated. Why these numbers: docs/design/manners.md.
struct Manners {
    std::string name;                              ///< of the source, as in a report's `sources[]`
    Timer::Span spacing = std::chrono::seconds{1}; ///< from one request's start to the next, whoever asks; 0: none
    std::size_t waiting_max = 1000;                ///< requests that may wait for their turn
    int tries_max = 3;                             ///< of one request
    Timer::Span try_time_max = std::chrono::seconds{15};
    Backoff backoff = {.first = std::chrono::seconds{2}, .most = std::chrono::seconds{30}};
    Timer::Span pause_max = std::chrono::hours{1}; ///< that a source may ask for
    Breaker::Rules breaker = {};
};

} // namespace mcp::flow
