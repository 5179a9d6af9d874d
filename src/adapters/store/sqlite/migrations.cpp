#include "adapters/store/sqlite/migrations.hpp"

#include "adapters/store/sqlite/faults.hpp"

#include <array>
#include <fmt/format.h>
#include <sqlite3.h>

namespace mcp::adapters::sqlite {
namespace {

// Times are seconds since 1970 (UTC), days are days since 1970, node keys their 33 bytes. `sqlite3 mcp.db` shows them
// as people read them: datetime(generated_at, 'unixepoch'), date(report_date * 86400, 'unixepoch'), hex(node).
constexpr std::string_view kFirst = R"sql(
PRAGMA application_id = 0x6d637061;

CREATE TABLE meta (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    schema_version INTEGER NOT NULL,
    minimum_reader INTEGER NOT NULL,
    readable_by TEXT NOT NULL,
    pings INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO meta (only_row, schema_version, minimum_reader, readable_by) VALUES (1, 0, 0, '');

CREATE TABLE users (
    uid INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL,
    node BLOB UNIQUE,
    node_verified INTEGER NOT NULL,
    language TEXT NOT NULL,
    daily_report INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX users_enabled ON users (id) WHERE daily_report = 1;

CREATE TABLE reports (
    uid INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    report_id TEXT NOT NULL UNIQUE,
    report_date INTEGER NOT NULL,
    completed INTEGER NOT NULL,
    asset_owed INTEGER NOT NULL,
    generated_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    seconds REAL NOT NULL,
    retries INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    node BLOB,
    failure TEXT NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (uid, report_date)
) STRICT;
CREATE INDEX reports_completed ON reports (uid, report_date DESC) WHERE completed = 1;
CREATE INDEX reports_by_date ON reports (report_date);
CREATE INDEX reports_by_generation ON reports (generated_at, completed, seconds);
CREATE INDEX reports_owing_asset ON reports (report_id) WHERE asset_owed = 1;

CREATE TABLE snapshots (
    node BLOB NOT NULL,
    day INTEGER NOT NULL,
    uid INTEGER REFERENCES users ON DELETE SET NULL,
    written_at INTEGER NOT NULL,
    facts TEXT NOT NULL,
    UNIQUE (node, day)
) STRICT;
CREATE INDEX snapshots_by_user ON snapshots (uid);
CREATE INDEX snapshots_by_age ON snapshots (written_at);

CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    day INTEGER NOT NULL,
    for_all INTEGER NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    failure TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX runs_scheduled ON runs (day) WHERE kind = 'scheduled';
CREATE INDEX runs_by_age ON runs (started_at);

CREATE TABLE run_users (
    -- the key's columns first: integrity_check of SQLite 3.40 misreads a table without rowid that has them elsewhere
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (run, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_users_by_user ON run_users (user_id);

CREATE TABLE jobs (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    uid INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    completed INTEGER NOT NULL,
    error TEXT NOT NULL,
    ended_at INTEGER NOT NULL,
    PRIMARY KEY (run, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX jobs_by_user ON jobs (uid);

CREATE TABLE feedback (
    uid INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    report_id TEXT NOT NULL,
    score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 10),
    comment TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (uid, report_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX feedback_by_age ON feedback (at);

CREATE TABLE openings (
    node BLOB PRIMARY KEY,
    channels TEXT NOT NULL,
    computed_on INTEGER NOT NULL,
    advice TEXT NOT NULL
) STRICT;
CREATE INDEX openings_by_age ON openings (computed_on);
)sql";

// `subject` is the key of a node in hexadecimal digits, or empty for the network. The last index answers which nodes
// are to be asked without touching an answer.
constexpr std::string_view kSources = R"sql(
CREATE TABLE answers (
    subject TEXT NOT NULL,
    source TEXT NOT NULL,
    question TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    answer TEXT NOT NULL,
    failure TEXT NOT NULL,
    UNIQUE (subject, source, question)
) STRICT;
CREATE INDEX answers_by_try ON answers (asked_at);
CREATE INDEX answers_by_age ON answers (answered_at) WHERE answer <> '';
CREATE INDEX answers_to_ask ON answers (source, question, subject, asked_at);

CREATE TABLE answers_of_days (
    source TEXT NOT NULL,
    question TEXT NOT NULL,
    day INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    answer TEXT NOT NULL,
    failure TEXT NOT NULL,
    UNIQUE (source, question, day)
) STRICT;
CREATE INDEX answers_of_days_by_age ON answers_of_days (answered_at);

CREATE TABLE manners (
    source TEXT PRIMARY KEY,
    next_at INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    breaker_open_until INTEGER NOT NULL,
    failure TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// What a link brought goes with it, and a link with its user. users.node_verified says how much a node is theirs, see
// users.cpp.
constexpr std::string_view kOwnNodes = R"sql(
CREATE TABLE node_links (
    uid INTEGER PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    sealed TEXT NOT NULL,
    agent_key TEXT NOT NULL,
    expires_at INTEGER,
    created_at INTEGER NOT NULL,
    tried_at INTEGER,
    read_at INTEGER,
    failure TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX node_links_of_agents ON node_links (agent_key) WHERE agent_key <> '';

CREATE TABLE statements (
    uid INTEGER NOT NULL REFERENCES node_links ON DELETE CASCADE,
    day INTEGER NOT NULL,
    node BLOB NOT NULL,
    read_at INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (uid, day)
) STRICT;
CREATE INDEX statements_by_age ON statements (read_at);

CREATE TABLE watched (
    uid INTEGER NOT NULL REFERENCES node_links ON DELETE CASCADE,
    day INTEGER NOT NULL,
    watched INTEGER NOT NULL,
    reached INTEGER NOT NULL,
    PRIMARY KEY (uid, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX watched_by_age ON watched (day);

CREATE TABLE challenges (
    uid INTEGER PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    node BLOB NOT NULL,
    text TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX challenges_by_age ON challenges (expires_at);
)sql";

constexpr std::array kMigrations = {
    Migration{.version = 1, .minimum_reader = 1, .program = "0.1.0", .sql = kFirst},
    Migration{.version = 2, .minimum_reader = 1, .program = "0.1.0", .sql = kSources},
    Migration{.version = 3, .minimum_reader = 1, .program = "0.1.0", .sql = kOwnNodes},
};

constexpr std::int64_t kApplicationId = 0x6d637061; // "mcpa"

/// The first program that knows layouts up to `version`.
std::string_view program_of(std::span<const Migration> known, int version) {
    for (const Migration& step : known) {
        if (step.version == version) {
            return step.program;
        }
    }
    return "";
}

void apply(Connection& connection, const Layout& from, std::span<const Migration> known) {
    int minimum_reader = from.minimum_reader;
    for (const Migration& step : known) {
        if (step.version > from.version) {
            connection.script(std::string(step.sql));
            minimum_reader = std::max(minimum_reader, step.minimum_reader);
        }
    }
    connection.change("UPDATE meta SET schema_version = ?1, minimum_reader = ?2, readable_by = ?3",
                      known.back().version, minimum_reader, program_of(known, minimum_reader));
}

} // namespace

std::span<const Migration> migrations() {
    return kMigrations;
}

Result<Layout> read_layout(Connection& connection) {
    const auto owner = connection.number("PRAGMA application_id");
    const auto tables = connection.number("SELECT count(*) FROM sqlite_schema");
    if (Result<void> read = connection.take_fault(); !read) {
        return fail(std::move(read.error()));
    }
    if (owner == 0 && tables == 0) {
        return Layout{};
    }
    if (owner != kApplicationId) {
        Error error{ErrorKind::unavailable, {"store.foreign", {}}};
        return fail(std::move(error).in(at_path(connection.file())));
    }
    std::optional<Layout> layout;
    {
        Rows meta = connection.rows("SELECT schema_version, minimum_reader, readable_by FROM meta");
        if (meta.next()) {
            layout = Layout{.version = static_cast<int>(meta.integer()),
                            .minimum_reader = static_cast<int>(meta.integer()),
                            .readable_by = meta.text()};
        }
    }
    Result<void> read = connection.take_fault();
    if (!read && read.error().kind != ErrorKind::internal) {
        return fail(std::move(read.error()));
    }
    if (!layout || layout->version == 0) { // ours by its mark, and yet without its table
        return fail(damaged(connection.file(), "meta"));
    }
    return *layout;
}

Result<void> refuse_too_new(const Layout& layout, const std::string& file, std::span<const Migration> known) {
    if (layout.minimum_reader <= known.back().version) {
        return {};
    }
    Error error{ErrorKind::unavailable, {"store.too_new", {{"version", layout.readable_by}}}};
    return fail(std::move(error).in(at_path(file)));
}

Result<Layout> check_layout(Connection& connection, std::span<const Migration> known) {
    Result<Layout> layout = read_layout(connection);
    if (!layout) {
        return layout;
    }
    if (layout->version < known.back().version) {
        Error error{ErrorKind::unavailable, {"store.too_old", {{"version", std::int64_t{layout->version}}}}};
        return fail(std::move(error).in(at_path(connection.file())));
    }
    if (Result<void> readable = refuse_too_new(*layout, connection.file(), known); !readable) {
        return fail(std::move(readable.error()));
    }
    return layout;
}

Result<Migrated> migrate(Connection& connection, std::span<const Migration> known) {
    connection.script("BEGIN IMMEDIATE"); // two that start at once: the second finds it done
    if (Result<void> begun = connection.take_fault(); !begun) {
        return fail(std::move(begun.error()));
    }
    const Result<Layout> layout = read_layout(connection);
    Result<void> done = layout ? refuse_too_new(*layout, connection.file(), known) : fail(layout.error());
    if (done) {
        if (layout->version < known.back().version) {
            apply(connection, *layout, known);
        }
        connection.script("COMMIT");
        done = connection.take_fault();
    }
    if (!done) {
        if (connection.is_in_transaction()) {
            connection.script("ROLLBACK");
            (void)connection.take_fault();
        }
        return fail(std::move(done.error()));
    }
    return Migrated{.from = layout->version, .to = std::max(layout->version, known.back().version)};
}

} // namespace mcp::adapters::sqlite
