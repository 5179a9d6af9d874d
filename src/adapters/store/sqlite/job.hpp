#pragma once
#include "adapters/store/sqlite/connection.hpp"
#include "base/error.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace mcp::adapters::sqlite {

template <typename T>
struct AsResult {
    using Type = Result<T>;
};
template <typename T>
struct AsResult<Result<T>> {
    using Type = Result<T>;
};

/// What a piece of work answers: Result<T>, also where it says T, because the connection may fail under it.
template <typename Work>
using AnswerOf = typename AsResult<std::invoke_result_t<Work&, Connection&>>::Type;

/// A piece of work on the database, not yet done or just done.
class Job {
public:
    virtual ~Job() = default;
    /// Does it, anew when it was done before: the answer of a transaction that could not be committed is void.
    /// @return whether it succeeded
    virtual bool run(Connection& connection) = 0;
    /// Sets the answer without doing it.
    virtual void refuse(const Error& error) = 0;

    bool is_alone = false; ///< to be done outside of any transaction
};

template <typename Work>
class JobOf final : public Job {
public:
    explicit JobOf(Work work) : work_(std::move(work)) {}

    bool run(Connection& connection) override {
        answer_.reset();
        thrown_ = nullptr;
        try {
            answer_.emplace(work_(connection));
        } catch (const std::exception&) { // comes out of the coroutine that waits
            thrown_ = std::current_exception();
        }
        if (Result<void> outcome = connection.take_fault(); !outcome) {
            refuse(outcome.error());
        }
        return !thrown_ && answer_->has_value();
    }

    void refuse(const Error& error) override { answer_.emplace(fail(error)); }

    /// To be called once, when it was run or refused.
    [[nodiscard]] AnswerOf<Work> answer() {
        if (thrown_) {
            std::rethrow_exception(thrown_);
        }
        return std::move(*answer_);
    }

private:
    Work work_;
    std::optional<AnswerOf<Work>> answer_;
    std::exception_ptr thrown_;
};

/// A coroutine that waits for its job, wherever it lives.
class Waiter {
public:
    virtual ~Waiter() = default;
    virtual void wake() = 0; ///< once, from any thread
};

template <typename Handler>
class WaiterOf final : public Waiter {
public:
    explicit WaiterOf(Handler handler)
        : home_(boost::asio::get_associated_executor(handler)), handler_(std::move(handler)) {}

    void wake() override { boost::asio::post(home_.get_executor(), std::move(handler_)); }

private:
    boost::asio::executor_work_guard<boost::asio::associated_executor_t<Handler>> home_;
    Handler handler_;
};

/// The coroutine owns its half of the job; the waiter owns the coroutine. Kept beside each other, never within each
/// other, so that dropping this drops all.
struct QueuedJob {
    std::shared_ptr<Job> job;
    std::unique_ptr<Waiter> waiter;
};

} // namespace mcp::adapters::sqlite
