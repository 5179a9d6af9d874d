#include "adapters/files/write_file.hpp"

#include "adapters/files/raw_file.hpp"
#include "adapters/files/system_fault.hpp"
#include "adapters/system/signals.hpp"

#include <cerrno>
#include <climits>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace mcp::adapters {
namespace {

tl::unexpected<Error> cannot_write(int error_number) {
    return fail(system_fault("file.cannot_write", error_number));
}

Result<void> may_write(const std::string& path) {
    return ::access(path.c_str(), W_OK) == 0 ? Result<void>{} : cannot_write(errno);
}

std::string folder_of(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

/// Whether a new file can stand in the folder of `path`.
Result<void> may_write_beside(const std::string& path) {
    const std::string folder = folder_of(path);
    struct stat facts {};
    if (::stat(folder.c_str(), &facts) != 0 && errno == ENOENT) {
        return fail(ErrorKind::not_found,
                    {"file.cannot_write", {{"fault", std::vector<Message>{{"system.no_such_folder", {}}}}}});
    }
    return may_write(folder);
}

/// @return 0, or the error number
int write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return errno;
        }
        bytes.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return 0;
}

/// @return 0, or the error number
int write_and_sync(int file, std::string_view bytes, const struct stat* permissions_of) {
    if (permissions_of != nullptr && ::fchmod(file, permissions_of->st_mode & 07777) != 0) {
        return errno;
    }
    if (const int fault = write_all(file, bytes); fault != 0) {
        return fault;
    }
    return ::fsync(file) == 0 ? 0 : errno;
}

/// The new name itself must reach the disk too; a folder that may not be opened for reading is no reason to fail.
void sync_folder(const std::string& folder) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.number() >= 0) {
        ::fsync(opened.number());
    }
}

Result<void> write_in_place(const std::string& path, std::string_view bytes) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (file.number() < 0) {
        return cannot_write(errno);
    }
    const int fault = write_all(file.number(), bytes);
    return fault == 0 ? Result<void>{} : cannot_write(fault);
}

/// Where the file really lies: a symbolic link is followed.
std::string real_path(const std::string& path) {
    std::error_code fault;
    const std::filesystem::path real = std::filesystem::canonical(path, fault);
    return fault ? path : real.string();
}

Result<void> replace(const std::string& target, std::string_view bytes, const struct stat* before) {
    const std::string folder = folder_of(target);
    const std::string temporary = fmt::format("{}/.mcp-api.{}.part", folder, ::getpid());
    if (temporary.size() >= PATH_MAX) {
        return cannot_write(ENAMETOOLONG);
    }
    const RemovedOnSignal removed_on_signal(temporary);
    const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (file.number() < 0) {
        return cannot_write(errno);
    }
    int fault = write_and_sync(file.number(), bytes, before);
    if (fault == 0 && std::rename(temporary.c_str(), target.c_str()) != 0) {
        fault = errno;
    }
    if (fault != 0) {
        ::unlink(temporary.c_str());
        return cannot_write(fault);
    }
    sync_folder(folder);
    return {};
}

} // namespace

Result<void> check_writable(const std::string& path) {
    struct stat before {};
    if (::stat(path.c_str(), &before) != 0) {
        return errno == ENOENT ? may_write_beside(path) : cannot_write(errno);
    }
    if (S_ISDIR(before.st_mode)) {
        return fail(ErrorKind::invalid_input, {"file.is_directory", {}});
    }
    // A file made read-only is not meant to be replaced, although its folder would allow it.
    return S_ISREG(before.st_mode) ? may_write(path).and_then([&] { return may_write_beside(real_path(path)); })
                                   : may_write(path);
}

Result<void> write_file_atomically(const std::string& path, std::string_view bytes) {
    if (Result<void> writable = check_writable(path); !writable) {
        return writable;
    }
    struct stat before {};
    const bool exists = ::stat(path.c_str(), &before) == 0;
    if (exists && !S_ISREG(before.st_mode)) {
        return write_in_place(path, bytes);
    }
    return replace(real_path(path), bytes, exists ? &before : nullptr);
}

} // namespace mcp::adapters
