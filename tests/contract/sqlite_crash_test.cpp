#include "adapters/store/sqlite/sqlite_store.hpp"
#include "adapters/store/sqlite/upkeep.hpp"
#include "tests/contract/store_contract.hpp"
#include "tests/support/temporary_folder.hpp"

#include <array>
#include <boost/asio/detached.hpp>
#include <csignal>
#include <fmt/format.h>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

namespace mcp::test {
namespace {

using adapters::SqliteStore;
using adapters::StoreMode;

constexpr int kCrashes = 20;
constexpr int kAtOnce = 8;

domain::User writer_user(int writer) {
    return a_reader(fmt::format("user-{}", writer), writer + 1);
}

/// The report that one writer finishes as its `number`th in one life of the program: days tell them apart.
ports::FinishedReport numbered_report(int life, int writer, int number) {
    const Day day = kMonday + std::chrono::days{life * 10'000 + number};
    const std::string text = fmt::format("{{\"life\": {}, \"number\": {}}}", life, number);
    return a_report(writer_user(writer), day, text + std::string(static_cast<std::size_t>(number % 7) * 4000, ' '));
}

/// Tells the parent of each report that was acknowledged, a line each; shorter than PIPE_BUF, so written whole.
void tell(int pipe, int writer, int number) {
    std::array<char, 16> line{};
    const auto end = fmt::format_to_n(line.data(), line.size(), "{} {}\n", writer, number).out;
    (void)!::write(pipe, line.data(), static_cast<std::size_t>(end - line.data()));
}

Task<void> finish_for_ever(ports::Store& store, int pipe, int life, int writer) {
    for (int number = 0;; ++number) {
        const Result<void> finished = co_await store.finish(numbered_report(life, writer, number));
        if (!finished) {
            ::_exit(3);
        }
        tell(pipe, writer, number);
    }
}

[[noreturn]] void live(const std::string& folder, int pipe, int life) {
    auto store = SqliteStore::open(folder, StoreMode::existing, {.serves = true});
    if (!store) {
        ::_exit(4);
    }
    boost::asio::io_context context(1);
    for (int writer = 0; writer < kAtOnce; ++writer) {
        boost::asio::co_spawn(context, finish_for_ever(**store, pipe, life, writer), boost::asio::detached);
    }
    context.run();
    ::_exit(5);
}

struct Acknowledged {
    int life;
    int writer;
    int number;
};

/// Starts the program, reads `reports` acknowledgements, kills it wherever it is just then, reads what it had still
/// told.
std::vector<Acknowledged> kill_one(const std::string& folder, int life, std::size_t reports) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) {
        throw std::runtime_error("no pipe");
    }
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        live(folder, ends[1], life);
    }
    ::close(ends[1]);
    std::FILE* told = ::fdopen(ends[0], "r");
    std::vector<Acknowledged> all;
    int writer = 0;
    int number = 0;
    while (std::fscanf(told, "%d %d", &writer, &number) == 2) { // NOLINT(cert-err34-c): our own lines
        all.push_back({life, writer, number});
        if (all.size() == reports) {
            ::kill(child, SIGKILL);
        }
    }
    std::fclose(told);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "it ended by itself: " << status;
    return all;
}

TEST(SqliteCrash, WhatWasAcknowledgedOutlivesKillNineAtAnyMoment) {
    const TemporaryFolder folder;
    const std::string data = folder.path("data");
    TaskRunner runner;
    {
        auto store = SqliteStore::open(data, StoreMode::create_and_migrate).value();
        for (int writer = 0; writer < kAtOnce; ++writer) {
            runner.must(store->put_user(writer_user(writer)));
        }
    }
    std::mt19937 chance(20251027);
    std::vector<Acknowledged> all;
    for (int life = 0; life < kCrashes; ++life) {
        const std::size_t reports = std::uniform_int_distribution<std::size_t>(1, 120)(chance);
        const std::vector<Acknowledged> told = kill_one(data, life, reports);
        ASSERT_GE(told.size(), reports);
        all.insert(all.end(), told.begin(), told.end());
        const auto check = adapters::sqlite::check_store(data);
        ASSERT_TRUE(check) << check.error().what.key;
        ASSERT_TRUE(check->is_sound()) << check->damage.front();
    }
    auto store = SqliteStore::open(data, StoreMode::existing).value();
    for (const Acknowledged& one : all) {
        const ports::FinishedReport expected = numbered_report(one.life, one.writer, one.number);
        const auto found = runner.get(store->report(expected.report.report_id));
        ASSERT_TRUE(found) << fmt::format("lost: life {}, writer {}, number {}", one.life, one.writer, one.number);
        ASSERT_EQ(*found->document, *expected.report.document);
    }
    store.reset();
}

} // namespace
} // namespace mcp::test
