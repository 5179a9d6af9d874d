#include "adapters/store/sqlite/writer.hpp"

#include <vector>

namespace mcp::adapters::sqlite {
namespace {

using Jobs = std::vector<Job*>;

void refuse_all(const Jobs& jobs, const Error& error) {
    for (Job* job : jobs) {
        job->refuse(error);
    }
}

void run_in_savepoint(Connection& connection, Job& job) {
    connection.change("SAVEPOINT job");
    const bool succeeded = job.run(connection);
    if (!connection.is_in_transaction()) {
        return; // SQLite itself gave it up
    }
    if (!succeeded) {
        connection.change("ROLLBACK TO job");
    }
    connection.change("RELEASE job");
}

Result<void> commit(Connection& connection) {
    connection.change("COMMIT");
    Result<void> committed = connection.take_fault();
    if (!committed && connection.is_in_transaction()) {
        connection.change("ROLLBACK");
        (void)connection.take_fault();
    }
    return committed;
}

/// @return false when the transaction is lost and with it all that its jobs answered
bool do_in_transaction(Connection& connection, const Jobs& jobs) {
    connection.change("BEGIN IMMEDIATE");
    if (const Result<void> begun = connection.take_fault(); !begun) {
        refuse_all(jobs, begun.error());
        return true; // nothing else can begin either
    }
    for (Job* job : jobs) {
        run_in_savepoint(connection, *job);
        if (!connection.is_in_transaction()) {
            return false;
        }
    }
    const Result<void> committed = commit(connection);
    if (!committed) {
        refuse_all(jobs, committed.error());
    }
    return committed.has_value();
}

} // namespace

void write_together(Connection& connection, std::span<const std::shared_ptr<Job>> jobs) {
    Jobs together;
    for (const std::shared_ptr<Job>& job : jobs) {
        if (!job->is_alone) {
            together.push_back(job.get());
        }
    }
    if (!together.empty() && !do_in_transaction(connection, together) && together.size() > 1) {
        for (Job* job : together) {
            do_in_transaction(connection, {job});
        }
    }
    for (const std::shared_ptr<Job>& job : jobs) {
        if (job->is_alone) {
            job->run(connection);
        }
    }
}

} // namespace mcp::adapters::sqlite
