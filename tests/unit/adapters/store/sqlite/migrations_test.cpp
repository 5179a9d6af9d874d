#include "adapters/store/sqlite/migrations.hpp"

#include "adapters/store/sqlite/folder.hpp"
#include "adapters/store/sqlite/opening.hpp"
#include "adapters/store/sqlite/sqlite_store.hpp"
#include "tests/support/store_samples.hpp"
#include "tests/support/task_runner.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace mcp::adapters::sqlite {
namespace {

using test::TemporaryFolder;

/// A folder with a store in it, as this program makes it.
class Migrations : public testing::Test {
protected:
    Migrations() {
        EXPECT_TRUE(make_database_file(folder_.path("data")));
        EXPECT_TRUE(migrate_file(file(), false));
        connection_ = connect(file(), Use::writing, Access::read_write).value();
    }
    [[nodiscard]] std::string file() const { return database_in(folder_.path("data")); }
    [[nodiscard]] static int newest() { return migrations().back().version; }

    /// The table of a later version of the program.
    static std::vector<Migration> later(int minimum_reader, std::string_view sql) {
        std::vector<Migration> table(migrations().begin(), migrations().end());
        table.push_back({.version = newest() + 1, .minimum_reader = minimum_reader, .program = "9.8.7", .sql = sql});
        return table;
    }

    TemporaryFolder folder_;
    std::unique_ptr<Connection> connection_;
};

constexpr std::string_view kNewColumn = "ALTER TABLE users ADD COLUMN nickname TEXT NOT NULL DEFAULT ''";

TEST(MigrationTable, CountsUpAndNamesReadersThatExist) {
    int version = 0;
    int minimum_reader = 1;
    for (const Migration& step : migrations()) {
        EXPECT_EQ(step.version, ++version);
        EXPECT_GE(step.minimum_reader, minimum_reader) << "a later step cannot make older programs able again";
        EXPECT_LE(step.minimum_reader, step.version);
        EXPECT_FALSE(step.program.empty());
        minimum_reader = step.minimum_reader;
    }
    EXPECT_GE(version, 1);
}

TEST_F(Migrations, ANewStoreHasTheNewestLayoutAndStaysAsItIs) {
    const Result<Layout> layout = check_layout(*connection_);
    ASSERT_TRUE(layout);
    EXPECT_EQ(layout->version, newest());
    const Result<Migrated> again = migrate(*connection_);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->from, newest());
    EXPECT_EQ(again->to, newest());
}

TEST_F(Migrations, AnOlderStoreIsBroughtUpToDateAndKeepsWhatItHolds) {
    connection_->change("INSERT INTO users (id, tenant, node_verified, language, daily_report, created_at, updated_at) "
                        "VALUES ('user-1', 'tenant-1', 0, 'fr', 0, 0, 0)");
    const std::vector<Migration> table = later(1, kNewColumn);
    const Result<Layout> too_old = check_layout(*connection_, table);
    ASSERT_FALSE(too_old);
    EXPECT_EQ(too_old.error().what.key, "store.too_old");
    EXPECT_EQ(too_old.error().kind, ErrorKind::unavailable);
    const Result<Migrated> migrated = migrate(*connection_, table);
    ASSERT_TRUE(migrated);
    EXPECT_EQ(migrated->from, newest());
    EXPECT_EQ(migrated->to, newest() + 1);
    EXPECT_TRUE(check_layout(*connection_, table));
    EXPECT_EQ(connection_->number("SELECT count(*) FROM users WHERE nickname = ''"), 1);
}

TEST(MigrationOfOldStores, AStoreOfEachEarlierLayoutIsOpenedWithWhatItHolds) {
    for (std::size_t steps = 1; steps < migrations().size(); ++steps) {
        const TemporaryFolder folder;
        const std::string file = database_in(folder.path("data"));
        ASSERT_TRUE(make_database_file(folder.path("data")));
        {
            auto old = Connection::open(file, Access::read_write).value();
            ASSERT_TRUE(migrate(*old, migrations().first(steps)));
            old->change("INSERT INTO users (id, tenant, node_verified, language, daily_report, created_at, updated_at) "
                        "VALUES ('user-1', 'tenant-1', 0, 'fr', 0, 0, 0)");
            ASSERT_TRUE(old->take_fault());
        }
        auto store = SqliteStore::open(folder.path("data"), StoreMode::create_and_migrate);
        ASSERT_TRUE(store) << store.error().what.key;
        test::TaskRunner runner;
        EXPECT_TRUE(runner.get((*store)->user("user-1")));
        EXPECT_TRUE(runner.get((*store)->answers("")).empty());
        store->reset();
        auto now = connect(file, Use::reading, Access::read_only).value();
        EXPECT_EQ(read_layout(*now)->version, migrations().back().version);
        EXPECT_TRUE(check_layout(*now, migrations().first(steps))) << "a rollback can use it again";
    }
}

