#include "adapters/files/raw_file.hpp"

#include "adapters/files/system_fault.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace mcp::adapters {
namespace {

constexpr std::size_t kPieceBytes = 256 * 1024;

int open_for_reading(const std::string& path) {
    return path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
}

} // namespace

Descriptor::~Descriptor() {
    if (number_ >= 0) {
        ::close(number_);
    }
}

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

RawFile::RawFile(Descriptor file) : file_(std::move(file)), buffer_(kPieceBytes) {}

Result<std::unique_ptr<ByteSource>> RawFile::open(const std::string& path) {
    Descriptor file(open_for_reading(path));
    if (file.number() < 0) {
        return fail(system_fault("file.cannot_open", errno));
    }
    struct stat facts {};
    if (::fstat(file.number(), &facts) == 0 && S_ISDIR(facts.st_mode)) {
        return fail(ErrorKind::invalid_input, {"file.is_directory", {}});
    }
    return std::unique_ptr<ByteSource>(new RawFile(std::move(file)));
}

Result<std::string_view> RawFile::next() {
    std::size_t filled = 0;
    while (filled < buffer_.size()) {
        const ssize_t got = ::read(file_.number(), buffer_.data() + filled, buffer_.size() - filled);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail(system_fault("file.cannot_read", errno));
        }
        if (got == 0) {
            break;
        }
        filled += static_cast<std::size_t>(got);
    }
    return std::string_view(buffer_.data(), filled);
}

} // namespace mcp::adapters
