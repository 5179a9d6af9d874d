#include "flow/node/push_pace.hpp"

#include <algorithm>
#include <cstdint>

namespace mcp::flow {

Result<PushPace::Turn> PushPace::begin(const std::string& agent_key, Timer::Span now) {
    std::erase_if(last_, [now](const auto& entry) {
        return entry.second.begun + kBetween <= now && entry.second.turn.expired();
    });
    if (const auto last = last_.find(agent_key); last != last_.end()) {
        const auto left = std::chrono::ceil<std::chrono::seconds>(last->second.begun + kBetween - now);
        const std::int64_t seconds = std::max<std::int64_t>(left.count(), 1); // one may take longer than that
        return fail(ErrorKind::rate_limited, {"push.too_often", {{"seconds", seconds}}});
    }
    Turn turn = std::make_shared<const char>();
    last_.emplace(agent_key, Push{.begun = now, .turn = turn});
    return turn;
}

} // namespace mcp::flow
