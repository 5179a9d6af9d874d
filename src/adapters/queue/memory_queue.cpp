#include "adapters/queue/memory_queue.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <optional>
#include <stdexcept>
#include <utility>

namespace mcp::adapters {

namespace asio = boost::asio;
using ports::Job;

/// Somebody who waits in one of the queue's two lines, with a job to hand over or a hand to take one.
class MemoryQueue::Place {
public:
    Place(const asio::any_io_executor& executor, std::list<Place*>& line, std::optional<Job> brought)
        : job(std::move(brought)), alarm_(executor, asio::steady_timer::time_point::max()), line_(line),
          here_(line.insert(line.end(), this)) {}
    ~Place() { leave(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    /// Comes back once call() was called. Being cancelled after that changes nothing any more.
    Task<void> wait() {
        boost::system::error_code fault;
        auto token = asio::redirect_error(asio::use_awaitable, fault);
        co_await alarm_.async_wait(token);
        if (!is_called_) {
            throw boost::system::system_error(asio::error::operation_aborted);
        }
    }
    void call() {
        leave();
        alarm_.cancel();
    }

    std::optional<Job> job;

private:
    void leave() {
        if (!is_called_) {
            is_called_ = true;
            line_.erase(here_);
        }
    }

    asio::steady_timer alarm_; // never rings by itself
    std::list<Place*>& line_;
    std::list<Place*>::iterator here_;
    bool is_called_ = false;
};

namespace {

tl::unexpected<Error> closed() {
    return fail(ErrorKind::cancelled, {"queue.closed", {}});
}

} // namespace

MemoryQueue::MemoryQueue(asio::any_io_executor executor, std::size_t capacity)
    : executor_(std::move(executor)), capacity_(capacity) {
    if (capacity == 0) {
        throw std::invalid_argument("a queue needs room for one job at least");
    }
}

MemoryQueue::~MemoryQueue() = default;

Task<Result<void>> MemoryQueue::push(Job job) {
    if (is_closed_) {
        co_return closed();
    }
    if (!takers_.empty()) {
        Place& taker = *takers_.front();
        taker.job = std::move(job);
        taker.call();
        co_return Result<void>();
    }
    if (jobs_.size() < capacity_) {
        jobs_.push_back(std::move(job));
        co_return Result<void>();
    }
    Place place(executor_, pushers_, std::move(job));
    co_await place.wait();
    if (place.job) {
        co_return closed(); // nobody took it over
    }
    co_return Result<void>();
}

Task<Result<std::optional<Job>>> MemoryQueue::take() {
    if (!jobs_.empty()) {
        co_return take_first();
    }
    if (is_closed_) {
        co_return std::optional<Job>();
    }
    Place place(executor_, takers_, std::nullopt);
    co_await place.wait();
    co_return std::move(place.job);
}

Job MemoryQueue::take_first() {
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    if (!pushers_.empty()) {
        Place& pusher = *pushers_.front();
        jobs_.push_back(std::move(*std::exchange(pusher.job, std::nullopt)));
        pusher.call();
    }
    return job;
}

Task<Result<void>> MemoryQueue::settle(Job /*job*/) {
    co_return Result<void>();
}

void MemoryQueue::close() {
    is_closed_ = true;
    while (!takers_.empty()) {
        takers_.front()->call();
    }
    while (!pushers_.empty()) {
        pushers_.front()->call();
    }
}

} // namespace mcp::adapters
