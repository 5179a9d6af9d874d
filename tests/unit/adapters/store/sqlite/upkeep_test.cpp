#include "adapters/store/sqlite/upkeep.hpp"

#include "adapters/store/sqlite/folder.hpp"
#include "adapters/store/sqlite/opening.hpp"
#include "adapters/store/sqlite/sqlite_store.hpp"
#include "language/language.hpp"
#include "tests/support/store_samples.hpp"
#include "tests/support/task_runner.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace mcp::adapters::sqlite {
namespace {

namespace fs = std::filesystem;
using domain::User;
using test::a_reader;
using test::a_report;
using test::kMonday;
using test::TaskRunner;
using test::TemporaryFolder;
using testing::HasSubstr;

std::string in_english(const Error& error) {
    return language::render(error, domain::Language::en);
}

/// A data folder with a store that holds some users with a report each.
class Upkeep : public testing::Test {
protected:
    static constexpr Time kNow = test::at(kMonday, 6, 30);

    [[nodiscard]] std::string data() const { return folder_.path("data"); }
    [[nodiscard]] std::string file() const { return database_in(data()); }
    [[nodiscard]] std::unique_ptr<SqliteStore> open(bool serves = false) const {
        return SqliteStore::open(data(), StoreMode::create_and_migrate, {.serves = serves, .is_safe = false}).value();
    }
    void fill(SqliteStore& store, int users, const std::string& document = "{}") {
        for (int i = 0; i < users; ++i) {
            const User user = a_reader("user-" + std::to_string(i), i + 1);
            runner_.must(store.put_user(user));
            runner_.must(store.finish(a_report(user, kMonday, document)));
        }
    }
    std::int64_t users() {
        auto store = open();
        return runner_.get(store->count_users()).all;
    }
    /// Leads a page of a document in the file astray.
    static void damage(const std::string& path, char letter) {
        std::fstream bytes(path, std::ios::binary | std::ios::in | std::ios::out);
        const std::string content{std::istreambuf_iterator<char>(bytes), {}};
        const std::size_t found = content.find(std::string(4000, letter));
        ASSERT_NE(found, std::string::npos);
        bytes.clear();
        bytes.seekp(static_cast<std::streamoff>(found / 4096 * 4096));
        bytes.write("\xff\xff\xff\xff", 4);
    }
    [[nodiscard]] std::vector<std::string> names_in(const std::string& folder) const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder)) {
            names.push_back(entry.path().filename().string());
        }
        std::sort(names.begin(), names.end());
        return names;
    }

    TemporaryFolder folder_;
    TaskRunner runner_;
};

// check

TEST_F(Upkeep, ACheckTellsWhatTheStoreHolds) {
    auto store = open(true);
    fill(*store, 3);
    runner_.get(store->claim(test::a_run("run-1", kMonday)));
    const Result<StoreCheck> check = check_store(data());
    ASSERT_TRUE(check);
    EXPECT_TRUE(check->is_sound());
    EXPECT_EQ(check->file, file());
    EXPECT_EQ(check->layout.version, migrations().back().version);
    EXPECT_EQ(check->newest_layout, migrations().back().version);
    EXPECT_TRUE(check->is_served);
    EXPECT_GT(check->bytes, 4096);
    EXPECT_GT(check->log_bytes, 4096);
    std::map<std::string_view, std::int64_t> rows;
    for (const TableRows& table : check->tables) {
        rows[table.table] = table.rows;
    }
    const std::map<std::string_view, std::int64_t> expected = {
        {"users", 3}, {"reports", 3}, {"snapshots", 3}, {"runs", 1}, {"jobs", 0}, {"feedback", 0}, {"openings", 0}};
    EXPECT_EQ(rows, expected);
    store.reset();
    EXPECT_FALSE(check_store(data())->is_served);
}

