#include "adapters/rag/asset_files.hpp"

#include "adapters/rag/asset_name.hpp"
#include "tests/support/graph_json.hpp"
#include "tests/support/temporary_folder.hpp"

#include <atomic>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mutex>
#include <sys/stat.h>
#include <thread>

namespace mcp::adapters {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

constexpr Day kDay = std::chrono::sys_days{std::chrono::year{2025} / 10 / 25};

template <typename T>
std::string fault_of(const Result<T>& done) {
    return done ? "" : test::error_text(done.error());
}

class AssetFilesTest : public testing::Test {
protected:
    [[nodiscard]] std::string content(const std::string& user, const std::string& file = "20251025.json") const {
        return folder_.content("rag/reports/daily/" + user + "/" + file);
    }
    [[nodiscard]] std::vector<std::string> all_files() const {
        std::vector<std::string> found;
        const std::string daily = folder_.path("rag/reports/daily");
        for (const auto& entry : fs::recursive_directory_iterator(daily)) {
            if (!entry.is_directory()) {
                found.push_back(fs::relative(entry.path(), daily).string());
            }
        }
        return found;
    }
    /// Puts a file of somebody else, or of a crash, into a user's folder.
    void plant(const std::string& user, const std::string& name) const {
        fs::create_directories(folder_.path("rag/reports/daily/" + user));
        std::ignore = folder_.with("rag/reports/daily/" + user + "/" + name, "planted");
    }

