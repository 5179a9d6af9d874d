#include "adapters/files/atomic_file.hpp"

#include "adapters/files/system_fault.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace mcp::adapters {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = ".mcp-part.";
constexpr std::size_t kRandomLetters = 6;

tl::unexpected<Error> cannot_write(int error_number) {
    return fail(system_fault("file.cannot_write", error_number));
}

std::string folder_of(const std::string& path) {
    const std::string folder = fs::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

/// A new name must reach the disk too. Where the folder may not be read, or its file system knows no such thing, all is
/// done that can be.
Result<void> sync_folder(const std::string& folder) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.number() < 0 || ::fsync(opened.number()) == 0 || errno == EINVAL || errno == ENOTSUP) {
        return {};
    }
    return cannot_write(errno);
}

} // namespace

AtomicFile::AtomicFile(std::string temporary, Descriptor file)
    : temporary_(std::move(temporary)), file_(std::move(file)) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : temporary_(std::exchange(other.temporary_, {})), file_(std::move(other.file_)) {}

AtomicFile::~AtomicFile() {
    if (!temporary_.empty()) {
        ::unlink(temporary_.c_str());
    }
}

Result<AtomicFile> AtomicFile::begin(const std::string& folder, mode_t mode) {
    std::string temporary = folder + "/" + std::string(kMark) + std::string(kRandomLetters, 'X');
    Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (file.number() < 0) {
        return cannot_write(errno);
    }
    AtomicFile made(std::move(temporary), std::move(file));
    // The lock goes with the process: whoever cleans up knows by it that nobody writes any more.
    if (::flock(made.file_.number(), LOCK_EX) != 0 || ::fchmod(made.file_.number(), mode) != 0) {
        return cannot_write(errno);
    }
    return made;
}

Result<void> AtomicFile::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file_.number(), bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return cannot_write(errno);
        }
        bytes.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return {};
}

Result<void> AtomicFile::commit(const std::string& path) {
    if (::fsync(file_.number()) != 0 || std::rename(temporary_.c_str(), path.c_str()) != 0) {
        return cannot_write(errno);
    }
    temporary_.clear();
    return sync_folder(folder_of(path));
}

Result<void> write_atomically(const std::string& path, std::string_view bytes, mode_t mode) {
    Result<AtomicFile> file = AtomicFile::begin(folder_of(path), mode);
    if (!file) {
        return fail(std::move(file.error()));
    }
    if (Result<void> written = file->write(bytes); !written) {
        return written;
    }
    return file->commit(path);
}

Result<void> make_folders(const std::string& folder, mode_t mode) {
    struct stat facts {};
    if (::stat(folder.c_str(), &facts) == 0) {
        return S_ISDIR(facts.st_mode) ? Result<void>{} : cannot_write(ENOTDIR);
    }
    if (errno != ENOENT) {
        return cannot_write(errno);
    }
    const std::string above = folder_of(folder);
    if (Result<void> made = make_folders(above, mode); !made) {
        return made;
    }
    if (::mkdir(folder.c_str(), mode) != 0) {
        return errno == EEXIST ? Result<void>{} : cannot_write(errno); // another thread was faster
    }
    if (::chmod(folder.c_str(), mode) != 0) {
        return cannot_write(errno);
    }
    return sync_folder(above);
}

bool is_temporary(std::string_view file_name) {
    return file_name.starts_with(kMark) && file_name.size() == kMark.size() + kRandomLetters;
}

bool remove_leftover(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    return file.number() >= 0 && ::flock(file.number(), LOCK_EX | LOCK_NB) == 0 && ::unlink(path.c_str()) == 0;
}

std::int64_t remove_leftovers(const std::string& folder) {
    std::int64_t removed = 0;
    std::error_code fault;
    for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) {
        removed += is_temporary(entry->path().filename().string()) && remove_leftover(entry->path().string()) ? 1 : 0;
    }
    return removed;
}

} // namespace mcp::adapters
