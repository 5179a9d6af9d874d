#include "adapters/files/zstd_file.hpp"

#include "adapters/files/unpacked_file.hpp"
#include "tests/support/graph_json.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

std::string unpacked(const std::string& path) {
    Result<std::unique_ptr<UnpackedFile>> file = UnpackedFile::open(path);
    std::string all;
    while (file) {
        const Result<std::string_view> piece = (*file)->next();
        if (!piece) {
            return test::error_text(piece.error());
        }
        if (piece->empty()) {
            return all;
        }
        all += *piece;
    }
    return test::error_text(file.error());
}

TEST(ZstdFile, GivesBackWhatWasWrittenPieceByPiece) {
    const test::TemporaryFolder folder;
    const std::string path = folder.path("out.zst");
    std::string expected;
    {
        Result<ZstdFile> file = ZstdFile::begin(std::filesystem::path(path).parent_path().string(), 0640);
        ASSERT_TRUE(file);
        for (int i = 0; i < 20'000; ++i) {
            const std::string piece = fmt::format("{{\"number\":{}}},", i * i);
            ASSERT_TRUE(file->write(piece));
            expected += piece;
        }
        ASSERT_TRUE(file->commit(path));
    }
    EXPECT_EQ(unpacked(path), expected);
    EXPECT_LT(folder.content("out.zst").size(), expected.size() / 3);
    EXPECT_EQ(folder.files(), 1U);
}

TEST(ZstdFile, CarriesAChecksumByWhichDamageIsSeen) {
    const test::TemporaryFolder folder;
    const std::string path = folder.path("out.zst");
    {
        Result<ZstdFile> file = ZstdFile::begin(std::filesystem::path(path).parent_path().string(), 0640);
        ASSERT_TRUE(file && file->write("some text that zstd stores as it is") && file->commit(path));
    }
    std::string bytes = folder.content("out.zst");
    bytes[12] ^= 1;
    EXPECT_NE(unpacked(folder.with("damaged.zst", bytes)).find("is damaged"), std::string::npos);
}

} // namespace
} // namespace mcp::adapters
