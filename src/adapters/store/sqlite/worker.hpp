#pragma once
#include "adapters/store/sqlite/job.hpp"
#include "async/task.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

namespace mcp::adapters::sqlite {

enum class Threads {
    own,    ///< one for each pair of hands
    callers ///< none: jobs are done on the executor of the coroutine that waits, in one order every time
};

/// A queue of jobs and the hands that do them. Each coroutine waits for its own job, so that the queue is as short as
/// there are coroutines. To be destroyed before the executors of those who wait; does what is still queued first.
class Worker {
public:
    /// Does some jobs and gives each its answer.
    using Hands = std::function<void(std::span<const std::shared_ptr<Job>>)>;

    /// @param batch_max how many jobs a pair of hands is given at once, when so many wait
    Worker(std::vector<Hands> hands, std::size_t batch_max, Threads threads);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Has `work(connection)` done and comes back to the caller's executor with its answer; what it throws comes back
    /// too. Not to be cancelled. It may be called more than once before its answer counts.
    template <typename Work>
    [[nodiscard]] Task<AnswerOf<Work>> run(Work work) {
        return run_job(std::make_shared<JobOf<Work>>(std::move(work)));
    }
    /// The same outside of any transaction.
    template <typename Work>
    [[nodiscard]] Task<AnswerOf<Work>> run_alone(Work work) {
        auto job = std::make_shared<JobOf<Work>>(std::move(work));
        job->is_alone = true;
        return run_job(std::move(job));
    }

private:
    using Batch = std::vector<QueuedJob>;
    using Executor = boost::asio::any_io_executor;

    template <typename Work>
    Task<AnswerOf<Work>> run_job(std::shared_ptr<JobOf<Work>> job) {
        namespace asio = boost::asio;
        auto begin = [this, job](auto handler) {
            using Handler = decltype(handler);
            const Executor executor = asio::get_associated_executor(handler);
            enqueue({job, std::make_unique<WaiterOf<Handler>>(std::move(handler))}, executor);
        };
        co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(std::move(begin), asio::use_awaitable);
        co_return job->answer();
    }

    void enqueue(QueuedJob queued, const Executor& executor);
    void enqueue_on(QueuedJob queued, const Executor& executor);
    void serve(const Hands& hands);
    void do_all(const Hands& hands, Batch jobs) const;

    std::vector<Hands> hands_;
    std::size_t batch_max_;
    Threads mode_;
    std::mutex mutex_;
    std::condition_variable work_waits_;
    Batch queue_;
    bool is_stopping_ = false;
    /// Without threads: what waits belongs to the executor, and goes with it, as all does when a process is killed.
    std::weak_ptr<Batch> posted_;
    std::shared_ptr<Worker*> alive_;
    std::vector<std::thread> threads_;
};

} // namespace mcp::adapters::sqlite