TEST_F(Upkeep, AStoreWithSomethingInEveryTableIsSound) {
    auto store = open();
    fill(*store, 3, std::string(12'000, 'A'));
    runner_.get(store->claim(test::a_run("run-1", kMonday)));
    runner_.get(store->claim(test::a_triggered_run("run-2", {"user-2", "user-0", "nobody"})));
    ports::FinishedReport failure = test::a_failure(a_reader("user-0", 1), kMonday + test::kOneDay);
    failure.run_id = "run-2";
    runner_.must(store->finish(failure));
    runner_.must(store->put_feedback({"report-1", "user-1", 7, "", kNow}));
    runner_.must(store->keep_openings({test::node_number(1), "digest", kMonday, "advice"}));
    const Result<StoreCheck> check = check_store(data());
    ASSERT_TRUE(check);
    EXPECT_THAT(check->damage, testing::IsEmpty());
    EXPECT_EQ(check->broken_references, 0);
    for (const TableRows& table : check->tables) {
        EXPECT_GT(table.rows, 0) << table.table;
    }
}

TEST_F(Upkeep, ACheckFindsDamageAndReferencesToNothing) {
    {
        auto store = open();
        fill(*store, 2, std::string(20'000, 'A'));
    }
    {
        auto connection = Connection::open(file(), Access::read_write).value(); // without foreign_keys
        connection->change("UPDATE reports SET uid = 4711 WHERE uid = 1");
    }
    const Result<StoreCheck> lost = check_store(data());
    ASSERT_TRUE(lost);
    EXPECT_EQ(lost->broken_references, 1);
    EXPECT_FALSE(lost->is_sound());
    damage(file(), 'A');
    const Result<StoreCheck> damaged = check_store(data());
    ASSERT_TRUE(damaged);
    EXPECT_FALSE(damaged->damage.empty());
    EXPECT_FALSE(damaged->is_sound());
}

TEST_F(Upkeep, ACheckOfNoStoreSaysWhereItLooked) {
    const Result<StoreCheck> check = check_store(data());
    ASSERT_FALSE(check);
    EXPECT_THAT(in_english(check.error()), HasSubstr(data()));
    EXPECT_FALSE(fs::exists(data()));
}

// backup

TEST_F(Upkeep, ABackupOfARunningServiceIsOneWholeFile) {
    auto store = open(true);
    fill(*store, 20, std::string(12'000, 'A'));
    const std::string target = folder_.path("backup.db");
    const Result<Backup> backup = backup_store(data(), target);
    ASSERT_TRUE(backup) << in_english(backup.error());
    EXPECT_EQ(backup->bytes, static_cast<std::int64_t>(fs::file_size(target)));
    EXPECT_EQ(backup->layout.version, migrations().back().version);
    fill(*store, 30);
    EXPECT_EQ(names_in(folder_.path("")), (std::vector<std::string>{"backup.db", "data"}));
    struct stat facts {};
    ASSERT_EQ(::stat(target.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0007, 0U) << "it is as private as the store";
    auto copy = Connection::open(target, Access::read_only).value();
    EXPECT_EQ(copy->number("SELECT count(*) FROM reports"), 20);
    EXPECT_EQ(names_in(folder_.path("")), (std::vector<std::string>{"backup.db", "data"})) << "no log beside it";
}

TEST_F(Upkeep, ABackupNeverReplacesAFile) {
    { auto store = open(); }
    const std::string target = folder_.with("backup.db", "precious");
    const Result<Backup> backup = backup_store(data(), target);
    ASSERT_FALSE(backup);
    EXPECT_THAT(in_english(backup.error()), HasSubstr(target + " is there already"));
    EXPECT_EQ(folder_.content("backup.db"), "precious");
}

TEST_F(Upkeep, ABackupThatCannotBeWrittenLeavesNothingAndNamesTheFile) {
    { auto store = open(); }
    const std::string target = folder_.path("no such folder/backup.db");
    const Result<Backup> backup = backup_store(data(), target);
    ASSERT_FALSE(backup);
    EXPECT_EQ(backup.error().kind, ErrorKind::unavailable);
    EXPECT_THAT(in_english(backup.error()), HasSubstr(target));
}

TEST_F(Upkeep, ADamagedStoreIsNotTakenForABackup) {
    {
        auto store = open();
        fill(*store, 1, std::string(20'000, 'A'));
    }
    damage(file(), 'A');
    const std::string target = folder_.path("backup.db");
    const Result<Backup> backup = backup_store(data(), target);
    ASSERT_FALSE(backup);
    EXPECT_THAT(in_english(backup.error()), HasSubstr(file() + ": is damaged"));
    EXPECT_EQ(names_in(folder_.path("")), (std::vector<std::string>{"data"}));
}

// restore

TEST_F(Upkeep, ARestoredStoreIsAsItWasAndTheReplacedOneIsKept) {
    const std::string target = folder_.path("backup.db");
    {
        auto store = open();
        fill(*store, 3);
        ASSERT_TRUE(backup_store(data(), target));
        fill(*store, 7);
    }
    const Result<Restored> restored = restore_store(data(), target, kNow);
    ASSERT_TRUE(restored) << in_english(restored.error());
    EXPECT_EQ(restored->kept_as, file() + ".before-restore-20251027T063000Z");
    EXPECT_EQ(users(), 3);
    EXPECT_TRUE(fs::exists(target));
    auto replaced = Connection::open(restored->kept_as, Access::read_write).value();
    EXPECT_EQ(replaced->number("SELECT count(*) FROM users"), 7);
    struct stat facts {};
    ASSERT_EQ(::stat(file().c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0640U);
}

TEST_F(Upkeep, TheLogOfTheReplacedStoreNeverMeetsTheRestoredOne) {
    const std::string target = folder_.path("backup.db");
    {
        auto store = open();
        fill(*store, 3);
        ASSERT_TRUE(backup_store(data(), target));
        fill(*store, 7, std::string(12'000, 'A'));
        // As a crash would leave it: the database with a log that was never taken in.
        fs::copy_file(file(), folder_.path("crashed.db"));
        fs::copy_file(file() + "-wal", folder_.path("crashed.db-wal"));
    }
    fs::rename(folder_.path("crashed.db"), file());
    fs::rename(folder_.path("crashed.db-wal"), file() + "-wal");
    const Result<Restored> restored = restore_store(data(), target, kNow);
    ASSERT_TRUE(restored) << in_english(restored.error());
    EXPECT_EQ(users(), 3);
    EXPECT_TRUE(check_store(data())->is_sound());
    auto replaced = Connection::open(restored->kept_as, Access::read_write).value();
    EXPECT_EQ(replaced->number("SELECT count(*) FROM users"), 7) << "its log included";
}

TEST_F(Upkeep, ADamagedStoreIsReplacedAndKept) {
    const std::string target = folder_.path("backup.db");
    {
        auto store = open();
        fill(*store, 3);
        ASSERT_TRUE(backup_store(data(), target));
    }
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << std::string(9000, 'g');
    const Result<Restored> restored = restore_store(data(), target, kNow);
    ASSERT_TRUE(restored) << in_english(restored.error());
    EXPECT_EQ(users(), 3);
    EXPECT_EQ(fs::file_size(restored->kept_as), 9000U);
}

TEST_F(Upkeep, ALogThatCannotBeTakenInIsKeptBesideItsDatabase) {
    const std::string target = folder_.path("backup.db");
    {
        auto store = open();
        fill(*store, 3);
        ASSERT_TRUE(backup_store(data(), target));
        fill(*store, 5);
    }
    auto reader = Connection::open(file(), Access::read_only).value(); // a command in the midst of its work
    reader->script("BEGIN");
    EXPECT_EQ(reader->number("SELECT count(*) FROM users"), 5);
    {
        auto store = open();
        fill(*store, 7);
    }
    const Result<Restored> restored = restore_store(data(), target, kNow);
    ASSERT_TRUE(restored) << in_english(restored.error());
    EXPECT_TRUE(fs::exists(restored->kept_as + "-wal"));
    EXPECT_EQ(users(), 3);
    EXPECT_EQ(reader->number("SELECT count(*) FROM users"), 5) << "it sees its moment";
    reader.reset();
    auto replaced = Connection::open(restored->kept_as, Access::read_write).value();
    EXPECT_EQ(replaced->number("SELECT count(*) FROM users"), 7);
}

TEST_F(Upkeep, AFolderWithoutAStoreIsFilled) {
    const std::string target = folder_.path("backup.db");
    {
        auto store = open();
        fill(*store, 3);
        ASSERT_TRUE(backup_store(data(), target));
    }
    fs::remove_all(data());
    const Result<Restored> nowhere = restore_store(data(), target, kNow);
    ASSERT_FALSE(nowhere);
    EXPECT_THAT(in_english(nowhere.error()), HasSubstr(data()));
    fs::create_directory(data());
    const Result<Restored> restored = restore_store(data(), target, kNow);
    ASSERT_TRUE(restored) << in_english(restored.error());
    EXPECT_EQ(restored->kept_as, "");
    EXPECT_EQ(users(), 3);
}

TEST_F(Upkeep, NothingIsRestoredUnderARunningServer) {
    const std::string target = folder_.path("backup.db");
    auto store = open(true);
    fill(*store, 3);
    ASSERT_TRUE(backup_store(data(), target));
    const Result<Restored> restored = restore_store(data(), target, kNow);
    ASSERT_FALSE(restored);
    EXPECT_EQ(restored.error().what.key, "store.served");
    EXPECT_EQ(runner_.get(store->count_users()).all, 3);
}

TEST_F(Upkeep, WhatIsNoWholeBackupIsRefusedAndNothingChanged) {
    const std::string good = folder_.path("good.db");
    {
        auto store = open();
        fill(*store, 3, std::string(20'000, 'A'));
        ASSERT_TRUE(backup_store(data(), good));
    }
    const std::string cut = folder_.with("cut.db", folder_.content("good.db").substr(0, 40'960));
    const std::string broken = folder_.with("broken.db", folder_.content("good.db"));
    damage(broken, 'A');
    const std::string foreign = folder_.with("foreign.db", "");
    Connection::open(foreign, Access::read_write).value()->script("CREATE TABLE theirs (a INTEGER)");
    const std::string newer = folder_.with("newer.db", folder_.content("good.db"));
    Connection::open(newer, Access::read_write)
        .value()
        ->script("UPDATE meta SET schema_version = 99, minimum_reader = 99, readable_by = '9.8.7'");
    const std::map<std::string, std::string_view> refusals = {
        {cut, "store.bad_backup"},
        {broken, "store.bad_backup"},
        {folder_.with("text.db", "this is no database at all, but it is long enough to be one" + std::string(500, '.')),
         "store.bad_backup"},
        {folder_.with("empty.db", ""), "store.bad_backup"},
        {folder_.path("absent.db"), "store.cannot_open"},
        {foreign, "store.foreign"},
        {newer, "store.too_new"},
    };
    const std::vector<std::string> before = names_in(data());
    for (const auto& [path, key] : refusals) {
        const Result<Restored> restored = restore_store(data(), path, kNow);
        ASSERT_FALSE(restored) << path;
        EXPECT_EQ(restored.error().what.key, key) << in_english(restored.error());
        EXPECT_THAT(in_english(restored.error()), HasSubstr(path));
    }
    EXPECT_EQ(users(), 3);
    std::vector<std::string> after = names_in(data());
    std::erase(after, "mcp.lock");
    EXPECT_EQ(after, before);
}

// migrate

TEST_F(Upkeep, MigratingMakesAStoreOnceAndThenFindsItUpToDate) {
    const Result<Migrated> made = migrate_store(data());
    ASSERT_TRUE(made);
    EXPECT_EQ(made->from, 0);
    EXPECT_EQ(made->to, migrations().back().version);
    auto server = open(true);
    const Result<Migrated> again = migrate_store(data());
    ASSERT_TRUE(again) << "nothing to do, so no harm beside a server";
    EXPECT_EQ(again->from, again->to);
}

TEST_F(Upkeep, AnOlderStoreIsNotMigratedUnderARunningServer) {
    auto server = open(true);
    Connection::open(file(), Access::read_write).value()->script("UPDATE meta SET schema_version = -1"); // older than 1
    const Result<Migrated> migrated = migrate_store(data());
    ASSERT_FALSE(migrated);
    EXPECT_EQ(migrated.error().what.key, "store.served");
}

} // namespace
} // namespace mcp::adapters::sqlite
