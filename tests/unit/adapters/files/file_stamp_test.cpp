#include "adapters/files/file_stamp.hpp"

#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

TEST(FileStamp, StaysUntilOtherBytesStandThere) {
    const test::TemporaryFolder folder;
    const std::string path = folder.with("graph", "one");
    const std::optional<std::string> first = file_stamp(path);
    ASSERT_TRUE(first);
    EXPECT_EQ(file_stamp(path), first);

    std::ignore = folder.with("graph", "longer");
    const std::optional<std::string> second = file_stamp(path);
    EXPECT_NE(second, first);

    std::filesystem::rename(folder.with("other", "LONGER"), path); // as long, as a cron job replaces it
    EXPECT_NE(file_stamp(path), second);

    std::filesystem::remove(path);
    EXPECT_EQ(file_stamp(path), std::nullopt);
}

} // namespace
} // namespace mcp::adapters
