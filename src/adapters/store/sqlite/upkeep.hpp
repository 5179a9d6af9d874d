#pragma once
#include "adapters/store/sqlite/migrations.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What operators do with the embedded store by hand. All of these block, and work beside a running server unless said
/// otherwise.
namespace mcp::adapters::sqlite {

struct TableRows {
    std::string_view table;
    std::int64_t rows = 0;
};

struct StoreCheck {
    std::string file;
    std::vector<std::string> damage;    ///< SQLite's own words on what is wrong; empty: the file is sound
    std::int64_t broken_references = 0; ///< rows that name a user or run that is not there
    Layout layout;
    int newest_layout = 0; ///< that this program knows
    std::vector<TableRows> tables;
    std::int64_t bytes = 0;      ///< of the database file
    std::int64_t log_bytes = 0;  ///< of the log beside it (mcp.db-wal)
    std::int64_t free_bytes = 0; ///< in the file, to be filled before it grows
    bool is_served = false;      ///< a server works with it just now

    [[nodiscard]] bool is_sound() const { return damage.empty() && broken_references == 0; }
};

/// Reads the whole file. @return an error only when it cannot be read at all
[[nodiscard]] Result<StoreCheck> check_store(const std::string& folder);

struct Backup {
    std::int64_t bytes = 0;
    Layout layout;
};

/// Copies the store as it is at one moment into a new file, whole or not at all: checked, and one file without a log.
/// @return an error when `file` is there already
[[nodiscard]] Result<Backup> backup_store(const std::string& folder, const std::string& file);

struct Restored {
    std::string kept_as; ///< where the replaced database lies now; empty when there was none
    Layout layout;
};

/// Puts a backup in the place of the store, after checking that it is whole and that this program can read it. The
/// replaced database stays beside it. Refused while a server works in the folder.
[[nodiscard]] Result<Restored> restore_store(const std::string& folder, const std::string& file, Time now);

/// Makes the store where there is none, or brings its layout up to date; the latter not beside a running server.
[[nodiscard]] Result<Migrated> migrate_store(const std::string& folder);

} // namespace mcp::adapters::sqlite
