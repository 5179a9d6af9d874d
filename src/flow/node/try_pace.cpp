#include "flow/node/try_pace.hpp"

namespace mcp::flow {
namespace {

tl::unexpected<Error> wait_for(Timer::Span span) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(span).count();
    return fail(ErrorKind::rate_limited, {"link.too_often", {{"seconds", std::int64_t{seconds}}}});
}

} // namespace

Result<TryPace::Turn> TryPace::begin(const std::string& user_id, Timer::Span now) {
    std::erase_if(last_, [now](const auto& entry) { return entry.second + kBetween <= now; });
    if (const auto last = last_.find(user_id); last != last_.end()) {
        return wait_for(last->second + kBetween - now);
    }
    if (going_on_ >= kAtOnce) {
        return wait_for(kBetween);
    }
    last_.emplace(user_id, now);
    return Turn(going_on_);
}

} // namespace mcp::flow
