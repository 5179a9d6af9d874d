#pragma once
#include "async/task.hpp"
#include "base/error.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace mcp::test {

/// Runs coroutines to their end, one call at a time or many together.
class TaskRunner {
public:
    [[nodiscard]] boost::asio::io_context& context() { return context_; }

    /// Runs everything that was spawned.
    void run_all() {
        context_.restart();
        context_.run();
    }

    /// Runs one coroutine, and all others beside it. What it throws comes out.
    template <typename T>
    Result<T> run(Task<Result<T>> task) {
        std::optional<Result<T>> answer;
        std::exception_ptr thrown;
        auto ended = [&thrown](const std::exception_ptr& fault) { thrown = fault; };
        boost::asio::co_spawn(context_, keep(std::move(task), answer), std::move(ended));
        run_all();
        if (thrown) {
            std::rethrow_exception(thrown);
        }
        return std::move(answer.value());
    }

    /// What must succeed. @return its answer
    template <typename T>
    T get(Task<Result<T>> task) {
        Result<T> answer = run(std::move(task));
        if (!answer) {
            throw std::runtime_error("failed: " + std::string(answer.error().what.key));
        }
        return std::move(*answer);
    }
    void must(Task<Result<void>> task) {
        if (const Result<void> answer = run(std::move(task)); !answer) {
            throw std::runtime_error("failed: " + std::string(answer.error().what.key));
        }
    }
    template <typename T>
    std::optional<Error> error_of(Task<Result<T>> task) {
        Result<T> answer = run(std::move(task));
        return answer ? std::nullopt : std::optional(answer.error());
    }

    /// Starts a coroutine whose answer is looked at later.
    template <typename T>
    void start(Task<Result<T>> task, std::optional<Result<T>>& answer) {
        boost::asio::co_spawn(context_, keep(std::move(task), answer), [](const std::exception_ptr& fault) {
            if (fault) {
                std::rethrow_exception(fault);
            }
        });
    }

private:
    template <typename T>
    static Task<void> keep(Task<Result<T>> task, std::optional<Result<T>>& answer) {
        Result<T> value = co_await std::move(task);
        answer.emplace(std::move(value));
    }

    boost::asio::io_context context_{1};
};

} // namespace mcp::test
