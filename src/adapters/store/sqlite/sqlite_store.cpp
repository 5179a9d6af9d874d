#include "adapters/store/sqlite/sqlite_store.hpp"

#include "adapters/store/sqlite/challenges.hpp"
#include "adapters/store/sqlite/feedback.hpp"
#include "adapters/store/sqlite/folder.hpp"
#include "adapters/store/sqlite/fresh_cache.hpp"
#include "adapters/store/sqlite/node_facts.hpp"
#include "adapters/store/sqlite/node_links.hpp"
#include "adapters/store/sqlite/opening.hpp"
#include "adapters/store/sqlite/reports.hpp"
#include "adapters/store/sqlite/runs.hpp"
#include "adapters/store/sqlite/sources.hpp"
#include "adapters/store/sqlite/sweep.hpp"
#include "adapters/store/sqlite/users.hpp"
#include "adapters/store/sqlite/worker.hpp"
#include "adapters/store/sqlite/writer.hpp"

#include <algorithm>
#include <mutex>

namespace mcp::adapters {

using domain::PubKey;
using domain::User;
using sqlite::Connection;

namespace {

constexpr std::size_t kWritesAtOnce = 256;
constexpr std::size_t kReportCacheBytes = std::size_t{32} << 20;
constexpr std::size_t kUserCacheBytes = std::size_t{4} << 20;

std::vector<sqlite::Worker::Hands> hands_of(const std::vector<std::unique_ptr<Connection>>& connections) {
    std::vector<sqlite::Worker::Hands> hands;
    hands.reserve(connections.size());
    for (const std::unique_ptr<Connection>& connection : connections) {
        hands.emplace_back([&reader = *connection](std::span<const std::shared_ptr<sqlite::Job>> jobs) {
            for (const std::shared_ptr<sqlite::Job>& job : jobs) {
                reader.change("BEGIN"); // all statements of one job see the same moment
                job->run(reader);
                reader.change("COMMIT");
                (void)reader.take_fault();
            }
        });
    }
    return hands;
}

/// The version of the database, another one after each transaction that anybody has committed to it, this process or
/// another. Asking touches shared memory only, and waits for nothing.
class Watch {
public:
    explicit Watch(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

    [[nodiscard]] std::optional<std::int64_t> version() {
        const std::lock_guard lock(mutex_);
        const std::optional<std::int64_t> version = connection_->number("PRAGMA data_version");
        return connection_->take_fault() ? version : std::nullopt;
    }

private:
    std::mutex mutex_;
    std::unique_ptr<Connection> connection_;
};

struct Connections {
    std::unique_ptr<Connection> writer;
    std::vector<std::unique_ptr<Connection>> readers;
    std::unique_ptr<Connection> watch;
};

} // namespace

struct SqliteStore::Parts {
    Parts(std::optional<sqlite::FolderLock> taken, Connections opened, bool own_threads)
        : lock(std::move(taken)), writer_connection(std::move(opened.writer)),
          reader_connections(std::move(opened.readers)), watch(std::move(opened.watch)),
          threads(own_threads ? sqlite::Threads::own : sqlite::Threads::callers),
          readers(hands_of(reader_connections), 1, threads),
          writer({[this](auto jobs) { sqlite::write_together(*writer_connection, jobs); }}, kWritesAtOnce, threads) {}

    template <typename Work>
    auto read(Work work) {
        return readers.run(std::move(work));
    }
    template <typename Work>
    auto write(Work work) {
        return writer.run(std::move(work));
    }

    /// What is gone shall not stay in the log either.
    Task<void> empty_log() {
        auto empty = [](Connection& connection) -> Result<void> {
            sqlite::empty_log(connection);
            return {};
        };
        (void)co_await writer.run_alone(empty);
    }

