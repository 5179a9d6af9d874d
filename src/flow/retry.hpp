#pragma once
#include "async/chance.hpp"
#include "async/timer.hpp"

#include <algorithm>

namespace mcp::flow {

/// How long to wait between tries: exponential backoff with full jitter, so that those who failed together do not come
/// again together (Brooker, "Exponential Backoff And Jitter", 2015).
struct Backoff {
    Timer::Span first = std::chrono::seconds{1};
    Timer::Span most = std::chrono::seconds{30};

    /// @param tries that failed so far, 1 or more   @return evenly from 0 to min(most, first * 2^(tries - 1))
    [[nodiscard]] Timer::Span before_next(int tries, Chance& chance) const {
        Timer::Span bound = first;
        for (int i = 1; i < tries && bound < most; ++i) {
            bound *= 2;
        }
        const double share = chance.share();
        return std::chrono::duration_cast<Timer::Span>(std::min(bound, most) * share);
    }
};

} // namespace mcp::flow
