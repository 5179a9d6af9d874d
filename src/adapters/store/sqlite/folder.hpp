#pragma once
#include "adapters/files/raw_file.hpp"
#include "base/error.hpp"

#include <optional>
#include <string>

namespace mcp::adapters::sqlite {

[[nodiscard]] std::string database_in(const std::string& folder); ///< FOLDER/mcp.db
[[nodiscard]] std::string lock_in(const std::string& folder);     ///< FOLDER/mcp.lock

/// Makes the folder (0750) and an empty database file (0640) where they are not there yet. What root makes is given to
/// the owner of the folder, so that the service can use it.
[[nodiscard]] Result<void> make_database_file(const std::string& folder);

/// @return an error (key `store.none`) when there is no database in the folder, and one when it cannot be reached
[[nodiscard]] Result<void> find_database_file(const std::string& folder);

/// What root makes for the service, which runs as somebody else, belongs to whoever owns the folder that it lies in.
void give_to_owner_of(const std::string& folder, const std::string& path);

/// SQLite keeps its log beside the database, so that the folder itself must be writable.
[[nodiscard]] Result<void> check_folder_writable(const std::string& folder);

/// The right to serve from a folder, held by one process at a time and for as long as this lives.
class FolderLock {
public:
    /// @return an error naming the other process when a server works there already
    [[nodiscard]] static Result<FolderLock> take(const std::string& folder);

private:
    explicit FolderLock(Descriptor file) : file_(std::move(file)) {}

    Descriptor file_;
};

/// Whether a server works in the folder just now. Asks without taking the lock.
[[nodiscard]] bool is_served(const std::string& folder);

} // namespace mcp::adapters::sqlite
