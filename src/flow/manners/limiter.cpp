#include "flow/manners/limiter.hpp"

#include <algorithm>
#include <iterator>

namespace mcp::flow {
namespace {

/// Whoever comes next looks so often whether it is still wanted.
constexpr std::chrono::seconds kLookEach{1};

} // namespace

Task<std::optional<Limiter::Turn>> Limiter::turn(Timer::Span by) {
    std::optional<Turn> mine;
    if (queue_.size() >= rules_.waiting_max || expected(queue_.size()) > by) {
        co_return mine;
    }
    mine.emplace(Turn(*this));
    while (true) {
        const std::size_t ahead = ahead_of(mine->place_);
        if (mine->place_->is_turned_away || expected(ahead) > by) {
            mine.reset();
            co_return mine;
        }
        const Timer::Span left = next_ - std::min(next_, timer_.now());
        if (ahead > 0) {
            co_await change_of(*mine->place_);
        } else if (left > Timer::Span::zero()) {
            const Timer::Span step = std::min<Timer::Span>(left, kLookEach);
            co_await timer_.wait(step);
        } else {
            co_return mine;
        }
    }
}

void Limiter::hold(Timer::Span until) {
    next_ = std::max(next_, until);
    for (Place& place : queue_) { // some may learn that it is too late for them
        wake(place);
    }
}

void Limiter::turn_away() {
    for (Place& place : queue_) {
        place.is_turned_away = true;
        wake(place);
    }
}

/// When the turn comes to one with so many ahead, if all of them begin and nothing holds them up.
Timer::Span Limiter::expected(std::size_t ahead) const {
    return std::max(timer_.now(), next_) + rules_.spacing * static_cast<Timer::Span::rep>(ahead);
}

std::size_t Limiter::ahead_of(Queue::const_iterator place) const {
    return static_cast<std::size_t>(std::distance(queue_.begin(), place));
}

Task<void> Limiter::change_of(Place& place) {
    place.changed = std::make_unique<Event>(executor_);
    return place.changed->wait();
}

void Limiter::wake(const Place& place) {
    if (place.changed) {
        place.changed->set();
    }
}

void Limiter::leave(Queue::iterator place) {
    queue_.erase(place);
    if (!queue_.empty()) {
        wake(queue_.front());
    }
}

Limiter::Turn::~Turn() {
    if (limiter_ != nullptr) {
        limiter_->leave(place_);
    }
}

void Limiter::Turn::begin() {
    limiter_->next_ = std::max(limiter_->next_, limiter_->timer_.now() + limiter_->rules_.spacing);
    std::exchange(limiter_, nullptr)->leave(place_);
}

} // namespace mcp::flow
