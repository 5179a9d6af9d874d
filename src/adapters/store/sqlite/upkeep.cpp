#include "adapters/store/sqlite/upkeep.hpp"

#include "adapters/store/sqlite/copying.hpp"
#include "adapters/store/sqlite/faults.hpp"
#include "adapters/store/sqlite/folder.hpp"
#include "adapters/store/sqlite/opening.hpp"
#include "adapters/store/sqlite/sweep.hpp"

#include <array>
#include <cerrno>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mcp::adapters::sqlite {
namespace {

struct Counting {
    std::string_view table;
    std::string_view sql;
};

constexpr std::array<Counting, 7> kCountings = {{
    {"users", "SELECT count(*) FROM users"},
    {"reports", "SELECT count(*) FROM reports"},
    {"snapshots", "SELECT count(*) FROM snapshots"},
    {"runs", "SELECT count(*) FROM runs"},
    {"jobs", "SELECT count(*) FROM jobs"},
    {"feedback", "SELECT count(*) FROM feedback"},
    {"openings", "SELECT count(*) FROM openings"},
}};

std::int64_t bytes_of(const std::string& path) {
    struct stat facts {};
    return ::stat(path.c_str(), &facts) == 0 ? facts.st_size : 0;
}

bool exists(const std::string& path) {
    struct stat facts {};
    return ::lstat(path.c_str(), &facts) == 0;
}

Result<std::unique_ptr<Connection>> open_to_read(const std::string& folder) {
    return find_database_file(folder).and_then(
        [&] { return connect(database_in(folder), Use::reading, Access::read_only); });
}

void count_all(Connection& connection, StoreCheck& check) {
    for (const Counting& counting : kCountings) {
        check.tables.push_back({counting.table, connection.number(counting.sql).value_or(0)});
    }
    check.broken_references = connection.number("SELECT count(*) FROM pragma_foreign_key_check").value_or(0);
    check.free_bytes =
        connection.number("PRAGMA freelist_count").value_or(0) * connection.number("PRAGMA page_size").value_or(0);
}

/// A backup cannot be mended by restoring a backup.
Error about_backup(Error error) {
    if (error.what.key == "store.damaged") {
        error.what.key = "store.bad_backup";
    }
    return error;
}

Result<Layout> check_backup(Connection& backup) {
    Result<Layout> layout = read_layout(backup);
    if (!layout) {
        return fail(about_backup(std::move(layout.error())));
    }
    if (layout->version == 0) {
        Error empty{ErrorKind::unavailable, {"store.bad_backup", {{"fault", std::string("0 tables")}}}};
        return fail(std::move(empty).in(at_path(backup.file())));
    }
    if (Result<void> readable = refuse_too_new(*layout, backup.file()); !readable) {
        return fail(std::move(readable.error()));
    }
    return layout;
}

/// Brings the log of the database into it, as far as it can still be read.
void take_log_in(const std::string& file) {
    if (Result<std::unique_ptr<Connection>> opened = connect(file, Use::writing, Access::read_write)) {
        empty_log(**opened);
    }
}

/// Gives the database a second name, and takes its log away from the first: a log must never meet another database.
/// The database keeps its first name until the restored one takes it, so that no crash leaves a folder without any.
Result<std::string> keep_replaced(const std::string& folder, Time now) {
    const std::string file = database_in(folder);
    const std::string log = file + "-wal";
    if (!exists(file)) {
        ::unlink(log.c_str());
        return std::string();
    }
    take_log_in(file);
    const std::string kept = fmt::format("{}.before-restore-{:%Y%m%dT%H%M%SZ}", file, now);
    if (::link(file.c_str(), kept.c_str()) != 0) {
        return fail(path_fault("store.cannot_open", errno, kept));
    }
    if (bytes_of(log) > 0 && ::link(log.c_str(), (kept + "-wal").c_str()) != 0) {
        return fail(path_fault("store.cannot_open", errno, kept + "-wal"));
    }
    ::unlink(log.c_str());
    ::unlink((file + "-shm").c_str());
    return kept;
}

} // namespace

