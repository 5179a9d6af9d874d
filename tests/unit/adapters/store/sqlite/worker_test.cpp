#include "adapters/store/sqlite/worker.hpp"

#include "adapters/store/sqlite/opening.hpp"
#include "adapters/store/sqlite/writer.hpp"
#include "tests/support/task_runner.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

namespace mcp::adapters::sqlite {
namespace {

using test::TaskRunner;
using test::TemporaryFolder;

/// One writer on a table of numbers that counts its commits.
class Writing : public testing::TestWithParam<Threads> {
protected:
    static constexpr std::size_t kBatchMax = 10;

    Writing() {
        connection_ = Connection::open(folder_.with("numbers.db", ""), Access::read_write).value();
        connection_->script("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; "
                            "CREATE TABLE numbers (number INTEGER PRIMARY KEY, text TEXT)");
        sqlite3_commit_hook(
            connection_->handle(), [](void* count) { return ++*static_cast<int*>(count), 0; }, &commits_);
        std::vector<Worker::Hands> hands = {[this](auto jobs) {
            largest_ = std::max(largest_, jobs.size());
            write_together(*connection_, jobs);
        }};
        worker_ = std::make_unique<Worker>(std::move(hands), kBatchMax, GetParam());
    }
    Task<Result<std::int64_t>> insert(std::int64_t number) {
        return worker_->run([number](Connection& connection) {
            return connection.change("INSERT INTO numbers (number) VALUES (?1)", number);
        });
    }
    /// Writes, and fails after that.
    Task<Result<std::int64_t>> insert_and_fail(std::int64_t number) {
        return worker_->run([number](Connection& connection) -> Result<std::int64_t> {
            connection.change("INSERT INTO numbers (number) VALUES (?1)", number);
            return fail(ErrorKind::conflict, {"store.node_taken", {}});
        });
    }
    Task<Result<std::int64_t>> insert_and_throw(std::int64_t number) {
        return worker_->run([number](Connection& connection) -> std::int64_t {
            connection.change("INSERT INTO numbers (number) VALUES (?1)", number);
            throw std::logic_error("planted");
        });
    }
    std::int64_t count() {
        return runner_.get(worker_->run(
            [](Connection& connection) { return connection.number("SELECT count(*) FROM numbers").value_or(-1); }));
    }

    TemporaryFolder folder_;
    TaskRunner runner_;
    std::unique_ptr<Connection> connection_;
    int commits_ = 0;
    std::size_t largest_ = 0;
    std::unique_ptr<Worker> worker_; // goes first
};

TEST_P(Writing, WritesThatWaitAreCommittedTogetherInBoundedBatches) {
    std::vector<std::optional<Result<std::int64_t>>> answers(100);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        runner_.start(insert(static_cast<std::int64_t>(i)), answers[i]);
    }
    runner_.run_all();
    for (const auto& answer : answers) {
        ASSERT_TRUE(answer);
        EXPECT_EQ(**answer, 1);
    }
    EXPECT_LE(largest_, kBatchMax);
    if (GetParam() == Threads::callers) { // threads are faster or slower, as they like
        EXPECT_EQ(commits_, 10);
    }
    EXPECT_EQ(count(), 100);
}

TEST_P(Writing, AWriteThatFailsTakesBackWhatItDidAndNothingElse) {
    std::vector<std::optional<Result<std::int64_t>>> answers(5);
    runner_.start(insert(1), answers[0]);
    runner_.start(insert_and_fail(2), answers[1]);
    runner_.start(insert(1), answers[2]); // again: the key is taken
    runner_.start(insert_and_fail(3), answers[3]);
    runner_.start(insert(4), answers[4]);
    runner_.run_all();
    EXPECT_TRUE(answers[0]->has_value());
    EXPECT_EQ(answers[1]->error().what.key, "store.node_taken");
    EXPECT_EQ(answers[2]->error().what.key, "store.refused");
    EXPECT_EQ(answers[2]->error().kind, ErrorKind::internal);
    EXPECT_FALSE(answers[3]->has_value());
    EXPECT_TRUE(answers[4]->has_value());
    EXPECT_EQ(count(), 2);
}

TEST_P(Writing, WhatAWriteThrowsComesOutOfItsOwnCoroutineOnly) {
    std::optional<Result<std::int64_t>> answer;
    runner_.start(insert(1), answer);
    EXPECT_THROW((void)runner_.run(insert_and_throw(2)), std::logic_error);
    runner_.run_all();
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->has_value());
    EXPECT_EQ(count(), 1);
}

TEST_P(Writing, ABatchThatIsLostIsDoneAgainOneByOne) {
    connection_->script("PRAGMA max_page_count = 50");
    std::vector<std::optional<Result<std::int64_t>>> answers(9);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const std::size_t bytes = i == 4 ? 400'000 : 10;
        auto work = [i, bytes](Connection& connection) {
            const std::string text(bytes, 't');
            return connection.change("INSERT INTO numbers VALUES (?1, ?2)", i, text);
        };
        runner_.start(worker_->run(std::move(work)), answers[i]);
    }
    runner_.run_all();
    for (std::size_t i = 0; i < answers.size(); ++i) {
        EXPECT_EQ(answers[i]->has_value(), i != 4);
    }
    EXPECT_EQ(answers[4]->error().what.key, "store.full");
    EXPECT_EQ(count(), 8);
    EXPECT_FALSE(connection_->is_in_transaction());
}

TEST_P(Writing, WhatIsToBeAloneIsDoneOutsideOfAnyTransaction) {
    std::optional<Result<std::int64_t>> answer;
    runner_.start(insert(1), answer);
    auto alone = [](Connection& connection) { return !connection.is_in_transaction(); };
    EXPECT_TRUE(runner_.get(worker_->run_alone(alone)));
    auto together = [](Connection& connection) { return connection.is_in_transaction(); };
    EXPECT_TRUE(runner_.get(worker_->run(together)));
}

INSTANTIATE_TEST_SUITE_P(Threads, Writing, testing::Values(Threads::own, Threads::callers),
                         [](const auto& threads) { return threads.param == Threads::own ? "Own" : "Callers"; });

} // namespace
} // namespace mcp::adapters::sqlite
