#include "adapters/store/sqlite/sqlite_store.hpp"

#include "adapters/store/sqlite/connection.hpp"
#include "adapters/store/sqlite/folder.hpp"
#include "language/language.hpp"
#include "tests/support/store_samples.hpp"
#include "tests/support/task_runner.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/virtual_time.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mcp::adapters {
namespace {

using domain::User;
using test::a_reader;
using test::a_report;
using test::a_user;
using test::kMonday;
using test::TaskRunner;
using test::TemporaryFolder;
using testing::HasSubstr;

std::string in_english(const Error& error) {
    return language::render(error, domain::Language::en);
}

class SqliteStoreTest : public testing::Test {
protected:
    [[nodiscard]] std::string data() const { return folder_.path("data"); }
    [[nodiscard]] std::string file() const { return sqlite::database_in(data()); }

    [[nodiscard]] std::unique_ptr<SqliteStore> open(StoreOptions options = {}) const {
        options.is_safe = false;
        auto store = SqliteStore::open(data(), StoreMode::create_and_migrate, options);
        if (!store) {
            throw std::runtime_error(in_english(store.error()));
        }
        return std::move(*store);
    }
    /// Why a store does not open.
    [[nodiscard]] Error refusal(const std::string& folder, StoreMode mode, const StoreOptions& options = {}) const {
        auto store = SqliteStore::open(folder, mode, options);
        EXPECT_FALSE(store);
        return store ? Error{ErrorKind::internal, {}} : store.error();
    }

    TemporaryFolder folder_;
    TaskRunner runner_;
};

// Opening

TEST_F(SqliteStoreTest, OnlyWhoServesOrMigratesMakesAStore) {
    for (const StoreMode mode : {StoreMode::existing, StoreMode::read_only}) {
        const Error error = refusal(data(), mode);
        EXPECT_EQ(error.kind, ErrorKind::unavailable);
        EXPECT_THAT(in_english(error), HasSubstr("there is no store (mcp.db) in " + data()));
    }
    EXPECT_FALSE(std::filesystem::exists(data()));
    (void)open();
    EXPECT_TRUE(std::filesystem::exists(file()));
}

TEST_F(SqliteStoreTest, FolderAndFileAreForTheServiceAndItsGroupOnly) {
    const mode_t before = ::umask(0);
    (void)open({.serves = true});
    ::umask(before);
    struct stat facts {};
    ASSERT_EQ(::stat(data().c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0750U);
    for (const std::string& path : {file(), sqlite::lock_in(data())}) {
        ASSERT_EQ(::stat(path.c_str(), &facts), 0) << path;
        EXPECT_EQ(facts.st_mode & 0777, 0640U) << path;
    }
}

TEST_F(SqliteStoreTest, ASecondServerInTheFolderIsRefusedAndCommandsAreNot) {
    EXPECT_FALSE(sqlite::is_served(data()));
    auto server = open({.serves = true});
    EXPECT_TRUE(sqlite::is_served(data()));
    const Error error = refusal(data(), StoreMode::create_and_migrate, {.serves = true});
    EXPECT_EQ(error.kind, ErrorKind::unavailable);
    EXPECT_EQ(error.what.key, "store.served");
    EXPECT_THAT(in_english(error), HasSubstr("process " + std::to_string(::getpid())));
    auto command = SqliteStore::open(data(), StoreMode::existing);
    ASSERT_TRUE(command);
    runner_.must((*command)->put_user(a_user("user-1")));
    EXPECT_TRUE(runner_.get(server->user("user-1")));
    command->reset();
    server.reset();
    EXPECT_FALSE(sqlite::is_served(data()));
    EXPECT_TRUE(SqliteStore::open(data(), StoreMode::existing, {.serves = true})) << "after it has ended";
}

TEST_F(SqliteStoreTest, AFolderThatCannotBeUsedIsTold) {
    (void)folder_.with("a file", "");
    const Error no_folder = refusal(folder_.path("a file/data"), StoreMode::create_and_migrate);
    EXPECT_EQ(no_folder.kind, ErrorKind::unavailable);
    EXPECT_THAT(in_english(no_folder), HasSubstr("MCP_DATA_DIR names another one"));

    const bool is_root = ::geteuid() == 0; // to whom no folder is closed
    (void)open();
    ASSERT_EQ(::chmod(data().c_str(), 0500), 0);
    ASSERT_TRUE(!is_root ||
                (::chmod(folder_.path("").c_str(), 0755) == 0 && ::chown(data().c_str(), 65534, 65534) == 0));
    ASSERT_TRUE(!is_root || ::seteuid(65534) == 0);
    const Error closed = refusal(data(), StoreMode::create_and_migrate);
    const Error closed_to_commands = refusal(data(), StoreMode::existing);
    ASSERT_TRUE(!is_root || ::seteuid(0) == 0);
    EXPECT_THAT(in_english(closed), HasSubstr(data() + ": the data folder cannot be used: permission denied"));
    EXPECT_EQ(closed_to_commands.what.key, "store.folder");
}

TEST_F(SqliteStoreTest, AReadOnlyStoreReadsAndRefusesToWrite) {
    auto writer = open();
    runner_.must(writer->put_user(a_user("user-1")));
    auto store = SqliteStore::open(data(), StoreMode::read_only).value();
    EXPECT_TRUE(runner_.get(store->user("user-1")));
    const auto error = runner_.error_of(store->put_user(a_user("user-2")));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::unavailable);
    EXPECT_EQ(error->what.key, "store.read_only");
}

// Faults

TEST_F(SqliteStoreTest, AFileThatIsNoDatabaseIsDamagedAndLeftAlone) {
    (void)open();
    const std::string garbage(9000, 'g');
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << garbage;
    for (const StoreMode mode : {StoreMode::create_and_migrate, StoreMode::existing, StoreMode::read_only}) {
        const Error error = refusal(data(), mode);
        EXPECT_EQ(error.kind, ErrorKind::unavailable);
        EXPECT_THAT(in_english(error), HasSubstr(file() + ": is damaged"));
        EXPECT_THAT(in_english(error), HasSubstr("mcp-api restore"));
    }
    std::ifstream now(file(), std::ios::binary);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(now), {}), garbage);
}

