#pragma once
#include "async/task.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace mcp {

/// Threads that do what would hold up the one thread of the coroutines: computing, files, SQLite.
using Pool = boost::asio::any_io_executor;

/// Runs `work()` on the pool and comes back with its answer on the caller's thread; what it throws comes back too.
/// Not to be cancelled: long work must look at its own deadline.
template <typename Work>
[[nodiscard]] Task<std::invoke_result_t<Work&>> run_on(Pool pool, Work work) {
    namespace asio = boost::asio;
    using Answer = std::invoke_result_t<Work&>;
    static_assert(!std::is_void_v<Answer>, "let the work say how it went");
    using Box = std::shared_ptr<std::optional<Answer>>; // Asio wants what it hands over to be default-constructible
    auto begin = [pool = std::move(pool)](auto handler, Work todo) {
        auto home = asio::make_work_guard(asio::get_associated_executor(handler));
        auto on_pool = [home = std::move(home), handler = std::move(handler), todo = std::move(todo)]() mutable {
            Box box = std::make_shared<std::optional<Answer>>();
            std::exception_ptr thrown;
            try {
                box->emplace(todo());
            } catch (const std::exception&) {
                thrown = std::current_exception();
            }
            auto executor = home.get_executor();
            asio::post(executor, [handler = std::move(handler), thrown, box = std::move(box)]() mutable {
                std::move(handler)(thrown, std::move(box));
            });
        };
        asio::post(pool, std::move(on_pool));
    };
    Box box = co_await asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr, Box)>(
        std::move(begin), asio::use_awaitable, std::move(work));
    co_return std::move(**box);
}

} // namespace mcp
