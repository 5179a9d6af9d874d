#pragma once
#include "async/task.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>

namespace mcp {

/// Wakes the one who waits, however often; a ring that nobody waits for is kept for the next one to come, once.
class Bell {
public:
    explicit Bell(const boost::asio::any_io_executor& executor) : channel_(executor, 1) {}

    void ring() { (void)channel_.try_send(boost::system::error_code{}); }

    /// Throws boost::system::system_error (operation_aborted) when cancelled.
    Task<void> wait() { co_await channel_.async_receive(boost::asio::use_awaitable); }

private:
    boost::asio::experimental::channel<void(boost::system::error_code)> channel_;
};

} // namespace mcp
