#include "adapters/system/no_core_dump.hpp"

#include <cerrno>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <system_error>

namespace mcp::adapters {

void forbid_core_dumps() {
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0) {
        throw std::system_error(errno, std::generic_category(), "setrlimit(RLIMIT_CORE)");
    }
    // The limit alone does not hold where core_pattern is a program: that one is given the memory all the same.
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
        throw std::system_error(errno, std::generic_category(), "prctl(PR_SET_DUMPABLE)");
    }
}

} // namespace mcp::adapters
