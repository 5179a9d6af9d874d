#include "adapters/store/sqlite/folder.hpp"

#include "adapters/store/sqlite/faults.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace mcp::adapters::sqlite {
namespace {

constexpr mode_t kFolderMode = 0750;
constexpr mode_t kFileMode = 0640;

Result<void> make_folder(const std::string& folder) {
    std::error_code fault;
    if (std::filesystem::is_directory(folder, fault)) {
        return {};
    }
    const std::string parent = std::filesystem::path(folder).parent_path().string();
    if (!parent.empty() && parent != folder) {
        if (Result<void> made = make_folder(parent); !made) {
            return made;
        }
    }
    if (::mkdir(folder.c_str(), kFolderMode) != 0 && errno != EEXIST) {
        return fail(path_fault("store.folder", errno, folder));
    }
    if (!std::filesystem::is_directory(folder, fault)) {
        return fail(path_fault("store.folder", ENOTDIR, folder));
    }
    give_to_owner_of(parent.empty() ? "." : parent, folder);
    return {};
}

struct flock whole_file(short type) {
    struct flock lock {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    return lock;
}

/// The number that the holder of a lock wrote into its file.
std::string process_in(const Descriptor& file) {
    std::array<char, 24> digits{};
    const ssize_t size = ::pread(file.number(), digits.data(), digits.size() - 1, 0);
    return size > 0 ? std::to_string(std::atoll(digits.data())) : std::string("?");
}

} // namespace

std::string database_in(const std::string& folder) {
    return folder + "/mcp.db";
}

std::string lock_in(const std::string& folder) {
    return folder + "/mcp.lock";
}

void give_to_owner_of(const std::string& folder, const std::string& path) {
    struct stat facts {};
    if (::geteuid() == 0 && ::stat(folder.c_str(), &facts) == 0) {
        (void)!::lchown(path.c_str(), facts.st_uid, facts.st_gid);
    }
}

Result<void> make_database_file(const std::string& folder) {
    Result<void> ready = make_folder(folder).and_then([&] { return check_folder_writable(folder); });
    if (!ready) {
        return ready;
    }
    const std::string path = database_in(folder);
    const Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode));
    if (file.number() < 0) {
        return errno == EEXIST ? Result<void>{} : fail(path_fault("store.cannot_open", errno, path));
    }
    ::fchmod(file.number(), kFileMode);
    give_to_owner_of(folder, path);
    return {};
}

Result<void> find_database_file(const std::string& folder) {
    struct stat facts {};
    if (::stat(database_in(folder).c_str(), &facts) == 0) {
        return {};
    }
    if (errno == ENOENT) {
        return fail(ErrorKind::unavailable, {"store.none", {{"folder", folder}}});
    }
    return fail(path_fault("store.cannot_open", errno, database_in(folder)));
}

Result<void> check_folder_writable(const std::string& folder) {
    if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
        return fail(path_fault("store.folder", errno, folder));
    }
    return {};
}

Result<FolderLock> FolderLock::take(const std::string& folder) {
    const std::string path = lock_in(folder);
    Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kFileMode));
    if (file.number() < 0) {
        return fail(path_fault("store.cannot_open", errno, path));
    }
    give_to_owner_of(folder, path);
    struct flock lock = whole_file(F_WRLCK);
    if (::fcntl(file.number(), F_OFD_SETLK, &lock) != 0) {
        if (errno != EAGAIN && errno != EACCES) {
            return fail(path_fault("store.cannot_open", errno, path));
        }
        return fail(ErrorKind::unavailable, {"store.served", {{"folder", folder}, {"process", process_in(file)}}});
    }
    const std::string process = fmt::format("{}\n", ::getpid());
    if (::ftruncate(file.number(), 0) != 0 ||
        ::pwrite(file.number(), process.data(), process.size(), 0) != static_cast<ssize_t>(process.size())) {
        return fail(path_fault("store.cannot_open", errno, path));
    }
    return FolderLock(std::move(file));
}

bool is_served(const std::string& folder) {
    const Descriptor file(::open(lock_in(folder).c_str(), O_RDONLY | O_CLOEXEC));
    struct flock lock = whole_file(F_WRLCK);
    return file.number() >= 0 && ::fcntl(file.number(), F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

} // namespace mcp::adapters::sqlite