TEST_F(Migrations, AStoreOfANewerVersionIsStillUsedWhenItsLayoutAllowsThat) {
    ASSERT_TRUE(migrate(*connection_, later(1, kNewColumn)));
    connection_.reset();
    for (const StoreMode mode : {StoreMode::create_and_migrate, StoreMode::existing}) {
        auto store = SqliteStore::open(folder_.path("data"), mode);
        ASSERT_TRUE(store) << store.error().what.key;
        test::TaskRunner runner;
        const domain::User user = test::a_reader("user-1", 1);
        runner.must((*store)->put_user(user));
        runner.must((*store)->finish(test::a_report(user, test::kMonday)));
        EXPECT_TRUE(runner.get((*store)->latest("user-1")));
        store->reset();
    }
    connection_ = connect(file(), Use::reading, Access::read_only).value();
    EXPECT_EQ(read_layout(*connection_)->version, newest() + 1) << "it stays the newer one's";
}

TEST_F(Migrations, AnOlderProgramLessensAProofAndNeverMakesOne) {
    const std::vector<std::pair<domain::NodeProof, domain::NodeProof>> expected = {
        {domain::NodeProof::none, domain::NodeProof::none},
        {domain::NodeProof::connection, domain::NodeProof::connection},
        {domain::NodeProof::signature, domain::NodeProof::connection}};
    auto store = SqliteStore::open(folder_.path("data"), StoreMode::existing).value();
    test::TaskRunner runner;
    for (const auto& [proof, after] : expected) {
        domain::User user = test::a_reader("user-1", 1);
        user.node_proof = proof;
        runner.must(store->put_user(user));
        ASSERT_EQ(runner.get(store->user("user-1"))->node_proof, proof);
        // what programs of layout 2 do with each change of a profile: they know a flag
        connection_->change("UPDATE users SET node_verified = (node_verified <> 0) WHERE id = 'user-1'");
        ASSERT_TRUE(connection_->take_fault());
        EXPECT_EQ(runner.get(store->user("user-1"))->node_proof, after);
    }
}

TEST_F(Migrations, AStoreThatThisVersionCannotReadIsRefusedWithTheOneThatCan) {
    ASSERT_TRUE(migrate(*connection_, later(newest() + 1, "ALTER TABLE users RENAME COLUMN id TO name")));
    connection_.reset();
    for (const StoreMode mode : {StoreMode::create_and_migrate, StoreMode::existing, StoreMode::read_only}) {
        const auto store = SqliteStore::open(folder_.path("data"), mode);
        ASSERT_FALSE(store);
        EXPECT_EQ(store.error().kind, ErrorKind::unavailable);
        EXPECT_EQ(store.error().what.key, "store.too_new");
        EXPECT_EQ(std::get<std::string>(store.error().what.args.at(0).value), "9.8.7");
    }
}

TEST_F(Migrations, AStepThatFailsLeavesAllAsItWas) {
    const Result<Migrated> migrated =
        migrate(*connection_, later(1, "CREATE TABLE half (a INTEGER); ALTER TABLE nothing ADD COLUMN b TEXT"));
    EXPECT_FALSE(migrated);
    EXPECT_FALSE(connection_->is_in_transaction());
    EXPECT_EQ(read_layout(*connection_)->version, newest());
    EXPECT_EQ(connection_->number("SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), 0);
}

TEST_F(Migrations, TheDatabaseOfAnotherProgramIsLeftAlone) {
    TemporaryFolder other;
    const std::string path = other.with("mcp.db", "");
    {
        auto foreign = Connection::open(path, Access::read_write).value();
        foreign->script("CREATE TABLE theirs (a INTEGER); INSERT INTO theirs VALUES (1)");
    }
    const std::string before = other.content("mcp.db");
    const auto store = SqliteStore::open(other.path(""), StoreMode::create_and_migrate);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().what.key, "store.foreign");
    EXPECT_EQ(other.content("mcp.db"), before);
}

TEST_F(Migrations, AStoreWithoutItsTableOfVersionsIsDamaged) {
    connection_->script("DROP TABLE meta");
    const Result<Layout> layout = read_layout(*connection_);
    ASSERT_FALSE(layout);
    EXPECT_EQ(layout.error().what.key, "store.damaged");
}

} // namespace
} // namespace mcp::adapters::sqlite
