#pragma once
#include "adapters/store/sqlite/connection.hpp"
#include "adapters/system/signals.hpp"
#include "base/error.hpp"

#include <string>
#include <vector>

namespace mcp::adapters::sqlite {

/// What SQLite finds wrong with a database, a line each; nothing when it is sound. Reads all of it.
[[nodiscard]] std::vector<std::string> find_damage(Connection& connection);

/// A copy of a database on its way to its place: gone again unless it gets there, also when a signal ends the process.
class CopiedDatabase {
public:
    /// Copies the database as it is at one moment, into the folder of `target`; complete without a log, and synced to
    /// disk.
    [[nodiscard]] static Result<std::unique_ptr<CopiedDatabase>> of(Connection& from, const std::string& target);
    ~CopiedDatabase();
    CopiedDatabase(const CopiedDatabase&) = delete;
    CopiedDatabase& operator=(const CopiedDatabase&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] Result<std::vector<std::string>> damage() const;
    /// Gives it its name, and that name to the disk. @param may_replace what stands there; else an error (EEXIST)
    [[nodiscard]] Result<void> put_in_place(bool may_replace);

private:
    explicit CopiedDatabase(const std::string& target);
    [[nodiscard]] Result<void> fill(Connection& from) const;

    std::string target_;
    std::string path_;
    RemovedOnSignal removed_on_signal_;
};

} // namespace mcp::adapters::sqlite
