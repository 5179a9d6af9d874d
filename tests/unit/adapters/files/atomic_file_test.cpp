#include "adapters/files/atomic_file.hpp"

#include "tests/support/graph_json.hpp"
#include "tests/support/temporary_folder.hpp"

#include <csignal>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>

namespace mcp::adapters {
namespace {

using test::TemporaryFolder;
using testing::HasSubstr;

std::string fault_of(const Result<void>& done) {
    return done ? "" : test::error_text(done.error());
}

mode_t mode_of(const std::string& path) {
    struct stat facts {};
    return ::stat(path.c_str(), &facts) == 0 ? facts.st_mode & 07777 : 0;
}

std::string folder_of(const TemporaryFolder& folder) {
    return std::filesystem::path(folder.path("x")).parent_path().string();
}

TEST(AtomicFile, IsNotThereUntilItIsWhole) {
    const TemporaryFolder folder;
    const std::string path = folder.with("out", "old");
    Result<AtomicFile> file = AtomicFile::begin(folder_of(folder), 0640);
    ASSERT_TRUE(file);
    EXPECT_EQ(fault_of(file->write("new ")), "");
    EXPECT_EQ(fault_of(file->write("content")), "");
    EXPECT_EQ(folder.content("out"), "old");
    EXPECT_EQ(fault_of(file->commit(path)), "");
    EXPECT_EQ(folder.content("out"), "new content");
    EXPECT_EQ(folder.files(), 1U);
    EXPECT_EQ(mode_of(path), 0640U);
}

TEST(AtomicFile, LeavesNothingWhenItIsGivenUp) {
    const TemporaryFolder folder;
    {
        Result<AtomicFile> file = AtomicFile::begin(folder_of(folder), 0640);
        ASSERT_TRUE(file);
        EXPECT_EQ(fault_of(file->write("half")), "");
        EXPECT_EQ(folder.files(), 1U);
    }
    EXPECT_EQ(folder.files(), 0U);
}

TEST(AtomicFile, HasItsModeWhateverTheUmaskSays) {
    const TemporaryFolder folder;
    const mode_t before = ::umask(0777);
    EXPECT_EQ(fault_of(make_folders(folder.path("a/b"), 0750)), "");
    EXPECT_EQ(fault_of(write_atomically(folder.path("a/b/out"), "x", 0640)), "");
    ::umask(before);
    EXPECT_EQ(mode_of(folder.path("a")), 0750U);
    EXPECT_EQ(mode_of(folder.path("a/b")), 0750U);
    EXPECT_EQ(mode_of(folder.path("a/b/out")), 0640U);
}

TEST(AtomicFile, SaysWhyItCannotBe) {
    const TemporaryFolder folder;
    EXPECT_THAT(fault_of(write_atomically(folder.path("missing/out"), "x", 0640)), HasSubstr("no such file"));
    const std::string file = folder.with("file", "");
    EXPECT_THAT(fault_of(write_atomically(file + "/out", "x", 0640)), HasSubstr("a part of the path is no folder"));
    EXPECT_THAT(fault_of(make_folders(file, 0750)), HasSubstr("a part of the path is no folder"));
    EXPECT_THAT(fault_of(make_folders(file + "/below", 0750)), HasSubstr("a part of the path is no folder"));
    std::filesystem::create_directory(folder.path("folder"));
    EXPECT_THAT(fault_of(write_atomically(folder.path("folder"), "x", 0640)), HasSubstr("cannot be written"));
    EXPECT_EQ(folder.files(), 2U);
}

TEST(AtomicFile, LeavesTheOldFileAndNothingElseWhenTheDiskIsFull) {
    const TemporaryFolder folder;
    const std::string path = folder.with("out", "old");
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    rlimit small = before;
    small.rlim_cur = 1000;
    auto* const action = std::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &small);
    const std::string fault = fault_of(write_atomically(path, std::string(2000, 'x'), 0640));
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, action);
    EXPECT_THAT(fault, HasSubstr("larger than allowed"));
    EXPECT_EQ(folder.content("out"), "old");
    EXPECT_EQ(folder.files(), 1U);
}

TEST(AtomicFile, IsWrittenByManyThreadsAtOnce) {
    const TemporaryFolder folder;
    constexpr int kThreads = 4;
    constexpr int kEach = 25;
    std::vector<std::thread> threads;
    std::atomic<int> faults{0};
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            const std::string own(10'000, static_cast<char>('a' + t));
            for (int i = 0; i < kEach; ++i) {
                const bool shared = write_atomically(folder.path("shared"), own, 0640).has_value();
                const bool alone = write_atomically(folder.path(std::to_string(t)), own, 0640).has_value();
                faults += shared && alone ? 0 : 1;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(faults, 0);
    EXPECT_EQ(folder.files(), std::size_t{kThreads} + 1);
    const std::string content = folder.content("shared");
    EXPECT_EQ(content, std::string(10'000, content.at(0))) << "of one writer, whole";
}

TEST(Leftovers, GoUnlessSomebodyStillWritesThem) {
    const TemporaryFolder folder;
    std::ignore = folder.with("report.json", "kept");
    std::ignore = folder.with(".mcp-part.AbC123", "a crash left me");
    std::ignore = folder.with(".mcp-part.longer-name", "not ours");
    Result<AtomicFile> going_on = AtomicFile::begin(folder_of(folder), 0640);
    ASSERT_TRUE(going_on);
    EXPECT_EQ(remove_leftovers(folder_of(folder)), 1);
    EXPECT_EQ(folder.files(), 3U);
    EXPECT_EQ(fault_of(going_on->commit(folder.path("done"))), "");
    EXPECT_EQ(remove_leftovers(folder_of(folder)), 0);
    EXPECT_EQ(remove_leftovers(folder.path("no such folder")), 0);
}

} // namespace
} // namespace mcp::adapters