    std::optional<sqlite::FolderLock> lock;
    std::unique_ptr<Connection> writer_connection;
    std::vector<std::unique_ptr<Connection>> reader_connections;
    Watch watch;
    sqlite::FreshCache<ports::StoredReport> latest_reports{kReportCacheBytes};
    sqlite::FreshCache<User> users{kUserCacheBytes};
    sqlite::Threads threads;
    sqlite::Worker readers;
    sqlite::Worker writer; // goes first: what is still to be written is written
};

namespace {

Result<Connections> connect_all(const std::string& file, sqlite::Access access, const StoreOptions& options) {
    Connections connections;
    std::vector<std::unique_ptr<Connection>> all;
    const int readers = options.threads ? std::max(1, options.readers) : 1;
    for (int i = 0; i < readers + 2; ++i) {
        const sqlite::Use use = i == 0 ? sqlite::Use::writing : i == 1 ? sqlite::Use::watching : sqlite::Use::reading;
        Result<std::unique_ptr<Connection>> opened = sqlite::connect(file, use, access);
        if (!opened) {
            return fail(std::move(opened.error()));
        }
        all.push_back(std::move(*opened));
    }
    connections.writer = std::move(all[0]);
    connections.watch = std::move(all[1]);
    connections.readers.assign(std::make_move_iterator(all.begin() + 2), std::make_move_iterator(all.end()));
    return connections;
}

} // namespace

SqliteStore::SqliteStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
SqliteStore::~SqliteStore() = default;

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& folder, StoreMode mode,
                                                       const StoreOptions& options) {
    const bool may_create = mode == StoreMode::create_and_migrate;
    Result<void> found = may_create ? sqlite::make_database_file(folder) : sqlite::find_database_file(folder);
    if (found && mode == StoreMode::existing) {
        found = sqlite::check_folder_writable(folder);
    }
    if (!found) {
        return fail(std::move(found.error()));
    }
    std::optional<sqlite::FolderLock> lock;
    if (options.serves) {
        Result<sqlite::FolderLock> taken = sqlite::FolderLock::take(folder);
        if (!taken) {
            return fail(std::move(taken.error()));
        }
        lock.emplace(std::move(*taken));
    }
    const std::string file = sqlite::database_in(folder);
    if (may_create) {
        const Result<sqlite::Migrated> migrated = sqlite::migrate_file(file, options.is_safe);
        if (!migrated) {
            return fail(migrated.error());
        }
    }
    const sqlite::Access access = mode == StoreMode::read_only ? sqlite::Access::read_only : sqlite::Access::read_write;
    Result<Connections> connections = connect_all(file, access, options);
    if (!connections) {
        return fail(std::move(connections.error()));
    }
    const Result<sqlite::Layout> layout = sqlite::check_layout(*connections->writer);
    if (!layout) {
        return fail(layout.error());
    }
    if (!options.is_safe) {
        sqlite::make_unsafe(*connections->writer);
    }
    connections->writer->set_patience(options.patience);
    if (options.pages_max > 0) {
        sqlite::limit_pages(*connections->writer, options.pages_max);
    }
    auto parts = std::make_unique<Parts>(std::move(lock), std::move(*connections), options.threads);
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(parts)));
}

// Users

Task<Result<std::optional<User>>> SqliteStore::user(std::string id) {
    const std::optional<std::int64_t> version = parts_->watch.version();
    if (version) {
        if (std::optional<User> kept = parts_->users.find(*version, id)) {
            co_return kept;
        }
    }
    auto work = [id](Connection& connection) { return sqlite::find_user(connection, id); };
    Result<std::optional<User>> found = co_await parts_->read(std::move(work));
    if (version && found && *found) {
        parts_->users.keep(*version, id, **found, sizeof(User) + 2 * id.size());
    }
    co_return found;
}

Task<Result<void>> SqliteStore::put_user(User user) {
    auto put = [user = std::move(user)](Connection& connection) -> Result<bool> {
        const bool was_linked = sqlite::find_link(connection, user.id).has_value();
        Result<void> done = sqlite::put_user(connection, user);
        if (!done) {
            return fail(std::move(done.error()));
        }
        return was_linked && !sqlite::find_link(connection, user.id);
    };
    const Result<bool> unlinked = co_await parts_->write(std::move(put));
    if (!unlinked) {
        co_return fail(unlinked.error());
    }
    if (*unlinked) {
        co_await parts_->empty_log();
    }
    co_return Result<void>();
}

Task<Result<User>> SqliteStore::set_language(std::string id, std::optional<domain::Language> language, Time now) {
    return parts_->write([id = std::move(id), language, now](Connection& connection) {
        return sqlite::set_language(connection, id, language, now);
    });
}

Task<Result<void>> SqliteStore::set_daily_report(std::string id, bool enabled, Time now) {
    return parts_->write([id = std::move(id), enabled, now](Connection& connection) {
        return sqlite::set_daily_report(connection, id, enabled, now);
    });
}

Task<Result<bool>> SqliteStore::remove_user(std::string id) {
    auto remove = [id = std::move(id)](Connection& connection) { return sqlite::remove_user(connection, id); };
    Result<bool> removed = co_await parts_->write(std::move(remove));
    if (removed && *removed) {
        co_await parts_->empty_log();
    }
    co_return removed;
}

