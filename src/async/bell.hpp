#pragma once
#include "async/task.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>

namespace mcp {

/// Wakes the one who waits, however often; a ring that nobody waits for is kept for the next one to come, once.
class Bell {
public:
    explicit Bell(const boost::asio::any_io_executor& executor) : channel_(executor, 1) {}

    void ring() { (void)channel_.try_send(boost::system::error_code{}); }

    /// Throws boost::system::system_error (operation_aborted) when cancelled.
    Task<void> wait() {
        boost::system::error_code fault; // channel_cancelled, which nobody else knows
        auto token = boost::asio::redirect_error(boost::asio::use_awaitable, fault);
        co_await channel_.async_receive(token);
        if (fault) {
            throw boost::system::system_error(boost::asio::error::operation_aborted);
        }
    }

private:
    boost::asio::experimental::channel<void(boost::system::error_code)> channel_;
};

} // namespace mcp
