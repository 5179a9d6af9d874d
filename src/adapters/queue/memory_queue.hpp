#pragma once
#include "ports/queue.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <cstddef>
#include <deque>
#include <list>

namespace mcp::adapters {

/// The queue of one process. Jobs go from hand to hand: what is pushed goes to who has waited in take() for longest,
/// and a job whose push() waits moves up as soon as another is taken, so that all come out in the order they were
/// pushed. A push() or take() that is cancelled throws boost::system::system_error (operation_aborted), and no job is
/// lost or doubled by it. What was taken and not settled when the process ends comes again with the run: it is still
/// owed in the store. On the one thread of the coroutines; to be destroyed after those who wait.
class MemoryQueue final : public ports::Queue {
public:
    /// @param capacity how many jobs may wait before push() does, 1 or more
    MemoryQueue(boost::asio::any_io_executor executor, std::size_t capacity);
    ~MemoryQueue() override;

    /// @return cancelled (key `queue.closed`) once close() was called
    Task<Result<void>> push(ports::Job job) override;
    Task<Result<std::optional<ports::Job>>> take() override;
    Task<Result<void>> settle(ports::Job job) override;
    void close() override;
    [[nodiscard]] std::size_t waiting() const override { return jobs_.size(); }

private:
    class Place;
    [[nodiscard]] ports::Job take_first();

    boost::asio::any_io_executor executor_;
    std::size_t capacity_;
    bool is_closed_ = false;
    std::deque<ports::Job> jobs_;
    std::list<Place*> pushers_; ///< in the order they came
    std::list<Place*> takers_;
};

} // namespace mcp::adapters
