#include "flow/manners/memory.hpp"

#include "flow/tell.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace mcp::flow {
namespace {

constexpr std::chrono::seconds kAhead{5};
constexpr std::size_t kFailureBytesMax = 300;

} // namespace

Task<Result<Remembered>> Memory::recall(Timer::Span wait_max) {
    Remembered found{.next = env_.timer.now()};
    if (store_ == nullptr) {
        co_return found;
    }
    const Result<std::vector<ports::SourceManners>> all = co_await store_->manners();
    if (!all) {
        co_return fail(all.error());
    }
    const auto ours = std::find_if(all->begin(), all->end(), [&](const auto& one) { return one.source == source_; });
    if (ours == all->end()) {
        co_return found;
    }
    found.next = moment_of(ours->next_at, wait_max);
    found.failures = ours->failures;
    found.failure = ours->failure;
    if (ours->breaker_open_until != Time{}) {
        found.open_until = moment_of(ours->breaker_open_until, wait_max);
    }
    kept_ = found;
    co_return found;
}

Task<void> Memory::keep(Remembered now) {
    while (const std::shared_ptr<Event> writing = writing_) {
        co_await writing->wait();
    }
    now.failure.resize(std::min(now.failure.size(), kFailureBytesMax));
    const bool is_known = kept_ && kept_->next >= now.next && kept_->failures == now.failures &&
                          kept_->open_until == now.open_until && kept_->failure == now.failure;
    if (store_ == nullptr || is_known) {
        co_return;
    }
    now.next = std::max(now.next + kAhead, kept_ ? kept_->next : Timer::Span::min());
    kept_ = now; // also when it fails: the next try is made when these seconds are over
    ports::SourceManners row{.source = source_,
                             .next_at = calendar_at(now.next),
                             .failures = now.failures,
                             .breaker_open_until = now.open_until ? calendar_at(*now.open_until) : Time{},
                             .failure = now.failure};
    writing_ = std::make_shared<Event>(executor_);
    const Release written_down(writing_);
    const Result<void> written = co_await store_->keep_manners(std::move(row));
    if (!written && !is_failing_) {
        env_.log.write(LogLevel::error, "sources",
                       fmt::format("How {} is to be treated could not be kept for the next start: {}", source_,
                                   in_english(written.error())));
    }
    is_failing_ = !written;
}

/// The first second of the calendar that is not before the moment: the calendar tells whole seconds only.
Time Memory::calendar_at(Timer::Span moment) const {
    const Timer::Span left = std::max(moment - env_.timer.now(), Timer::Span::zero());
    return env_.clock.now() + std::chrono::ceil<std::chrono::seconds>(left) + std::chrono::seconds{1};
}

Timer::Span Memory::moment_of(Time time, Timer::Span wait_max) const {
    const std::chrono::seconds bound = std::chrono::ceil<std::chrono::seconds>(wait_max);
    const std::chrono::seconds left = std::clamp(time - env_.clock.now(), std::chrono::seconds{0}, bound);
    return env_.timer.now() + left;
}

} // namespace mcp::flow
