#include "adapters/store/sqlite/connection.hpp"
#include "adapters/store/sqlite/sqlite_store.hpp"
#include "adapters/system/stopwatch.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fmt/format.h>
#include <random>
#include <string>
#include <vector>

// bench_store [FOLDER]: the embedded store with reports of 12 kB, beside SQLite itself on the same disk and in the same
// run. FOLDER (made and removed again, the system's temporary folder by default) decides which disk.
namespace mcp::bench {
namespace {

using adapters::SqliteStore;
using adapters::Stopwatch;
using adapters::StoreMode;
using adapters::sqlite::Access;
using adapters::sqlite::Connection;

constexpr int kUsers = 10'000;
constexpr int kRawBatch = 256; // as many as the store commits together at most
constexpr std::size_t kDocumentBytes = 12'000;
constexpr Day kDay{std::chrono::year{2025} / 10 / 27};

std::string user_id(int number) {
    return fmt::format("user-{:05}", number);
}

/// JSON-like text of the size of a report; each edition is another one, or SQLite would have nothing to write.
std::string document_of(int number, int edition) {
    std::string text = fmt::format("{{\"user\": {}, \"summary\": [", number);
    std::mt19937 random(static_cast<unsigned>(number + edition * kUsers));
    while (text.size() < kDocumentBytes - 2) {
        text += fmt::format("{},", random() % 100'000);
    }
    return text + "]}";
}

ports::FinishedReport finished_report(int number, Day day, int edition = 1) {
    domain::PubKey node;
    node.bytes[0] = 2;
    node.bytes[31] = static_cast<std::uint8_t>(number / 256);
    node.bytes[32] = static_cast<std::uint8_t>(number % 256);
    std::mt19937_64 random(static_cast<unsigned>(number));
    return {
        .report = {.report_id = fmt::format("{:016x}-{:016x}-{}", random(), random(), day.time_since_epoch().count()),
                   .user_id = user_id(number),
                   .tenant_id = "tenant",
                   .report_date = day,
                   .generated_at = Time(day),
                   .end = ports::ReportEnd::completed,
                   .document = std::make_shared<const std::string>(document_of(number, edition))},
        .node = node,
        .run_id = "run",
        .seconds = 0.1,
        .retries = 0,
        .failure = {},
        .snapshot = ports::Snapshot{.node = node, .day = day, .facts = std::string(400, 'f')}};
}

/// What something took: by the clock, and of all processor cores together. The machine's other work makes the first
/// longer, hardly the second.
struct Cost {
    double seconds = 0;
    double cpu_seconds = 0;
};

class Meter {
public:
    [[nodiscard]] Cost cost() {
        return {.seconds = watch_.lap(), .cpu_seconds = static_cast<double>(std::clock() - began_) / CLOCKS_PER_SEC};
    }

private:
    Stopwatch watch_;
    std::clock_t began_ = std::clock();
};

/// Coroutines that do things one after the other, some of them at once; ended counts those that failed.
class Crowd {
public:
    void add(Task<int> task) {
        boost::asio::co_spawn(context_, std::move(task), [this](const std::exception_ptr& thrown, int failures) {
            failures_ += thrown ? 1 : failures;
        });
    }
    Cost run() {
        Meter meter;
        context_.restart();
        context_.run();
        const Cost cost = meter.cost();
        if (failures_ > 0) {
            fmt::print(stderr, "bench_store: {} calls failed\n", failures_);
            std::exit(1);
        }
        return cost;
    }

private:
    boost::asio::io_context context_{1};
    int failures_ = 0;
};

Task<int> put_users(SqliteStore& store, int first, int step) {
    int failures = 0;
    for (int i = first; i < kUsers; i += step) {
        domain::User user{.id = user_id(i), .tenant = "tenant", .node = {}, .created_at = {}, .updated_at = {}};
        user.daily_report = true;
        const Result<void> put = co_await store.put_user(std::move(user));
        failures += put ? 0 : 1;
    }
    co_return failures;
}

Task<int> finish_some(SqliteStore& store, std::vector<ports::FinishedReport>& reports, std::size_t first,
                      std::size_t step) {
    int failures = 0;
    for (std::size_t i = first; i < reports.size(); i += step) {
        const Result<void> done = co_await store.finish(std::move(reports[i]));
        failures += done ? 0 : 1;
    }
    co_return failures;
}

Task<int> read_some(SqliteStore& store, std::vector<int> users, std::vector<double>& latencies) {
    int failures = 0;
    Stopwatch watch;
    for (const int user : users) {
        const auto report = co_await store.latest(user_id(user));
        failures += report && *report && (*report)->document->size() >= kDocumentBytes ? 0 : 1;
        latencies.push_back(watch.lap());
    }
    co_return failures;
}

Cost finish_all(SqliteStore& store, Day day, std::size_t at_once, int edition = 1) {
    std::vector<ports::FinishedReport> reports;
    reports.reserve(kUsers);
    for (int i = 0; i < kUsers; ++i) {
        reports.push_back(finished_report(i, day, edition));
    }
    Crowd crowd;
    for (std::size_t i = 0; i < at_once; ++i) {
        crowd.add(finish_some(store, reports, i, at_once));
    }
    return crowd.run();
}

/// One row a report, nothing else to keep, in the same batches and just as safe on disk.
Cost raw_inserts(const std::string& file, bool with_indexes) {
    auto connection = Connection::open(file, Access::read_write).value();
    connection->script("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                       "PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32768;"
                       "CREATE TABLE raw (id TEXT NOT NULL, day INTEGER, document TEXT) STRICT");
    if (with_indexes) {
        connection->script("CREATE UNIQUE INDEX raw_id ON raw (id); CREATE INDEX raw_day ON raw (day)");
    }
    std::vector<ports::FinishedReport> reports;
    reports.reserve(kUsers);
    for (int i = 0; i < kUsers; ++i) {
        reports.push_back(finished_report(i, kDay));
    }
    Meter meter;
    for (int i = 0; i < kUsers; ++i) {
        if (i % kRawBatch == 0) {
            connection->change("BEGIN IMMEDIATE");
        }
        const ports::StoredReport& report = reports[static_cast<std::size_t>(i)].report;
        connection->change("INSERT INTO raw VALUES (?1, ?2, ?3)", report.report_id, report.report_date,
                           *report.document);
        if (i % kRawBatch == kRawBatch - 1 || i + 1 == kUsers) {
            connection->change("COMMIT");
        }
    }
    const Cost cost = meter.cost();
    if (!connection->take_fault()) {
        fmt::print(stderr, "bench_store: SQLite itself failed\n");
        std::exit(1);
    }
    return cost;
}

Cost raw_reads(const std::string& file, const std::vector<int>& users) {
    auto connection = Connection::open(file, Access::read_only).value();
    connection->script("PRAGMA cache_size = -16384");
    std::size_t bytes = 0;
    Meter meter;
    for (const int user : users) {
        const std::string id = user_id(user);
        auto rows = connection->rows("SELECT document FROM reports JOIN users USING (uid) WHERE users.id = ?1 AND "
                                     "completed = 1 ORDER BY report_date DESC LIMIT 1",
                                     id);
        bytes += rows.next() ? rows.text().size() : 0;
    }
    const Cost cost = meter.cost();
    if (bytes < users.size() * kDocumentBytes) {
        fmt::print(stderr, "bench_store: raw reads found too little\n");
        std::exit(1);
    }
    return cost;
}

/// @param beside what it is compared with, nullptr: nothing
void print_rate(std::string_view what, int count, const Cost& cost, const Cost* beside = nullptr) {
    const std::string ratio = beside == nullptr ? std::string()
                                                : fmt::format("{:8.2f} x{:8.2f} x", beside->seconds / cost.seconds,
                                                              beside->cpu_seconds / cost.cpu_seconds);
    fmt::print("{:<58}{:>9.0f} /s{:>9.1f} us CPU{}\n", what, count / cost.seconds, cost.cpu_seconds * 1e6 / count,
               ratio);
}

void bench_writes(SqliteStore& store, const std::string& folder) {
    std::filesystem::create_directories(folder + "/raw");
    const auto raw = [&](const std::string& name, bool with_indexes) {
        const std::string file = folder + "/raw/" + name;
        std::fclose(std::fopen(file.c_str(), "w"));
        return raw_inserts(file, with_indexes);
    };
    fmt::print("Writes: {} reports of {} bytes, synced to disk; beside SQLite by the clock, by CPU\n", kUsers,
               kDocumentBytes);
    const Cost bare = raw("bare.db", false);
    print_rate("  SQLite, one bare row each, 256 a commit", kUsers, bare);
    const Cost indexed = raw("indexed.db", true);
    print_rate("  SQLite, with two indexes", kUsers, indexed, &bare);
    const std::vector<std::size_t> crowds = {256, 64, 10};
    Day day = kDay;
    for (const std::size_t at_once : crowds) {
        const Cost cost = finish_all(store, day, at_once);
        print_rate(fmt::format("  finish(), {} at once: report, outbox, job, snapshot", at_once), kUsers, cost, &bare);
        day += std::chrono::days{1};
    }
    const Cost again = finish_all(store, kDay, 256, 2);
    print_rate("  finish() once more, replacing, 256 at once", kUsers, again, &bare);
}

constexpr int kReads = 100'000;

std::vector<int> choose(int users, int count, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<int> chosen;
    while (static_cast<int>(chosen.size()) < count) {
        chosen.push_back(static_cast<int>(random() % static_cast<unsigned>(users)));
    }
    return chosen;
}

void bench_reads_of(SqliteStore& store, const std::string& file, int users) {
    const Cost raw = raw_reads(file, choose(users, kReads, 7));
    print_rate(fmt::format("  SQLite itself, any of {} users", users), kReads, raw);
    for (const int at_once : {1, 64}) {
        std::vector<double> latencies;
        Crowd crowd;
        for (int i = 0; i < at_once; ++i) {
            crowd.add(read_some(store, choose(users, kReads / at_once, 8 + static_cast<unsigned>(i)), latencies));
        }
        const Cost cost = crowd.run();
        std::sort(latencies.begin(), latencies.end());
        print_rate(fmt::format("  latest(), {} at once, any of {} users", at_once, users),
                   static_cast<int>(latencies.size()), cost, &raw);
        fmt::print("      median {:.1f} us, p99 {:.1f} us\n", latencies[latencies.size() / 2] * 1e6,
                   latencies[latencies.size() * 99 / 100] * 1e6);
    }
}

void bench_reads(SqliteStore& store, const std::string& file) {
    fmt::print("Reads: latest() of {} bytes, {} calls\n", kDocumentBytes, kReads);
    bench_reads_of(store, file, 100);
    bench_reads_of(store, file, kUsers);
}

int run(const std::string& folder) {
    std::filesystem::create_directories(folder);
    auto opened = SqliteStore::open(folder, StoreMode::create_and_migrate);
    if (!opened) {
        fmt::print(stderr, "bench_store: {}: {}\n", folder, opened.error().what.key);
        return 1;
    }
    SqliteStore& store = **opened;
    Crowd crowd;
    for (int i = 0; i < 256; ++i) {
        crowd.add(put_users(store, i, 256));
    }
    crowd.run();
    bench_writes(store, folder);
    bench_reads(store, folder + "/mcp.db");
    return 0;
}

} // namespace
} // namespace mcp::bench

int main(int argc, char** argv) {
    const std::string base = argc > 1 ? argv[1] : std::filesystem::temp_directory_path().string();
    const std::string folder = base + "/mcp-bench-store";
    const int status = mcp::bench::run(folder);
    std::filesystem::remove_all(folder);
    return status;
}
