#include "adapters/system/asio_timer.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace mcp::adapters {

namespace asio = boost::asio;

Timer::Span AsioTimer::now() const {
    return std::chrono::steady_clock::now().time_since_epoch();
}

Task<void> AsioTimer::wait(Span span) {
    const auto executor = co_await asio::this_coro::executor;
    if (span <= Span::zero()) { // lets the others have their turn, so that a loop of such waits stops nobody
        co_await asio::post(executor, asio::use_awaitable);
        co_return;
    }
    asio::steady_timer alarm(executor, span);
    co_await alarm.async_wait(asio::use_awaitable);
}

} // namespace mcp::adapters