TEST_F(SqliteStoreTest, DamageInOnePlaceIsToldAndHarmsNothingElse) {
    const User one = a_reader("user-1", 1);
    const User two = a_reader("user-2", 2);
    {
        auto store = open();
        runner_.must(store->put_user(one));
        runner_.must(store->put_user(two));
        runner_.must(store->finish(a_report(one, kMonday, std::string(20'000, 'A'))));
        runner_.must(store->finish(a_report(two, kMonday, std::string(20'000, 'B'))));
    }
    // The chain of pages that holds A's document is led astray.
    std::fstream bytes(file(), std::ios::binary | std::ios::in | std::ios::out);
    const std::string content{std::istreambuf_iterator<char>(bytes), {}};
    const std::size_t page = content.find(std::string(4000, 'A')) / 4096 * 4096;
    bytes.clear();
    bytes.seekp(static_cast<std::streamoff>(page));
    bytes.write("\xff\xff\xff\xff", 4);
    bytes.close();

    auto store = open();
    const auto error = runner_.error_of(store->latest("user-1"));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::unavailable);
    EXPECT_EQ(error->what.key, "store.damaged");
    EXPECT_EQ(*runner_.get(store->latest("user-2"))->document, std::string(20'000, 'B'));
    runner_.must(store->ping());
}

TEST_F(SqliteStoreTest, AFullDiskRefusesWhatDoesNotFitAndLosesNothing) {
    auto store = open({.pages_max = 200});
    const User user = a_reader("user-1", 1);
    runner_.must(store->put_user(user));
    int day = 0;
    std::optional<Error> error;
    while (!(error = runner_.error_of(
                 store->finish(a_report(user, kMonday + std::chrono::days{day}, std::string(40'000, 'x')))))) {
        ++day;
    }
    EXPECT_GT(day, 5);
    EXPECT_EQ(error->kind, ErrorKind::unavailable);
    EXPECT_THAT(in_english(*error), HasSubstr(file() + ": the disk is full"));
    EXPECT_EQ(runner_.get(store->count_reports("user-1")).completed, day);
    EXPECT_EQ(runner_.get(store->latest("user-1"))->report_date, kMonday + std::chrono::days{day - 1});
    runner_.must(store->set_daily_report("user-1", false, test::at(kMonday, 9)));
    store.reset();
    store = open(); // with room again
    runner_.must(store->finish(a_report(user, kMonday + std::chrono::days{day}, std::string(40'000, 'x'))));
    EXPECT_EQ(runner_.get(store->count_reports("user-1")).completed, day + 1);
}

TEST_F(SqliteStoreTest, OfWritesTogetherOnlyThatIsRefusedWhichDoesNotFit) {
    auto store = open({.threads = false, .pages_max = 200});
    std::vector<User> users;
    for (int i = 0; i < 10; ++i) {
        users.push_back(a_reader("user-" + std::to_string(i), i + 1));
        runner_.must(store->put_user(users.back()));
    }
    std::vector<std::optional<Result<void>>> answers(users.size());
    for (std::size_t i = 0; i < users.size(); ++i) {
        const std::size_t bytes = i == 4 ? 4'000'000 : 1000;
        runner_.start(store->finish(a_report(users[i], kMonday, std::string(bytes, 'x'))), answers[i]);
    }
    runner_.run_all();
    for (std::size_t i = 0; i < users.size(); ++i) {
        ASSERT_TRUE(answers[i]);
        EXPECT_EQ(answers[i]->has_value(), i != 4) << i;
        EXPECT_EQ(runner_.get(store->latest(users[i].id)).has_value(), i != 4) << i;
    }
    EXPECT_EQ(answers[4]->error().what.key, "store.full");
}

/// A bound on the size of files, as `ulimit -f` sets it, while it lives.
class SizeLimit {
public:
    explicit SizeLimit(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        action_ = std::signal(SIGXFSZ, SIG_IGN);
    }
    ~SizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, action_);
    }
    SizeLimit(const SizeLimit&) = delete;
    SizeLimit& operator=(const SizeLimit&) = delete;

private:
    rlimit before_{};
    void (*action_)(int) = nullptr;
};

TEST_F(SqliteStoreTest, AWriteThatTheSystemRefusesIsToldAndTheNextOneIsTriedAnew) {
    auto store = open();
    const User user = a_reader("user-1", 1);
    runner_.must(store->put_user(user));
    runner_.must(store->finish(a_report(user, kMonday)));
    {
        const SizeLimit limit(300'000);
        const auto error = runner_.error_of(store->finish(a_report(user, kMonday, std::string(2'000'000, 'x'))));
        ASSERT_TRUE(error);
        EXPECT_EQ(error->kind, ErrorKind::unavailable);
        EXPECT_EQ(error->what.key, "store.io");
        EXPECT_THAT(in_english(*error), HasSubstr("ulimit -f"));
        EXPECT_EQ(*runner_.get(store->latest("user-1"))->document, "{\"score\": 71}");
    }
    runner_.must(store->finish(a_report(user, kMonday, std::string(2'000'000, 'x'))));
    EXPECT_EQ(runner_.get(store->latest("user-1"))->document->size(), 2'000'000U);
}

TEST_F(SqliteStoreTest, AFileThatAnotherProgramHoldsLockedIsTold) {
    auto store = open({.patience = std::chrono::milliseconds{1}});
    auto other = sqlite::Connection::open(file(), sqlite::Access::read_write).value();
    other->script("BEGIN IMMEDIATE");
    const auto error = runner_.error_of(store->put_user(a_user("user-1")));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::unavailable);
    EXPECT_EQ(error->what.key, "store.locked");
    EXPECT_EQ(runner_.get(store->user("user-1")), std::nullopt) << "reading goes on";
    EXPECT_TRUE(runner_.error_of(store->ping()));
    other->script("ROLLBACK");
    runner_.must(store->put_user(a_user("user-1")));
    runner_.must(store->ping());
}

// Beside other processes

TEST_F(SqliteStoreTest, WhatAnotherProcessWritesIsSeenAtOnce) {
    auto store = open();
    auto other = open();
    User user = a_reader("user-1", 1);
    for (int i = 0; i < 20; ++i) {
        user.updated_at += std::chrono::seconds{1};
        runner_.must(other->put_user(user));
        ASSERT_EQ(runner_.get(store->user("user-1")), user);
        runner_.must(other->finish(a_report(user, kMonday, std::to_string(i))));
        ASSERT_EQ(*runner_.get(store->latest("user-1"))->document, std::to_string(i));
        ASSERT_EQ(*runner_.get(store->latest("user-1"))->document, std::to_string(i)) << "from memory";
    }
    EXPECT_TRUE(runner_.get(other->remove_user("user-1")));
    EXPECT_EQ(runner_.get(store->user("user-1")), std::nullopt);
    EXPECT_EQ(runner_.get(store->latest("user-1")), std::nullopt);
}

// Ending

Task<Result<void>> ask(ports::Store& store, User user, int& asked) {
    ++asked; // from here to the store there is no pause
    Task<Result<void>> put = store.put_user(std::move(user));
    co_return co_await std::move(put);
}

TEST_F(SqliteStoreTest, WhatWasAskedForIsStillDoneAtTheEnd) {
    for (const bool threads : {true, false}) {
        auto store = open({.threads = threads});
        std::vector<std::optional<Result<void>>> answers(50);
        int asked = 0;
        for (std::size_t i = 0; i < answers.size(); ++i) {
            const User user = a_user((threads ? "with-" : "without-") + std::to_string(i));
            runner_.start(ask(*store, user, asked), answers[i]);
        }
        runner_.context().restart();
        for (std::size_t turns = 0; turns < 1'000 && asked < 50; ++turns) { // and few, if any, have their answer
            runner_.context().poll_one();
        }
        ASSERT_EQ(asked, 50);
        store.reset();
        runner_.run_all();
        for (const auto& answer : answers) {
            ASSERT_TRUE(answer && answer->has_value());
        }
    }
    EXPECT_EQ(runner_.get(open()->count_users()).all, 100);
}

Task<void> put(ports::Store& store, User user) {
    const Result<void> answer = co_await store.put_user(std::move(user));
    EXPECT_TRUE(answer);
}

TEST_F(SqliteStoreTest, WithoutThreadsAKilledWorldTakesWhatWasNotDoneWithIt) {
    test::VirtualTime world(test::at(kMonday, 6));
    auto store = open({.threads = false});
    world.start(put(*store, a_user("user-1")));
    world.run_ready();
    world.start(put(*store, a_user("user-2")));
    world.context().restart();
    world.context().poll_one(); // it has asked
    world.crash();
    store.reset();
    store = open({.threads = false});
    EXPECT_TRUE(runner_.get(store->user("user-1")));
    EXPECT_FALSE(runner_.get(store->user("user-2")));
}

// Space

TEST_F(SqliteStoreTest, TheFileStopsGrowingWhenAsMuchGoesAsComes) {
    const User user = a_reader("user-1", 1);
    const auto size_after = [&](int from, int days) {
        auto store = open();
        runner_.must(store->put_user(user));
        for (int day = from; day < from + days; ++day) {
            const Day date = kMonday + std::chrono::days{day};
            runner_.must(store->finish(a_report(user, date, std::string(12'000, 'x'))));
            runner_.get(store->sweep(test::at(date, 7)));
        }
        EXPECT_EQ(runner_.get(store->count_reports("user-1")).completed, 90);
        store.reset();
        return std::filesystem::file_size(file());
    };
    const std::uintmax_t after_a_quarter = size_after(0, 100);
    EXPECT_LE(size_after(100, 300), after_a_quarter * 11 / 10);
}

TEST_F(SqliteStoreTest, SpaceThatNothingNeedsIsGivenBack) {
    auto store = open();
    const User user = a_reader("user-1", 1);
    runner_.must(store->put_user(user));
    for (int day = 0; day < 40; ++day) {
        runner_.must(store->finish(a_report(user, kMonday + std::chrono::days{day}, std::string(500'000, 'x'))));
    }
    store.reset();
    const std::uintmax_t full = std::filesystem::file_size(file());
    store = open();
    EXPECT_EQ(runner_.get(store->sweep(test::at(kMonday + std::chrono::days{300}, 7))).reports, 40);
    store.reset();
    EXPECT_LE(std::filesystem::file_size(file()), full / 2);
}

} // namespace
} // namespace mcp::adapters
