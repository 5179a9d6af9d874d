#pragma once
#include "base/clock.hpp"

#include <chrono>
#include <string>

namespace mcp::flow {

/// When the daily run is due: every day at one minute, UTC.
struct Schedule {
    bool enabled = true;
    std::chrono::minutes at{6 * 60}; ///< after midnight, below 24 h

    /// The first due time after `now`.
    [[nodiscard]] Time next_after(Time now) const {
        const Time today = std::chrono::floor<std::chrono::days>(now) + at;
        return now < today ? today : today + std::chrono::days{1};
    }
    /// The last due time that is not after `now`.
    [[nodiscard]] Time last_until(Time now) const { return next_after(now) - std::chrono::days{1}; }

    [[nodiscard]] std::string clock_text() const; ///< "06:00"
    [[nodiscard]] std::string cron_text() const;  ///< "0 6 * * *"
    [[nodiscard]] std::string in_words() const; ///< "Every day at 06:00 UTC": CONTRACT fixes it, it is never translated
};

} // namespace mcp::flow
