#include "adapters/store/sqlite/worker.hpp"

#include <algorithm>
#include <iterator>

namespace mcp::adapters::sqlite {

Worker::Worker(std::vector<Hands> hands, std::size_t batch_max, Threads threads)
    : hands_(std::move(hands)), batch_max_(batch_max), mode_(threads), alive_(std::make_shared<Worker*>(this)) {
    if (mode_ == Threads::own) {
        for (const Hands& pair : hands_) {
            threads_.emplace_back([this, &pair] { serve(pair); });
        }
    }
}

Worker::~Worker() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    work_waits_.notify_all();
    for (std::thread& thread : threads_) {
        thread.join();
    }
    if (const std::shared_ptr<Batch> posted = posted_.lock()) {
        do_all(hands_.front(), std::exchange(*posted, {}));
    }
}

void Worker::enqueue(QueuedJob queued, const Executor& executor) {
    if (mode_ == Threads::callers) {
        enqueue_on(std::move(queued), executor);
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(queued));
    }
    work_waits_.notify_one();
}

/// Those that come before the executor has its next turn are done together, as a thread would.
void Worker::enqueue_on(QueuedJob queued, const Executor& executor) {
    if (const std::shared_ptr<Batch> posted = posted_.lock(); posted && !posted->empty()) {
        posted->push_back(std::move(queued));
        return;
    }
    auto posted = std::make_shared<Batch>();
    posted->push_back(std::move(queued));
    posted_ = posted;
    auto turn = [posted = std::move(posted), alive = std::weak_ptr(alive_)] {
        if (const std::shared_ptr<Worker*> worker = alive.lock()) {
            (*worker)->do_all((*worker)->hands_.front(), std::exchange(*posted, {}));
        }
    };
    boost::asio::post(executor, std::move(turn));
}

void Worker::serve(const Hands& hands) {
    std::unique_lock lock(mutex_);
    while (true) {
        work_waits_.wait(lock, [this] { return is_stopping_ || !queue_.empty(); });
        if (queue_.empty()) {
            return;
        }
        const auto last = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), batch_max_));
        Batch batch(std::make_move_iterator(queue_.begin()), std::make_move_iterator(last));
        queue_.erase(queue_.begin(), last);
        lock.unlock();
        do_all(hands, std::move(batch));
        lock.lock();
    }
}

void Worker::do_all(const Hands& hands, Batch jobs) const {
    std::vector<std::shared_ptr<Job>> todo;
    todo.reserve(jobs.size());
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        todo.push_back(jobs[i].job);
        if (todo.size() == batch_max_ || i + 1 == jobs.size()) {
            hands(todo);
            for (std::size_t k = i + 1 - todo.size(); k <= i; ++k) {
                jobs[k].waiter->wake();
            }
            todo.clear();
        }
    }
}

} // namespace mcp::adapters::sqlite
