#include "flow/crew.hpp"

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <utility>

namespace mcp::flow {

bool is_cancellation(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const boost::system::system_error& error) {
        return error.code() == boost::asio::error::operation_aborted;
    } catch (const std::exception&) {
        return false;
    }
}

void Crew::begin(Task<void> work) {
    Member& member = members_.emplace_back(executor_);
    auto at_end = [&member](const std::exception_ptr& thrown) {
        member.ended.set();
        if (thrown && !is_cancellation(thrown)) {
            std::rethrow_exception(thrown);
        }
    };
    boost::asio::co_spawn(executor_, work_as(member, std::move(work)),
                          boost::asio::bind_cancellation_slot(member.signal.slot(), std::move(at_end)));
}

Task<void> Crew::work_as(Member& member, Task<void> work) {
    member.is_working = true;
    if (!member.is_unwanted) {
        co_await std::move(work);
    }
}

/// Asio 1.81 throws out of the io_context when a coroutine is cancelled before its first step.
void Crew::cancel(Member& member) {
    if (!member.is_working) {
        member.is_unwanted = true;
    } else if (!member.ended.is_set()) {
        member.signal.emit(boost::asio::cancellation_type::terminal);
    }
}

void Crew::cancel() {
    for (Member& member : members_) {
        cancel(member);
    }
}

Task<void> Crew::end() {
    cancel();
    for (Member& member : members_) { // one that began meanwhile stands at the end
        cancel(member);
        co_await member.ended.wait();
    }
    members_.clear();
}

bool Crew::is_idle() const {
    return std::all_of(members_.begin(), members_.end(), [](const Member& member) { return member.ended.is_set(); });
}

} // namespace mcp::flow
