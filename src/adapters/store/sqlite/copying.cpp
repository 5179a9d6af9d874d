#include "adapters/store/sqlite/copying.hpp"

#include "adapters/files/raw_file.hpp"
#include "adapters/store/sqlite/faults.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

namespace mcp::adapters::sqlite {
namespace {

constexpr mode_t kFileMode = 0640;

std::string folder_of(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

Result<void> copy_pages(Connection& from, Connection& to) {
    to.script("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"); // nobody knows of it yet
    sqlite3_backup* copy = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
    if (copy == nullptr) {
        to.note_fault(sqlite3_extended_errcode(to.handle()));
        return to.take_fault();
    }
    const int copied = sqlite3_backup_step(copy, -1); // in one step: a write of others begins a stepwise one anew
    const int ended = sqlite3_backup_finish(copy);
    if (copied != SQLITE_DONE) {
        to.note_fault(ended == SQLITE_OK ? copied : ended);
    }
    return to.take_fault();
}

Result<void> sync_file(const std::string& file) {
    const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (opened.number() < 0 || ::fsync(opened.number()) != 0) {
        return fail(path_fault("store.io", errno, file));
    }
    return {};
}

/// So that new names in it outlive a power cut; a folder that may not be read is no reason to fail.
void sync_folder(const std::string& folder) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.number() >= 0) {
        ::fsync(opened.number());
    }
}

Result<void> make_empty(const std::string& file) {
    const Descriptor made(::open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, kFileMode));
    return made.number() < 0 ? fail(path_fault("store.cannot_open", errno, file)) : Result<void>{};
}

} // namespace

std::vector<std::string> find_damage(Connection& connection) {
    std::vector<std::string> damage;
    Rows lines = connection.rows("PRAGMA integrity_check");
    while (lines.next()) {
        damage.push_back(lines.text());
    }
    if (damage.size() == 1 && damage.front() == "ok") {
        damage.clear();
    }
    return damage;
}

CopiedDatabase::CopiedDatabase(const std::string& target)
    : target_(target), path_(fmt::format("{}/.mcp-api.{}.part", folder_of(target), ::getpid())),
      removed_on_signal_(path_) {}

CopiedDatabase::~CopiedDatabase() {
    if (!path_.empty()) {
        ::unlink(path_.c_str());
    }
}

Result<std::unique_ptr<CopiedDatabase>> CopiedDatabase::of(Connection& from, const std::string& target) {
    std::unique_ptr<CopiedDatabase> copy(new CopiedDatabase(target));
    if (Result<void> filled = copy->fill(from); !filled) {
        Error error = std::move(filled.error());
        error.steps = {at_path(target)}; // the name that people know
        return fail(std::move(error));
    }
    return copy;
}

Result<void> CopiedDatabase::fill(Connection& from) const {
    if (Result<void> made = make_empty(path_); !made) {
        return made;
    }
    {
        Result<std::unique_ptr<Connection>> to = Connection::open(path_, Access::read_write);
        if (!to) {
            return fail(std::move(to.error()));
        }
        if (Result<void> copied = copy_pages(from, **to); !copied) {
            return copied;
        }
        // The pages say that a log belongs to them, as to those that they were copied from.
        (*to)->script("PRAGMA journal_mode = DELETE");
        if (Result<void> closed = (*to)->take_fault(); !closed) {
            return closed;
        }
    }
    return sync_file(path_);
}

Result<std::vector<std::string>> CopiedDatabase::damage() const {
    Result<std::unique_ptr<Connection>> opened = Connection::open(path_, Access::read_only);
    if (!opened) {
        return fail(std::move(opened.error()));
    }
    std::vector<std::string> damage = find_damage(**opened);
    if (Result<void> read = (*opened)->take_fault(); !read) {
        damage.emplace_back("integrity_check"); // too broken even to be looked through
    }
    return damage;
}

Result<void> CopiedDatabase::put_in_place(bool may_replace) {
    const unsigned flags = may_replace ? 0 : RENAME_NOREPLACE;
    if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), flags) != 0) {
        return errno == EEXIST ? fail(ErrorKind::conflict, {"store.file_exists", {{"file", target_}}})
                               : fail(path_fault("store.cannot_open", errno, target_));
    }
    path_.clear();
    sync_folder(folder_of(target_));
    return {};
}

} // namespace mcp::adapters::sqlite
