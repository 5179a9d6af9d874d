#include "api/rate_limiter.hpp"

#include <algorithm>

namespace mcp::api {
namespace {

constexpr std::int64_t kMinuteNs = 60'000'000'000;

/// Spreads all bits (the finaliser of splitmix64, which loses nothing).
std::uint64_t mixed(std::uint64_t bits) {
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9ULL;
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EBULL;
    return bits ^ bits >> 31;
}

} // namespace

RateLimiter::RateLimiter(std::int64_t per_minute, std::uint64_t secret)
    : cost_ns_(per_minute > 0 ? kMinuteNs / per_minute : 0), secret_(secret),
      sets_(per_minute > 0 ? kClients / kWays : 0) {}

std::size_t RateLimiter::place(std::uint64_t client) const {
    return mixed(client ^ secret_) % sets_.size();
}

std::optional<Timer::Span> RateLimiter::too_early(std::int64_t used_until, Timer::Span now) const {
    const std::int64_t wait = std::max(used_until, std::int64_t{now.count()}) + cost_ns_ - now.count() - kMinuteNs;
    return wait > 0 ? std::optional(Timer::Span{wait}) : std::nullopt;
}

std::optional<Timer::Span> RateLimiter::look(std::uint64_t client, Timer::Span now) const {
    if (sets_.empty()) {
        return std::nullopt;
    }
    for (const Entry& entry : sets_[place(client)]) {
        if (entry.client == client) {
            return too_early(entry.used_until, now);
        }
    }
    return std::nullopt;
}

std::optional<Timer::Span> RateLimiter::take(std::uint64_t client, Timer::Span now) {
    if (sets_.empty()) {
        return std::nullopt;
    }
    Set& set = sets_[place(client)];
    auto found = std::find_if(set.begin(), set.end(), [&](const Entry& entry) { return entry.client == client; });
    if (found == set.end()) {
        found = std::min_element(set.begin(), set.end(),
                                 [](const Entry& a, const Entry& b) { return a.used_until < b.used_until; });
        *found = {client, 0};
    }
    if (const std::optional<Timer::Span> wait = too_early(found->used_until, now)) {
        return wait;
    }
    found->used_until = std::max(found->used_until, std::int64_t{now.count()}) + cost_ns_;
    return std::nullopt;
}

} // namespace mcp::api