Task<Result<std::vector<User>>> SqliteStore::users_after(std::string id, std::size_t limit) {
    return parts_->read(
        [id = std::move(id), limit](Connection& connection) { return sqlite::users_after(connection, id, limit); });
}

Task<Result<ports::UserCounts>> SqliteStore::count_users() {
    return parts_->read([](Connection& connection) { return sqlite::count_users(connection); });
}

// Reports

Task<Result<void>> SqliteStore::finish(ports::FinishedReport finished) {
    return parts_->write(
        [finished = std::move(finished)](Connection& connection) { return sqlite::finish(connection, finished); });
}

Task<Result<std::optional<Time>>> SqliteStore::created_at(std::string report_id) {
    return parts_->read([report_id = std::move(report_id)](Connection& connection) {
        return sqlite::created_at(connection, report_id);
    });
}

Task<Result<std::optional<ports::StoredReport>>> SqliteStore::latest(std::string user_id) {
    const std::optional<std::int64_t> version = parts_->watch.version();
    if (version) {
        if (std::optional<ports::StoredReport> kept = parts_->latest_reports.find(*version, user_id)) {
            co_return kept;
        }
    }
    auto work = [user_id](Connection& connection) { return sqlite::latest_report(connection, user_id); };
    Result<std::optional<ports::StoredReport>> found = co_await parts_->read(std::move(work));
    if (version && found && *found) {
        const std::size_t bytes = sizeof(ports::StoredReport) + (**found).document->size();
        parts_->latest_reports.keep(*version, user_id, **found, bytes);
    }
    co_return found;
}

Task<Result<std::optional<ports::StoredReport>>> SqliteStore::report(std::string report_id) {
    return parts_->read([report_id = std::move(report_id)](Connection& connection) {
        return sqlite::find_report(connection, report_id);
    });
}

Task<Result<ports::HistoryPage>> SqliteStore::history(ports::HistoryQuery query) {
    return parts_->read(
        [query = std::move(query)](Connection& connection) { return sqlite::history(connection, query); });
}

Task<Result<ports::ReportCounts>> SqliteStore::count_reports(std::string user_id) {
    return parts_->read(
        [user_id = std::move(user_id)](Connection& connection) { return sqlite::count_reports(connection, user_id); });
}

Task<Result<ports::GenerationStats>> SqliteStore::generated_on(Day day) {
    return parts_->read([day](Connection& connection) { return sqlite::generated_on(connection, day); });
}

Task<Result<std::vector<ports::Snapshot>>> SqliteStore::snapshots(PubKey node, Day from, Day before) {
    return parts_->read(
        [node, from, before](Connection& connection) { return sqlite::snapshots(connection, node, from, before); });
}

// The outbox

Task<Result<std::vector<ports::StoredReport>>> SqliteStore::owed_assets(std::string after_report_id,
                                                                        std::size_t limit) {
    return parts_->read([after = std::move(after_report_id), limit](Connection& connection) {
        return sqlite::owed_assets(connection, after, limit);
    });
}

Task<Result<std::int64_t>> SqliteStore::count_owed_assets() {
    return parts_->read([](Connection& connection) { return sqlite::count_owed_assets(connection); });
}

Task<Result<void>> SqliteStore::settle_asset(std::string report_id, Time generated_at) {
    return parts_->write([report_id = std::move(report_id), generated_at](Connection& connection) {
        return sqlite::settle_asset(connection, report_id, generated_at);
    });
}

// Feedback

Task<Result<void>> SqliteStore::put_feedback(ports::Feedback feedback) {
    return parts_->write([feedback = std::move(feedback)](Connection& connection) {
        return sqlite::put_feedback(connection, feedback);
    });
}

Task<Result<std::vector<int>>> SqliteStore::feedback_scores(Time since) {
    return parts_->read([since](Connection& connection) { return sqlite::feedback_scores(connection, since); });
}

// Runs

Task<Result<ports::Claim>> SqliteStore::claim(ports::Run run) {
    return parts_->write([run = std::move(run)](Connection& connection) { return sqlite::claim(connection, run); });
}

Task<Result<std::optional<ports::Run>>> SqliteStore::run(std::string id) {
    return parts_->read([id = std::move(id)](Connection& connection) { return sqlite::find_run(connection, id); });
}

Task<Result<std::vector<ports::Run>>> SqliteStore::runs_going_on() {
    return parts_->read([](Connection& connection) { return sqlite::runs_going_on(connection); });
}

Task<Result<std::optional<ports::Run>>> SqliteStore::last_scheduled_run() {
    return parts_->read([](Connection& connection) { return sqlite::last_scheduled_run(connection); });
}

