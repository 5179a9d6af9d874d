#include "flow/manners/breaker.hpp"

#include <algorithm>

namespace mcp::flow {
namespace {

constexpr int kCountMost = 1'000'000;

} // namespace

void Breaker::restore(int failures, std::optional<Timer::Span> open_until) {
    failures_ = std::clamp(failures, 0, kCountMost);
    open_until_ = open_until;
}

bool Breaker::lets_pass(Timer::Span now) const {
    return !open_until_ || (*open_until_ <= now && !is_probing_);
}

std::optional<Breaker::Pass> Breaker::pass(Timer::Span now) {
    if (!lets_pass(now)) {
        return std::nullopt;
    }
    is_probing_ = is_probing_ || is_open();
    return is_open() ? Pass::probe : Pass::usual;
}

void Breaker::succeeded(Pass pass) {
    came_to_nothing(pass);
    failures_ = 0;
    open_until_.reset();
}

void Breaker::failed(Pass pass, Timer::Span now) {
    came_to_nothing(pass);
    failures_ = std::min(failures_ + 1, kCountMost);
    // one that began before it opened must not put the probe off
    if (is_open() ? pass == Pass::probe : failures_ >= rules_.failures_max) {
        open_until_ = now + rules_.probe_after;
    }
}

void Breaker::came_to_nothing(Pass pass) {
    is_probing_ = is_probing_ && pass != Pass::probe;
}

} // namespace mcp::flow
