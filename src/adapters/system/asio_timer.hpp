#pragma once
#include "async/timer.hpp"

namespace mcp::adapters {

/// The machine's own timer. Waits on the executor of the coroutine that waits.
class AsioTimer final : public Timer {
public:
    [[nodiscard]] Span now() const override;
    [[nodiscard]] Task<void> wait(Span span) override;
};

} // namespace mcp::adapters
