#include "adapters/store/sqlite/opening.hpp"

#include <fmt/format.h>

namespace mcp::adapters::sqlite {
namespace {

// A checkpoint copies the log into the database and syncs both: 16 MiB at once are faster than the usual 4.
constexpr std::string_view kWriting = "PRAGMA synchronous = FULL;"
                                      "PRAGMA foreign_keys = ON;"
                                      "PRAGMA secure_delete = ON;"
                                      "PRAGMA wal_autocheckpoint = 4000;"
                                      "PRAGMA journal_size_limit = 67108864;"
                                      "PRAGMA cache_size = -32768;"
                                      "PRAGMA temp_store = MEMORY;";
constexpr std::string_view kReading = "PRAGMA query_only = ON;"
                                      "PRAGMA cache_size = -16384;"
                                      "PRAGMA temp_store = MEMORY;";
// Free pages can be given back to the file system only in a database that was made so.
constexpr std::string_view kNewFile = "PRAGMA page_size = 4096;"
                                      "PRAGMA auto_vacuum = INCREMENTAL;"
                                      "PRAGMA journal_mode = WAL;";

} // namespace

Result<std::unique_ptr<Connection>> connect(const std::string& file, Use use, Access access) {
    Result<std::unique_ptr<Connection>> opened = Connection::open(file, access);
    if (!opened) {
        return opened;
    }
    Connection& connection = **opened;
    connection.script(std::string(use == Use::writing ? kWriting : kReading));
    if (use == Use::watching) {
        connection.set_patience(
            std::chrono::milliseconds{0}); // it runs on the thread of the coroutines, which never waits
    }
    if (Result<void> set = connection.take_fault(); !set) {
        return fail(std::move(set.error()));
    }
    return opened;
}

Result<Migrated> migrate_file(const std::string& file, bool is_safe) {
    Result<std::unique_ptr<Connection>> opened = Connection::open(file, Access::read_write);
    if (!opened) {
        return fail(std::move(opened.error()));
    }
    Connection& connection = **opened;
    connection.script(std::string(kWriting));
    if (!is_safe) {
        make_unsafe(connection);
    }
    if (connection.number("PRAGMA page_count") == 0) {
        connection.script(std::string(kNewFile));
    }
    if (Result<void> set = connection.take_fault(); !set) {
        return fail(std::move(set.error()));
    }
    return migrate(connection);
}

void make_unsafe(Connection& connection) {
    connection.script("PRAGMA synchronous = OFF");
}

void limit_pages(Connection& connection, int pages_max) {
    connection.script(fmt::format("PRAGMA max_page_count = {}", pages_max));
}

} // namespace mcp::adapters::sqlite
