#include "adapters/files/file_stamp.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

namespace mcp::adapters {

std::optional<std::string> file_stamp(const std::string& path) {
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0) {
        return std::nullopt;
    }
    const timespec& written = facts.st_mtim;
    const timespec& changed = facts.st_ctim; // nobody can set it back
    return fmt::format("{}:{}:{}:{}.{:09}:{}.{:09}", facts.st_dev, facts.st_ino, facts.st_size, written.tv_sec,
                       written.tv_nsec, changed.tv_sec, changed.tv_nsec);
}

} // namespace mcp::adapters
