#pragma once
#include "async/task.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>
#include <memory>
#include <utility>

namespace mcp {

/// Happens once; all who wait then go on, and who comes later does not wait. On the one thread of the coroutines.
class Event {
public:
    explicit Event(const boost::asio::any_io_executor& executor) : channel_(executor, 0) {}

    void set() { channel_.close(); }
    [[nodiscard]] bool is_set() const { return !channel_.is_open(); }

    /// Throws boost::system::system_error (operation_aborted) when cancelled.
    Task<void> wait() {
        if (is_set()) {
            co_return;
        }
        boost::system::error_code closed; // the channel knows no other way to tell
        auto token = boost::asio::redirect_error(boost::asio::use_awaitable, closed);
        co_await channel_.async_receive(token);
        if (!is_set()) {
            throw boost::system::system_error(boost::asio::error::operation_aborted);
        }
    }

private:
    boost::asio::experimental::channel<void(boost::system::error_code)> channel_;
};

/// Sets the event at the end of a scope and forgets it: those who wait for somebody's work go on, also when it threw.
class Release {
public:
    explicit Release(std::shared_ptr<Event>& event) : event_(event) {}
    ~Release() { std::exchange(event_, nullptr)->set(); }
    Release(const Release&) = delete;
    Release& operator=(const Release&) = delete;

private:
    std::shared_ptr<Event>& event_;
};

} // namespace mcp