    test::TemporaryFolder folder_;
    AssetFiles assets_{folder_.path("rag")};
};

TEST_F(AssetFilesTest, StandWhereTheContractSaysWithItsModes) {
    ASSERT_EQ(fault_of(assets_.write("test_user_id", kDay, "{\"summary\":{}}")), "");
    EXPECT_EQ(content("test_user_id"), "{\"summary\":{}}");
    const auto mode = [&](const std::string& path) {
        struct stat facts {};
        return ::stat(folder_.path(path).c_str(), &facts) == 0 ? facts.st_mode & 07777 : 0;
    };
    EXPECT_EQ(mode("rag/reports/daily/test_user_id/20251025.json"), 0640U);
    EXPECT_EQ(mode("rag/reports/daily/test_user_id"), 0750U);
    EXPECT_EQ(mode("rag/reports/daily"), 0750U);
    EXPECT_EQ(mode("rag"), 0750U);
}

TEST_F(AssetFilesTest, AFolderMadeByHandKeepsItsMode) {
    fs::create_directories(folder_.path("rag/reports/daily"));
    fs::permissions(folder_.path("rag/reports/daily"), fs::perms{0755});
    ASSERT_EQ(fault_of(assets_.write("u", kDay, "{}")), "");
    EXPECT_EQ(fs::status(folder_.path("rag/reports/daily")).permissions(), fs::perms{0755});
}

TEST_F(AssetFilesTest, AreReplacedByTheirNewerVersion) {
    ASSERT_EQ(fault_of(assets_.write("u", kDay, "a long first version")), "");
    ASSERT_EQ(fault_of(assets_.write("u", kDay, "second")), "");
    EXPECT_EQ(content("u"), "second");
    EXPECT_THAT(all_files(), UnorderedElementsAre("u/20251025.json"));
}

TEST_F(AssetFilesTest, LetNoIdOutOfTheirFolder) {
    const std::vector<std::string> ids = {
        "../../../escaped",   "/etc/x", "..", ".", "", std::string("n\0ul", 4), "\u26A1\u26A1", std::string(300, 'l'),
        std::string(300, '/')};
    for (const std::string& id : ids) {
        ASSERT_EQ(fault_of(assets_.write(id, kDay, id)), "");
    }
    for (const std::string& id : ids) {
        EXPECT_EQ(content(asset_folder_name(id)), id);
    }
    EXPECT_EQ(all_files().size(), ids.size());
    EXPECT_EQ(folder_.files(), 1U) << "only rag";
}

TEST_F(AssetFilesTest, AreWrittenByManyThreadsWhileOthersSweep) {
    constexpr int kThreads = 3;
    constexpr int kEach = 40;
    std::mutex mutex;
    std::vector<std::string> faults;
    const auto note = [&](const auto& done) {
        if (!done) {
            const std::lock_guard lock(mutex);
            faults.push_back(fault_of(done));
        }
    };
    std::atomic<bool> done{false};
    std::thread sweeper([&] {
        while (!done) {
            note(assets_.sweep(Time(kDay)));
        }
    });
    std::vector<std::thread> writers;
    for (int t = 0; t < kThreads; ++t) {
        writers.emplace_back([&, t] {
            for (int i = 0; i < kEach; ++i) {
                const std::string user = std::to_string(t) + "-" + std::to_string(i % 10);
                note(assets_.write(user, kDay + std::chrono::days{i / 10}, user));
            }
        });
    }
    for (std::thread& writer : writers) {
        writer.join();
    }
    done = true;
    sweeper.join();
    EXPECT_THAT(faults, testing::IsEmpty());
    EXPECT_EQ(all_files().size(), std::size_t{kThreads} * kEach);
}

TEST_F(AssetFilesTest, AreSweptByTheDateOfTheirName) {
    for (int age = 88; age <= 92; ++age) {
        ASSERT_EQ(fault_of(assets_.write("u", kDay - std::chrono::days{age}, "{}")), "");
    }
    ASSERT_EQ(fault_of(assets_.write("old", kDay - std::chrono::days{200}, "{}")), "");
    const Result<std::int64_t> swept = assets_.sweep(Time(kDay) - std::chrono::days{90} + std::chrono::hours{6});
    ASSERT_EQ(fault_of(swept), "");
    EXPECT_EQ(*swept, 4); // 90, 91 and 92 days, and the other user's
    EXPECT_THAT(all_files(), UnorderedElementsAre("u/20250729.json", "u/20250728.json"));
    EXPECT_FALSE(fs::exists(folder_.path("rag/reports/daily/old"))) << "nothing is left in it";
}

TEST_F(AssetFilesTest, SweepWhatACrashLeftButNoFileOfOthers) {
    ASSERT_EQ(fault_of(assets_.write("u", kDay, "{}")), "");
    plant("u", ".mcp-part.AbCdEf");
    plant("u", "notes.txt");
    plant("gone", ".mcp-part.ghijkl");
    EXPECT_EQ(assets_.sweep(Time(kDay)).value_or(-1), 2);
    EXPECT_THAT(all_files(), UnorderedElementsAre("u/20251025.json", "u/notes.txt"));
}

TEST_F(AssetFilesTest, OfOneUserAreRemovedAndOfNobodyElse) {
    ASSERT_EQ(fault_of(assets_.write("a", kDay, "{}")), "");
    ASSERT_EQ(fault_of(assets_.write("a", kDay - std::chrono::days{1}, "{}")), "");
    ASSERT_EQ(fault_of(assets_.write("ab", kDay, "{}")), "");
    EXPECT_EQ(assets_.remove("a").value_or(-1), 2);
    EXPECT_THAT(all_files(), UnorderedElementsAre("ab/20251025.json"));
    EXPECT_FALSE(fs::exists(folder_.path("rag/reports/daily/a")));
    EXPECT_EQ(assets_.remove("a").value_or(-1), 0);
    EXPECT_EQ(assets_.remove("../daily/ab").value_or(-1), 0);
}

TEST_F(AssetFilesTest, HaveNothingToSweepBeforeTheFirstReport) {
    EXPECT_EQ(assets_.sweep(Time(kDay)).value_or(-1), 0);
    EXPECT_FALSE(fs::exists(folder_.path("rag"))) << "sweeping makes no folders";
}

TEST_F(AssetFilesTest, SayWhichFileCannotBeAndWhy) {
    fs::create_directories(folder_.path("rag/reports"));
    std::ignore = folder_.with("rag/reports/daily", "in the way");
    EXPECT_THAT(fault_of(assets_.write("u", kDay, "{}")),
                testing::AllOf(HasSubstr("rag/reports/daily/u/20251025.json"), HasSubstr("no folder")));
    EXPECT_THAT(fault_of(assets_.sweep(Time(kDay))), HasSubstr("rag/reports/daily"));
    fs::remove(folder_.path("rag/reports/daily"));
    ASSERT_EQ(fault_of(assets_.write("u", kDay, "{}")), "");
    fs::create_directories(folder_.path("rag/reports/daily/u/20250101.json"));
    ASSERT_EQ(fault_of(assets_.write("v", kDay - std::chrono::days{100}, "{}")), "");
    EXPECT_THAT(fault_of(assets_.sweep(Time(kDay))), HasSubstr("20250101.json"));
    EXPECT_THAT(all_files(), UnorderedElementsAre("u/20251025.json")) << "one fault keeps no other file";
}

} // namespace
} // namespace mcp::adapters
