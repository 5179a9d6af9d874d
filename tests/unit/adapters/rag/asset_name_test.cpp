#include "adapters/rag/asset_name.hpp"

#include <gtest/gtest.h>
#include <map>
#include <random>

namespace mcp::adapters {
namespace {

TEST(AssetFolderName, KeepsPlainIdsAndEscapesAllElse) {
    EXPECT_EQ(asset_folder_name("test_user_id"), "test_user_id");
    EXPECT_EQ(asset_folder_name("Alice-7"), "Alice-7");
    EXPECT_EQ(asset_folder_name("alice@b.example"), "alice%40b%2Eexample");
    EXPECT_EQ(asset_folder_name("\u26A1"), "%E2%9A%A1");
    EXPECT_EQ(asset_folder_name("100%"), "100%25");
    EXPECT_EQ(asset_folder_name(std::string("a\0b", 3)), "a%00b");
    EXPECT_EQ(asset_folder_name("../../etc/passwd"), "%2E%2E%2F%2E%2E%2Fetc%2Fpasswd");
    EXPECT_EQ(asset_folder_name("."), "%2E");
    EXPECT_EQ(asset_folder_name(".."), "%2E%2E");
    EXPECT_EQ(asset_folder_name(""), "%empty");
    EXPECT_EQ(asset_folder_name("empty"), "empty");
    EXPECT_EQ(asset_folder_name("%empty"), "%25empty");
}

TEST(AssetFolderName, HashesWhatIsTooLong) {
    EXPECT_EQ(asset_folder_name(std::string(200, 'a')), std::string(200, 'a'));
    // printf 'a%.0s' {1..201} | sha256sum
    EXPECT_EQ(asset_folder_name(std::string(201, 'a')),
              "%sha256-a92efd82109373e58f9a2056dee01e807e216ce6075f7051207c0a9f7d666e50");
    EXPECT_NE(asset_folder_name(std::string(300, 'a')), asset_folder_name(std::string(301, 'a')));
    EXPECT_EQ(asset_folder_name(std::string(67, '.')).size(), 72U) << "67 escapes are 201 bytes";
}

TEST(AssetFolderName, CannotBeForgedByAnotherId) {
    const std::string hashed = asset_folder_name(std::string(300, 'x'));
    EXPECT_NE(asset_folder_name(hashed), hashed);
    EXPECT_NE(asset_folder_name(hashed.substr(1)), hashed);
    EXPECT_NE(asset_folder_name("%empty"), asset_folder_name(""));
}

/// Ids that are made to collide: of few bytes that mean something in paths and in names.
std::string nasty_id(std::mt19937_64& random) {
    static const std::vector<std::string> kPieces = {"a",      "A",    "%",        "2",      "E",
                                                     "%2E",    ".",    "..",       "/",      "\\",
                                                     "_",      "-",    " ",        "\n",     std::string(1, '\0'),
                                                     "\u26A1", "\xFF", "%sha256-", "%empty", std::string(99, 'b')};
    std::string id;
    for (std::uint64_t pieces = random() % 7; pieces > 0; --pieces) {
        id += kPieces[random() % kPieces.size()];
    }
    return id;
}

TEST(AssetFolderName, IsAlwaysOnePathPartOfItsOwn) {
    std::mt19937_64 random(7);
    std::map<std::string, std::string> id_by_name;
    for (int i = 0; i < 50'000; ++i) {
        const std::string id = nasty_id(random);
        const std::string name = asset_folder_name(id);
        EXPECT_FALSE(name.empty());
        EXPECT_LE(name.size(), kAssetNameBytesMax);
        EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-%"),
                  std::string::npos)
            << name;
        const auto [found, is_new] = id_by_name.emplace(name, id);
        EXPECT_EQ(found->second, id) << "two ids share " << name;
    }
    EXPECT_GT(id_by_name.size(), 10'000U);
}

TEST(AssetFileName, IsTheDayAndToldBack) {
    const Day day = std::chrono::sys_days{std::chrono::year{2025} / 10 / 25};
    EXPECT_EQ(asset_file_name(day), "20251025.json");
    EXPECT_EQ(day_of_asset("20251025.json"), day);
    for (const char* other : {"20251025", "20251025.jsonx", ".json", "2025102.json", "20251325.json", "notes.json"}) {
        EXPECT_EQ(day_of_asset(other), std::nullopt) << other;
    }
}

} // namespace
} // namespace mcp::adapters
