#include "adapters/files/system_fault.hpp"

#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

namespace mcp::adapters {
namespace {

/// A sentence of ours for the faults that users meet.
Message in_words(int error_number) {
    switch (error_number) {
    case ENOENT:
        return {"system.no_such_file", {}};
    case EACCES:
    case EPERM:
        return {"system.not_allowed", {}};
    case ENOSPC:
    case EDQUOT:
        return {"system.disk_full", {}};
    case EFBIG:
        return {"system.size_limit", {}};
    case EROFS:
        return {"system.read_only", {}};
    case ENOTDIR:
        return {"system.not_a_folder", {}};
    case ENAMETOOLONG:
        return {"system.name_too_long", {}};
    default: {
        const char* name = ::strerrorname_np(error_number);
        return {"system.other", {{"name", name != nullptr ? std::string(name) : std::to_string(error_number)}}};
    }
    }
}

} // namespace

Error system_fault(std::string_view key, int error_number) {
    const ErrorKind kind = error_number == ENOENT ? ErrorKind::not_found : ErrorKind::unavailable;
    return {.kind = kind, .what = {key, {{"fault", std::vector<Message>{in_words(error_number)}}}}};
}

} // namespace mcp::adapters
