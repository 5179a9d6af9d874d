#include "adapters/system/no_core_dump.hpp"

#include <cstdlib>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace mcp::adapters {
namespace {

/// Ends the process: what was forbidden cannot be allowed again.
[[noreturn]] void forbid_and_look() {
    if (::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) != 0) { // a test before may have changed users, which forbids it as well
        std::_Exit(2);
    }
    forbid_core_dumps();
    rlimit limit{};
    const bool is_none = ::getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0;
    std::_Exit(is_none && ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 7 : 1);
}

TEST(NoCoreDump, IsLeftByTheKernelNorGivenToAProgram) {
    EXPECT_EXIT(forbid_and_look(), testing::ExitedWithCode(7), "");
}

} // namespace
} // namespace mcp::adapters