Result<StoreCheck> check_store(const std::string& folder) {
    Result<std::unique_ptr<Connection>> opened = open_to_read(folder);
    if (!opened) {
        return fail(std::move(opened.error()));
    }
    Connection& connection = **opened;
    Result<Layout> layout = read_layout(connection);
    if (!layout) {
        return fail(std::move(layout.error()));
    }
    StoreCheck check;
    check.file = database_in(folder);
    check.layout = std::move(*layout);
    check.newest_layout = migrations().back().version;
    check.damage = find_damage(connection);
    if (check.damage.empty() && check.layout.version > 0) {
        count_all(connection, check);
    }
    if (Result<void> read = connection.take_fault(); !read) {
        return fail(std::move(read.error()));
    }
    check.bytes = bytes_of(check.file);
    check.log_bytes = bytes_of(check.file + "-wal");
    check.is_served = is_served(folder);
    return check;
}

Result<Backup> backup_store(const std::string& folder, const std::string& file) {
    if (exists(file)) { // asked before the long work; put_in_place() makes sure
        return fail(ErrorKind::conflict, {"store.file_exists", {{"file", file}}});
    }
    Result<std::unique_ptr<Connection>> opened = open_to_read(folder);
    if (!opened) {
        return fail(std::move(opened.error()));
    }
    Result<Layout> layout = read_layout(**opened);
    if (!layout) {
        return fail(std::move(layout.error()));
    }
    Result<std::unique_ptr<CopiedDatabase>> copy = CopiedDatabase::of(**opened, file);
    if (!copy) {
        return fail(std::move(copy.error()));
    }
    const Result<std::vector<std::string>> damage = (*copy)->damage();
    if (!damage || !damage->empty()) {
        return damage ? fail(damaged(database_in(folder), damage->front())) : fail(damage.error());
    }
    if (Result<void> placed = (*copy)->put_in_place(false); !placed) {
        return fail(std::move(placed.error()));
    }
    return Backup{.bytes = bytes_of(file), .layout = std::move(*layout)};
}

Result<Restored> restore_store(const std::string& folder, const std::string& file, Time now) {
    Result<std::unique_ptr<Connection>> backup = Connection::open(file, Access::read_only);
    if (!backup) {
        return fail(about_backup(std::move(backup.error())));
    }
    Result<Layout> layout = check_backup(**backup);
    if (!layout) {
        return fail(std::move(layout.error()));
    }
    if (Result<void> writable = check_folder_writable(folder); !writable) {
        return fail(std::move(writable.error()));
    }
    const Result<FolderLock> lock = FolderLock::take(folder);
    if (!lock) {
        return fail(lock.error());
    }
    Result<std::unique_ptr<CopiedDatabase>> copy = CopiedDatabase::of(**backup, database_in(folder));
    if (!copy) {
        return fail(std::move(copy.error()));
    }
    const Result<std::vector<std::string>> damage = (*copy)->damage();
    if (!damage || !damage->empty()) {
        return damage ? fail(about_backup(damaged(file, damage->front()))) : fail(damage.error());
    }
    give_to_owner_of(folder, (*copy)->path());
    Result<std::string> kept = keep_replaced(folder, now);
    if (!kept) {
        return fail(std::move(kept.error()));
    }
    if (Result<void> placed = (*copy)->put_in_place(true); !placed) {
        return fail(std::move(placed.error()));
    }
    return Restored{.kept_as = std::move(*kept), .layout = std::move(*layout)};
}

Result<Migrated> migrate_store(const std::string& folder) {
    if (Result<void> made = make_database_file(folder); !made) {
        return fail(std::move(made.error()));
    }
    Result<std::unique_ptr<Connection>> opened = Connection::open(database_in(folder), Access::read_write);
    const Result<Layout> layout = opened ? read_layout(**opened) : fail(opened.error());
    if (!layout) {
        return fail(layout.error());
    }
    if (layout->version == 0 || layout->version >= migrations().back().version) {
        return migrate_file(database_in(folder));
    }
    const Result<FolderLock> lock = FolderLock::take(folder);
    return lock ? migrate_file(database_in(folder)) : fail(lock.error());
}

} // namespace mcp::adapters::sqlite
