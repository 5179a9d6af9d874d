#pragma once
#include "adapters/http/curl_client.hpp"
#include "adapters/system/asio_timer.hpp"
#include "adapters/system/system_chance.hpp"
#include "app/commands/io.hpp"
#include "async/env.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <exception>
#include <memory>
#include <optional>

namespace mcp::app {

/// What a command of the terminal asks other servers with, and goes on with when it is done. Nothing is measured.
class AskingWorld {
public:
    /// Events of the log are remarks on standard error, and only when somebody watches.
    explicit AskingWorld(Io& io);
    AskingWorld(Io& io, std::unique_ptr<Log> log);
    ~AskingWorld();
    AskingWorld(const AskingWorld&) = delete;
    AskingWorld& operator=(const AskingWorld&) = delete;

    [[nodiscard]] Env& env() { return env_; }
    [[nodiscard]] ports::HttpClient& http() { return *http_; }
    void stop_asking() { http_->close(); } ///< all that is being asked ends, `cancelled`, and so will the rest
    [[nodiscard]] boost::asio::any_io_executor executor() { return context_.get_executor(); }

    /// Runs a coroutine to its end. What it throws is thrown here.
    template <typename T>
    [[nodiscard]] T run(Task<T> task) {
        std::optional<T> answer;
        std::exception_ptr fault;
        auto at_end = [&](const std::exception_ptr& thrown) {
            fault = thrown;
            context_.stop();
        };
        boost::asio::co_spawn(context_, keep(std::move(task), answer), std::move(at_end));
        context_.restart();
        context_.run();
        if (fault) {
            std::rethrow_exception(fault);
        }
        return std::move(*answer);
    }

private:
    /// Asio would have the answer default-constructible.
    template <typename T>
    static Task<void> keep(Task<T> task, std::optional<T>& answer) {
        T value = co_await std::move(task);
        answer.emplace(std::move(value));
    }

    class Remarks;
    class Unmeasured;

    boost::asio::io_context context_{1};
    boost::asio::thread_pool compute_;
    boost::asio::thread_pool blocking_{2};
    adapters::AsioTimer timer_;
    adapters::SystemChance chance_;
    std::unique_ptr<Log> log_;
    std::unique_ptr<Unmeasured> metrics_;
    Env env_;
    std::unique_ptr<adapters::CurlClient> http_;
};

} // namespace mcp::app
