#pragma once
#include "adapters/store/sqlite/connection.hpp"
#include "adapters/store/sqlite/job.hpp"

#include <memory>
#include <span>

namespace mcp::adapters::sqlite {

/// Does the jobs in one transaction, each in its own savepoint: one sync to disk for all, and a job that fails takes
/// back only what it did itself. A batch that cannot be committed whole (the disk is full) is done once more, one by
/// one, so that only what does not fit is refused. Jobs that are to be alone follow.
void write_together(Connection& connection, std::span<const std::shared_ptr<Job>> jobs);

} // namespace mcp::adapters::sqlite
