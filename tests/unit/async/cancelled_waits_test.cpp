#include "async/bell.hpp"
#include "async/event.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <optional>

namespace mcp {
namespace {

/// What a wait that is cancelled while it goes on throws; nothing when it throws something else, or nothing.
std::optional<boost::system::error_code> thrown_by(Task<void> wait, boost::asio::io_context& context) {
    boost::asio::cancellation_signal signal;
    std::exception_ptr thrown;
    auto ended = [&thrown](const std::exception_ptr& fault) { thrown = fault; };
    boost::asio::co_spawn(context, std::move(wait), boost::asio::bind_cancellation_slot(signal.slot(), ended));
    context.poll();
    signal.emit(boost::asio::cancellation_type::terminal);
    context.restart();
    context.poll();
    try {
        std::rethrow_exception(thrown ? thrown : std::make_exception_ptr(0));
    } catch (const boost::system::system_error& error) {
        return error.code();
    } catch (int) {
        return std::nullopt;
    }
}

TEST(CancelledWaits, ThrowTheSameWhateverIsWaitedFor) {
    boost::asio::io_context context(1);
    Bell bell(context.get_executor());
    Event event(context.get_executor());
    const boost::system::error_code cancelled = boost::asio::error::operation_aborted;
    EXPECT_EQ(thrown_by(bell.wait(), context), cancelled);
    EXPECT_EQ(thrown_by(event.wait(), context), cancelled);
}

} // namespace
} // namespace mcp