Task<Result<void>> SqliteStore::end_run(std::string id, ports::RunState state, Time now, std::string failure) {
    return parts_->write([id = std::move(id), state, now, failure = std::move(failure)](Connection& connection) {
        return sqlite::end_run(connection, id, state, now, failure);
    });
}

Task<Result<std::vector<User>>> SqliteStore::owed_users(std::string run_id, std::string after, std::size_t limit) {
    return parts_->read([run_id = std::move(run_id), after = std::move(after), limit](Connection& connection) {
        return sqlite::owed_users(connection, run_id, after, limit);
    });
}

Task<Result<std::int64_t>> SqliteStore::count_owed_users(std::string run_id) {
    return parts_->read(
        [run_id = std::move(run_id)](Connection& connection) { return sqlite::count_owed_users(connection, run_id); });
}

// Openings

Task<Result<std::optional<ports::KeptOpenings>>> SqliteStore::openings(PubKey node) {
    return parts_->read([node](Connection& connection) { return sqlite::openings(connection, node); });
}

Task<Result<void>> SqliteStore::keep_openings(ports::KeptOpenings openings) {
    return parts_->write([openings = std::move(openings)](Connection& connection) {
        return sqlite::keep_openings(connection, openings);
    });
}

// Sources

Task<Result<void>> SqliteStore::keep_answer(ports::KeptAnswer answer, bool by_day) {
    return parts_->write([answer = std::move(answer), by_day](Connection& connection) {
        return sqlite::keep_answer(connection, answer, by_day);
    });
}

Task<Result<std::vector<ports::KeptAnswer>>> SqliteStore::answers(std::string subject) {
    return parts_->read(
        [subject = std::move(subject)](Connection& connection) { return sqlite::answers(connection, subject); });
}

Task<Result<std::vector<ports::KeptAnswer>>> SqliteStore::answers_of_days(std::string source, std::string question,
                                                                          Day from, Day before) {
    return parts_->read(
        [source = std::move(source), question = std::move(question), from, before](Connection& connection) {
            return sqlite::answers_of_days(connection, source, question, from, before);
        });
}

Task<Result<std::vector<PubKey>>> SqliteStore::nodes_to_ask(std::string source, std::string question, Time asked_before,
                                                            std::size_t limit) {
    return parts_->read(
        [source = std::move(source), question = std::move(question), asked_before, limit](Connection& connection) {
            return sqlite::nodes_to_ask(connection, source, question, asked_before, limit);
        });
}

Task<Result<std::vector<ports::SourceManners>>> SqliteStore::manners() {
    return parts_->read([](Connection& connection) { return sqlite::manners(connection); });
}

Task<Result<void>> SqliteStore::keep_manners(ports::SourceManners manners) {
    return parts_->write(
        [manners = std::move(manners)](Connection& connection) { return sqlite::keep_manners(connection, manners); });
}

// The users' own nodes

Task<Result<std::optional<domain::NodeLink>>> SqliteStore::link(std::string user_id) {
    return parts_->read(
        [user_id = std::move(user_id)](Connection& connection) { return sqlite::find_link(connection, user_id); });
}

Task<Result<void>> SqliteStore::put_link(domain::NodeLink link) {
    auto put = [link = std::move(link)](Connection& connection) -> Result<bool> {
        const std::optional<domain::NodeLink> before = sqlite::find_link(connection, link.user_id);
        Result<void> done = sqlite::put_link(connection, link);
        if (!done) {
            return fail(std::move(done.error()));
        }
        return before && (before->sealed != link.sealed || before->url != link.url);
    };
    const Result<bool> replaced = co_await parts_->write(std::move(put));
    if (!replaced) {
        co_return fail(replaced.error());
    }
    if (*replaced) {
        co_await parts_->empty_log();
    }
    co_return Result<void>();
}

Task<Result<bool>> SqliteStore::remove_link(std::string user_id) {
    auto remove = [id = std::move(user_id)](Connection& connection) { return sqlite::remove_link(connection, id); };
    Result<bool> removed = co_await parts_->write(std::move(remove));
    if (removed && *removed) {
        co_await parts_->empty_log();
    }
    co_return removed;
}

Task<Result<std::optional<domain::NodeLink>>> SqliteStore::link_of_agent(std::string agent_key) {
    return parts_->read([agent_key = std::move(agent_key)](Connection& connection) {
        return sqlite::link_of_agent(connection, agent_key);
    });
}

