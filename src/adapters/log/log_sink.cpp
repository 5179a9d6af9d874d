#include "adapters/log/log_sink.hpp"

#include "adapters/files/system_fault.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mcp::adapters {
namespace {

constexpr mode_t kMode = 0640; // ids of users stand in it

/// A pipe that nobody reads would hold the service up, at opening (hence O_NONBLOCK) as well as later.
bool takes_lines(int file) {
    struct stat facts {};
    return ::fstat(file, &facts) == 0 && (S_ISREG(facts.st_mode) || S_ISCHR(facts.st_mode));
}

} // namespace

Result<LogSink> LogSink::open(const std::string& file) {
    Descriptor opened(::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, kMode));
    if (opened.number() < 0) {
        const int fault = errno;
        return fault == EISDIR ? fail(ErrorKind::invalid_input, {"file.is_directory", {}})
                               : fail(system_fault("file.cannot_open", fault));
    }
    if (!takes_lines(opened.number())) {
        return fail(ErrorKind::invalid_input, {"file.special", {}});
    }
    ::fcntl(opened.number(), F_SETFL, O_WRONLY | O_APPEND);
    return LogSink(std::move(opened));
}

int LogSink::put(std::string_view line) {
    const std::string ended = is_in_line_ ? "\n" + std::string(line) : std::string();
    std::string_view left = is_in_line_ ? ended : line;
    while (!left.empty()) {
        const ssize_t written = ::write(target_.number(), left.data(), left.size());
        if (written == 0 || (written < 0 && errno != EINTR)) {
            return written == 0 ? EIO : errno;
        }
        if (written > 0) {
            left.remove_prefix(static_cast<std::size_t>(written));
            is_in_line_ = !left.empty();
        }
    }
    return 0;
}

} // namespace mcp::adapters
