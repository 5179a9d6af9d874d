#include "adapters/files/write_file.hpp"

#include "tests/support/graph_json.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mcp::adapters {
namespace {

using test::TemporaryFolder;

std::string fault_of(const Result<void>& written) {
    return written ? "" : test::error_text(written.error());
}

TEST(WriteFile, MakesANewFileAndLeavesNothingElse) {
    const TemporaryFolder folder;
    EXPECT_EQ(fault_of(write_file_atomically(folder.path("out"), "new")), "");
    EXPECT_EQ(folder.content("out"), "new");
    EXPECT_EQ(folder.files(), 1u);
}

TEST(WriteFile, ReplacesAFileAndKeepsItsPermissions) {
    const TemporaryFolder folder;
    const std::string path = folder.with("out", "something longer than what comes");
    ::chmod(path.c_str(), 0640);
    EXPECT_EQ(fault_of(write_file_atomically(path, "new")), "");
    EXPECT_EQ(folder.content("out"), "new");
    struct stat facts {};
    ASSERT_EQ(::stat(path.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 07777, 0640u);
}

TEST(WriteFile, WritesThroughASymbolicLink) {
    const TemporaryFolder folder;
    std::filesystem::create_symlink(folder.with("real", "old"), folder.path("link"));
    EXPECT_EQ(fault_of(write_file_atomically(folder.path("link"), "new")), "");
    EXPECT_EQ(folder.content("real"), "new");
    EXPECT_TRUE(std::filesystem::is_symlink(folder.path("link")));
}

TEST(WriteFile, WritesADeviceAsItIs) {
    EXPECT_EQ(fault_of(write_file_atomically("/dev/null", "new")), "");
    EXPECT_EQ(fault_of(write_file_atomically("/dev/full", "new")),
              "cannot be written: no space left; free some and try again; nothing was changed");
    EXPECT_TRUE(std::filesystem::is_character_file("/dev/full"));
}

TEST(WriteFile, SaysWhyItCannotAndChangesNothing) {
    const TemporaryFolder folder;
    EXPECT_EQ(fault_of(write_file_atomically(folder.path(""), "x")), "is a folder; name a file");
    EXPECT_THAT(fault_of(write_file_atomically(folder.path("no/such/folder"), "x")),
                testing::StartsWith("cannot be written: no such folder; make it first"));
    EXPECT_EQ(folder.files(), 0u);
}

TEST(WriteFile, TellsBeforehandWhatWillFail) {
    const TemporaryFolder folder;
    const std::string file = folder.with("file", "old");
    EXPECT_EQ(fault_of(check_writable(file)), "");
    EXPECT_EQ(fault_of(check_writable(folder.path("new"))), "");
    EXPECT_EQ(fault_of(check_writable("name_in_the_current_folder")), "");
    EXPECT_EQ(fault_of(check_writable("/dev/null")), "");
    EXPECT_EQ(fault_of(check_writable(folder.path(""))), "is a folder; name a file");
    EXPECT_THAT(fault_of(check_writable(folder.path("no/out"))), testing::HasSubstr("no such folder"));
    EXPECT_THAT(fault_of(check_writable(file + "/out")), testing::HasSubstr("a part of the path is no folder"));
    EXPECT_EQ(folder.content("file"), "old");
    EXPECT_EQ(folder.files(), 1u);
}

TEST(WriteFile, ReplacesNoFileThatIsReadOnly) {
    if (::geteuid() == 0) {
        GTEST_SKIP() << "root may write everything";
    }
    const TemporaryFolder folder;
    const std::string path = folder.with("out", "old");
    ::chmod(path.c_str(), 0444);
    EXPECT_THAT(fault_of(write_file_atomically(path, "new")),
                testing::StartsWith("cannot be written: permission denied"));
    EXPECT_EQ(folder.content("out"), "old");
    EXPECT_EQ(folder.files(), 1u);
}

} // namespace
} // namespace mcp::adapters