Task<Result<std::vector<domain::NodeLink>>> SqliteStore::links_after(std::string user_id, std::size_t limit,
                                                                     bool enabled_only) {
    return parts_->read([user_id = std::move(user_id), limit, enabled_only](Connection& connection) {
        return sqlite::links_after(connection, user_id, limit, enabled_only);
    });
}

Task<Result<void>> SqliteStore::note_link_try(ports::LinkTry tried) {
    return parts_->write([tried = std::move(tried)](Connection& connection) -> Result<void> {
        sqlite::note_link_try(connection, tried);
        return {};
    });
}

Task<Result<void>> SqliteStore::keep_statement(ports::Statement statement) {
    return parts_->write([statement = std::move(statement)](Connection& connection) {
        return sqlite::keep_statement(connection, statement);
    });
}

Task<Result<std::vector<ports::Statement>>> SqliteStore::statements(std::string user_id, Day from, Day before) {
    return parts_->read([user_id = std::move(user_id), from, before](Connection& connection) {
        return sqlite::statements(connection, user_id, from, before);
    });
}

Task<Result<std::vector<ports::StatementHead>>> SqliteStore::statement_heads(std::string user_id, Day from,
                                                                             Day before) {
    return parts_->read([user_id = std::move(user_id), from, before](Connection& connection) {
        return sqlite::statement_heads(connection, user_id, from, before);
    });
}

Task<Result<void>> SqliteStore::add_watched(std::vector<ports::WatchedSpan> spans) {
    return parts_->write([spans = std::move(spans)](Connection& connection) -> Result<void> {
        sqlite::add_watched(connection, spans);
        return {};
    });
}

Task<Result<std::optional<domain::NodeWatched>>> SqliteStore::watched(std::string user_id, Day day) {
    return parts_->read([user_id = std::move(user_id), day](Connection& connection) {
        return sqlite::watched(connection, user_id, day);
    });
}

Task<Result<void>> SqliteStore::put_challenge(ports::Challenge challenge) {
    return parts_->write([challenge = std::move(challenge)](Connection& connection) {
        return sqlite::put_challenge(connection, challenge);
    });
}

Task<Result<std::optional<ports::Challenge>>> SqliteStore::take_challenge(std::string user_id) {
    return parts_->write(
        [user_id = std::move(user_id)](Connection& connection) { return sqlite::take_challenge(connection, user_id); });
}

Task<Result<std::optional<std::string>>> SqliteStore::claim_node(std::string user_id, PubKey node,
                                                                 domain::NodeProof proof, Time now) {
    struct Claimed {
        std::optional<std::string> loser;
        bool unlinked = false; ///< whoever's link it was
    };
    auto claim = [user_id = std::move(user_id), node, proof, now](Connection& connection) -> Result<Claimed> {
        const bool was_linked = sqlite::find_link(connection, user_id).has_value();
        Result<std::optional<std::string>> loser = sqlite::claim_node(connection, user_id, node, proof, now);
        if (!loser) {
            return fail(std::move(loser.error()));
        }
        const bool unlinked = *loser || (was_linked && !sqlite::find_link(connection, user_id));
        return Claimed{std::move(*loser), unlinked};
    };
    Result<Claimed> claimed = co_await parts_->write(std::move(claim));
    if (!claimed) {
        co_return fail(std::move(claimed.error()));
    }
    if (claimed->unlinked) {
        co_await parts_->empty_log();
    }
    co_return std::move(claimed->loser);
}

// Upkeep

Task<Result<ports::SweepCounts>> SqliteStore::sweep(Time now) {
    ports::SweepCounts all;
    while (true) {
        auto some = [now](Connection& connection) { return sqlite::sweep_some(connection, now); };
        const Result<ports::SweepCounts> removed = co_await parts_->write(some);
        if (!removed) {
            co_return fail(removed.error());
        }
        all.reports += removed->reports;
        all.others += removed->others;
        if (removed->reports == 0 && removed->others == 0) {
            break;
        }
    }
    while (true) {
        auto some = [](Connection& connection) { return sqlite::give_back_some_space(connection); };
        const Result<bool> more = co_await parts_->write(some);
        if (!more) {
            co_return fail(more.error());
        }
        if (!*more) {
            co_return all;
        }
    }
}

Task<Result<std::optional<Time>>> SqliteStore::last_success() {
    return parts_->read([](Connection& connection) { return sqlite::last_success(connection); });
}

Task<Result<void>> SqliteStore::ping() {
    return parts_->write([](Connection& connection) -> Result<void> {
        sqlite::ping(connection);
        return {};
    });
}

} // namespace mcp::adapters
