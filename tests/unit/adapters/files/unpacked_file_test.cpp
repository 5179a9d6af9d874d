#include "adapters/files/unpacked_file.hpp"

#include "tests/support/graph_json.hpp"
#include "tests/support/packed.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mcp::adapters {
namespace {

using test::error_text;
using test::TemporaryFolder;

struct Content {
    std::string bytes;
    std::string sha256;
    std::string error;
};

Content read_all(const std::string& path, std::uint64_t bytes_max = kUnpackedBytesMax) {
    Result<std::unique_ptr<UnpackedFile>> file = UnpackedFile::open(path, bytes_max);
    if (!file) {
        return {.bytes = {}, .sha256 = {}, .error = error_text(file.error())};
    }
    Content content;
    while (true) {
        const Result<std::string_view> piece = (*file)->next();
        if (!piece) {
            content.error = error_text(piece.error());
            return content;
        }
        if (piece->empty()) {
            content.sha256 = (*file)->sha256();
            return content;
        }
        content.bytes += *piece;
    }
}

/// Longer than any buffer, and not all alike.
std::string long_text() {
    std::string text;
    for (int line = 0; line < 100'000; ++line) {
        text += "line " + std::to_string(line) + "\n";
    }
    return text;
}

class UnpackedFileOf : public testing::TestWithParam<Packing> {
protected:
    TemporaryFolder folder_;
};

TEST_P(UnpackedFileOf, GivesTheBytesWhateverTheNameOfTheFile) {
    const std::string text = long_text();
    EXPECT_EQ(read_all(folder_.with("graph.json", test::packed(text, GetParam()))).bytes, text);
}

TEST_P(UnpackedFileOf, ReadsSeveralFramesAndPadding) {
    const std::string frames =
        test::packed("one,", GetParam()) + test::packed("two", GetParam()) + std::string(8, '\0');
    EXPECT_EQ(read_all(folder_.with("f", frames)).bytes, "one,two");
}

TEST_P(UnpackedFileOf, SaysAtWhichByteItBreaksOff) {
    const std::string whole = test::packed(long_text(), GetParam());
    for (const std::size_t kept : {whole.size() - 1, whole.size() / 2, std::size_t{20}}) {
        EXPECT_EQ(read_all(folder_.with("cut", whole.substr(0, kept))).error,
                  "ends too early: the compressed data stops after byte " + std::to_string(kept) +
                      "; copy or download it again");
    }
}

TEST_P(UnpackedFileOf, SaysThatItIsDamaged) {
    std::string bytes = test::packed(long_text(), GetParam());
    for (std::size_t at = bytes.size() / 2; at < bytes.size() / 2 + 64; ++at) {
        bytes[at] = static_cast<char>(~bytes[at]);
    }
    EXPECT_THAT(read_all(folder_.with("bad", bytes)).error,
                testing::StartsWith("is damaged: its compressed data is wrong"));
    EXPECT_THAT(
        read_all(folder_.with("tail", test::packed("x", GetParam()) + "garbage after the end of the data")).error,
        testing::StartsWith("is damaged"));
}

TEST_P(UnpackedFileOf, UnpacksNoMoreThanItsBound) {
    const std::string path = folder_.with("bomb", test::packed(std::string(1 << 20, ' '), GetParam()));
    EXPECT_EQ(read_all(path, 1 << 20).error, "");
    EXPECT_THAT(read_all(path, (1 << 20) - 1).error,
                testing::StartsWith("holds more than 1,048,575 bytes once unpacked"));
}

TEST_P(UnpackedFileOf, SaysThatNothingIsInIt) {
    EXPECT_EQ(read_all(folder_.with("nothing", test::packed("", GetParam()))).error,
              "is empty; check the command that made it");
}

INSTANTIATE_TEST_SUITE_P(EveryFormat, UnpackedFileOf, testing::Values(Packing::gzip, Packing::xz, Packing::zstd));

TEST(UnpackedFile, ReadsPlainBytesAndNamesTheirHash) {
    const TemporaryFolder folder;
    const Content content = read_all(folder.with("plain", "abc"));
    EXPECT_EQ(content.bytes, "abc");
    EXPECT_EQ(content.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); // FIPS 180-2, B.1
    EXPECT_EQ(read_all(folder.with("packed", test::packed("abc", Packing::xz))).sha256, content.sha256);
    const std::string text = long_text();
    EXPECT_EQ(read_all(folder.with("long", text)).bytes, text);
}

TEST(UnpackedFile, SaysWhyAFileCannotBeRead) {
    const TemporaryFolder folder;
    EXPECT_EQ(read_all(folder.path("none")).error, "cannot be opened: no such file; check the path");
    EXPECT_EQ(read_all(folder.path("")).error, "is a folder; name a file");
    EXPECT_EQ(read_all(folder.with("empty", "")).error, "is empty; check the command that made it");
    EXPECT_EQ(read_all(folder.path("empty/below")).error,
              "cannot be opened: a part of the path is no folder; check the path");
    EXPECT_EQ(read_all(folder.path(std::string(300, 'x'))).error,
              "cannot be opened: the name is too long; choose a shorter one");
    EXPECT_THAT(read_all(folder.with("windows", std::string("\xFF\xFE{\0", 4))).error,
                testing::StartsWith("is in UTF-16"));
}

TEST(UnpackedFile, SaysThatItMayNotRead) {
    if (::geteuid() == 0) {
        GTEST_SKIP() << "root may read everything";
    }
    const TemporaryFolder folder;
    const std::string path = folder.with("secret", "{}");
    ::chmod(path.c_str(), 0);
    EXPECT_EQ(read_all(path).error, "cannot be opened: permission denied; check its owner and mode");
}

} // namespace
} // namespace mcp::adapters
