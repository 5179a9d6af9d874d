#pragma once
#include "async/timer.hpp"

#include <optional>

namespace mcp::flow {

/// Spares a source that fails, and us the waiting for it: after so many failures in a row it opens, and no request
/// passes. After a while one passes as a probe: when it succeeds the breaker closes, when it fails all waits anew.
/// Moments are those of a Timer.
class Breaker {
public:
    struct Rules {
        int failures_max = 5; ///< in a row, that open it
        Timer::Span probe_after = std::chrono::seconds{60};
    };
    enum class Pass { usual, probe };

    explicit Breaker(Rules rules) : rules_(rules) {}
    /// As a breaker that was kept. @param open_until nothing: it was closed
    void restore(int failures, std::optional<Timer::Span> open_until);

    [[nodiscard]] bool lets_pass(Timer::Span now) const;
    /// Lets a request pass. What it came to is to be told by exactly one of the three calls that follow.
    [[nodiscard]] std::optional<Pass> pass(Timer::Span now);
    void succeeded(Pass pass); ///< closes it, whichever request it was
    void failed(Pass pass, Timer::Span now);
    void came_to_nothing(Pass pass); ///< it says nothing about the source: it was given up by us

    [[nodiscard]] bool is_open() const { return open_until_.has_value(); }
    [[nodiscard]] int failures() const { return failures_; } ///< in a row
    [[nodiscard]] std::optional<Timer::Span> open_until() const { return open_until_; }

private:
    Rules rules_;
    int failures_ = 0;
    std::optional<Timer::Span> open_until_; ///< while open: when a probe may pass
    bool is_probing_ = false;
};

} // namespace mcp::flow
