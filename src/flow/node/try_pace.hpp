#pragma once
#include "async/timer.hpp"
#include "base/error.hpp"

#include <chrono>
#include <map>
#include <string>
#include <utility>

namespace mcp::flow {

/// How often users may have their node tried: each try makes us connect to where they say.
class TryPace {
public:
    static constexpr std::chrono::seconds kBetween{10}; ///< tries of one user
    static constexpr int kAtOnce = 32;                  ///< of all users

    /// A try that goes on; its place is free again when this goes.
    class Turn {
    public:
        explicit Turn(int& going_on) : going_on_(&going_on) { ++going_on; }
        ~Turn() {
            if (going_on_ != nullptr) {
                --*going_on_;
            }
        }
        Turn(Turn&& other) noexcept : going_on_(std::exchange(other.going_on_, nullptr)) {}
        Turn& operator=(Turn&&) = delete;

    private:
        int* going_on_;
    };

    /// @return rate_limited, with the `seconds` to wait, while it is too early. @note The turn must not outlive this.
    [[nodiscard]] Result<Turn> begin(const std::string& user_id, Timer::Span now);

private:
    std::map<std::string, Timer::Span> last_; ///< begun within kBetween
    int going_on_ = 0;
};

} // namespace mcp::flow
