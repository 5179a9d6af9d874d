#pragma once
#include "async/task.hpp"
#include "base/error.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace mcp::ports {

/// One report to be made.
struct Job {
    std::string run_id;
    std::string user_id;

    bool operator==(const Job&) const = default;
};

/// Jobs on their way from the run to the workers, first in first out. A job is delivered at least once: what a worker
/// took and did not settle comes again, and the store tells whether it is still owed. Bounded: push() waits while it is
/// full.
class Queue {
public:
    virtual ~Queue() = default;
    virtual Task<Result<void>> push(Job job) = 0;
    /// Waits for a job. @return nothing once close() was called and all jobs were taken
    virtual Task<Result<std::optional<Job>>> take() = 0;
    virtual Task<Result<void>> settle(Job job) = 0;
    /// Nobody will push any more: those who wait in take() come back once all is taken.
    virtual void close() = 0;
    [[nodiscard]] virtual std::size_t waiting() const = 0;
};

} // namespace mcp::ports
