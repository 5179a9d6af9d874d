#pragma once
#include "async/timer.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace mcp::api {

/// Lets each client have so many requests a minute, all at once or evenly: a token bucket that holds one minute's.
/// Kept in a table of fixed size (the generic cell rate algorithm needs one number a client); when a set of it is full,
/// the client that has used least of its share gives way, which forgives at most what it had used.
class RateLimiter {
public:
    /// @param per_minute 0: no limit   @param secret keeps outsiders from choosing keys that fall into one set
    RateLimiter(std::int64_t per_minute, std::uint64_t secret);

    /// Counts one request of the client. @return how long to wait when it is one too many (it then does not count)
    [[nodiscard]] std::optional<Timer::Span> take(std::uint64_t client, Timer::Span now);
    /// The same answer without counting.
    [[nodiscard]] std::optional<Timer::Span> look(std::uint64_t client, Timer::Span now) const;

    static constexpr std::size_t kClients = 65'536; ///< that are told apart at most

private:
    struct Entry {
        std::uint64_t client = 0;
        std::int64_t used_until = 0; ///< ns: when all that was used will have come back
    };
    static constexpr std::size_t kWays = 8;
    using Set = std::array<Entry, kWays>;

    [[nodiscard]] std::size_t place(std::uint64_t client) const;
    [[nodiscard]] std::optional<Timer::Span> too_early(std::int64_t used_until, Timer::Span now) const;

    std::int64_t cost_ns_; ///< of one request; 0: no limit
    std::uint64_t secret_;
    std::vector<Set> sets_;
};

} // namespace mcp::api
