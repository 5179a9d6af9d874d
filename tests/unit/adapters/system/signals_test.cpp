#include "adapters/system/signals.hpp"

#include "adapters/files/write_file.hpp"
#include "tests/support/graph_json.hpp"
#include "tests/support/temporary_folder.hpp"

#include <csignal>
#include <gtest/gtest.h>
#include <sys/resource.h>

namespace mcp::adapters {
namespace {

/// In a process of its own: what a signal does while the temporary file is there.
void die_by(int signal, const std::string& path) {
    set_signals("farewell");
    const RemovedOnSignal removed(path);
    std::raise(signal);
}

TEST(SignalsDeathTest, CtrlCTakesTheTemporaryFileAwayWithOneLine) {
    const test::TemporaryFolder folder;
    EXPECT_EXIT(die_by(SIGINT, folder.with("half", "written")), testing::KilledBySignal(SIGINT), "^\nfarewell\n$");
    EXPECT_EQ(folder.files(), 0u);
}

TEST(SignalsDeathTest, TerminationAndHangUpTakeItAwayWithoutAWord) {
    const test::TemporaryFolder folder;
    EXPECT_EXIT(die_by(SIGTERM, folder.with("half", "written")), testing::KilledBySignal(SIGTERM), "^$");
    EXPECT_EXIT(die_by(SIGHUP, folder.with("half", "written")), testing::KilledBySignal(SIGHUP), "^$");
    EXPECT_EQ(folder.files(), 0u);
}

TEST(SignalsDeathTest, AFinishedFileIsLeftAlone) {
    const test::TemporaryFolder folder;
    const std::string path = folder.with("whole", "written");
    const auto finish_and_die = [&] {
        set_signals("farewell");
        { const RemovedOnSignal removed(path); }
        std::raise(SIGINT);
    };
    EXPECT_EXIT(finish_and_die(), testing::KilledBySignal(SIGINT), "farewell");
    EXPECT_EQ(folder.files(), 1u);
}

TEST(SignalsDeathTest, AFileGrownTooLargeIsAFaultOfTheWrite) {
    const test::TemporaryFolder folder;
    const auto write_too_much = [&] {
        set_signals("farewell");
        const rlimit limit{.rlim_cur = 100, .rlim_max = RLIM_INFINITY};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const Result<void> written = write_file_atomically(folder.path("out"), std::string(1000, 'x'));
        std::exit(written ? 0 : 7);
    };
    EXPECT_EXIT(write_too_much(), testing::ExitedWithCode(7), "");
    EXPECT_EQ(folder.files(), 0u);
}

} // namespace
} // namespace mcp::adapters
