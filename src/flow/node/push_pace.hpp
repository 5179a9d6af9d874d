#pragma once
#include "async/timer.hpp"
#include "base/error.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <string>

namespace mcp::flow {

/// How often an agent may send: each snapshot may be megabytes that must be read, checked and parsed.
class PushPace {
public:
    static constexpr std::chrono::seconds kBetween{20}; ///< from the beginning of one to that of the next, of one key

    /// A snapshot that is on its way; the key has its next turn when nobody holds this one any more.
    using Turn = std::shared_ptr<const void>;

    /// @return rate_limited (`push.too_often`), with the `seconds` to wait, while it is too early
    [[nodiscard]] Result<Turn> begin(const std::string& agent_key, Timer::Span now);

private:
    struct Push {
        Timer::Span begun;
        std::weak_ptr<const void> turn;
    };
    std::map<std::string, Push> last_; ///< begun within kBetween, or on its way
};

} // namespace mcp::flow
