#include "adapters/store/sqlite/runs.hpp"

#include "adapters/store/sqlite/users.hpp"

namespace mcp::adapters::sqlite {
namespace {

using ports::Claim;
using ports::Run;
using ports::RunKind;
using ports::RunState;

std::string_view name_of(RunKind kind) {
    return kind == RunKind::scheduled ? "scheduled" : "triggered";
}

std::string_view name_of(RunState state) {
    switch (state) {
    case RunState::going_on:
        return "going_on";
    case RunState::ended:
        return "ended";
    case RunState::given_up:
        return "given_up";
    }
    return "";
}

RunState run_state(std::string_view name) {
    return name == "going_on" ? RunState::going_on : name == "ended" ? RunState::ended : RunState::given_up;
}

const std::string& select_runs() {
    static const std::string sql = "SELECT id, kind, day, for_all, state, started_at, ended_at, "
                                   "(SELECT count(*) FROM jobs WHERE run = number AND completed = 1), "
                                   "(SELECT count(*) FROM jobs WHERE run = number AND completed = 0), "
                                   "failure FROM runs ";
    return sql;
}

std::vector<Run> read_runs(Connection& connection, Rows rows) {
    std::vector<Run> runs;
    while (rows.next()) {
        runs.push_back({.id = rows.text(),
                        .kind = rows.text() == "scheduled" ? RunKind::scheduled : RunKind::triggered,
                        .day = rows.day(),
                        .for_all = rows.boolean(),
                        .user_ids = {},
                        .state = run_state(rows.text()),
                        .started_at = rows.time(),
                        .ended_at = rows.maybe_time(),
                        .done = rows.integer(),
                        .failed = rows.integer(),
                        .failure = rows.text()});
    }
    for (Run& run : runs) {
        Rows users = connection.rows("SELECT user_id FROM run_users JOIN runs ON run = number WHERE runs.id = ?1 "
                                     "ORDER BY position",
                                     run.id);
        while (users.next()) {
            run.user_ids.push_back(users.text());
        }
    }
    return runs;
}

std::optional<Run> first_run(Connection& connection, Rows rows) {
    std::vector<Run> runs = read_runs(connection, std::move(rows));
    return runs.empty() ? std::nullopt : std::optional(std::move(runs.front()));
}

void keep_users_of(Connection& connection, const Run& run) {
    std::int64_t position = 0;
    for (const std::string& user : run.user_ids) {
        connection.change("INSERT INTO run_users (run, position, user_id) "
                          "SELECT number, ?2, ?3 FROM runs WHERE id = ?1 ON CONFLICT (run, user_id) DO NOTHING",
                          run.id, ++position, user);
    }
}

/// Who is meant by a run, by its number ?1; apart for the two kinds, so that each goes along its own index.
const std::string& whose_job_is_owed(bool for_all) {
    static const std::string owed = "AND NOT EXISTS (SELECT 1 FROM jobs WHERE run = ?1 AND jobs.uid = users.uid) ";
    static const std::string of_all = "WHERE daily_report = 1 " + owed;
    static const std::string of_named = "WHERE id IN (SELECT user_id FROM run_users WHERE run = ?1) " + owed;
    return for_all ? of_all : of_named;
}

struct RunKey {
    std::int64_t number = 0;
    bool for_all = false;
};

std::optional<RunKey> key_of(Connection& connection, std::string_view run_id) {
    Rows found = connection.rows("SELECT number, for_all FROM runs WHERE id = ?1", run_id);
    if (!found.next()) {
        return std::nullopt;
    }
    return RunKey{.number = found.integer(), .for_all = found.boolean()};
}

} // namespace

Claim claim(Connection& connection, const Run& run) {
    const bool is_scheduled = run.kind == RunKind::scheduled;
    if (is_scheduled && connection.number("SELECT 1 FROM runs WHERE kind = 'scheduled' AND day = ?1", run.day)) {
        return Claim::day_taken;
    }
    if (connection.number("SELECT 1 FROM runs WHERE id = ?1", run.id)) {
        return Claim::id_taken;
    }
    connection.change("INSERT INTO runs (id, kind, day, for_all, state, started_at, ended_at, failure) "
                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                      run.id, name_of(run.kind), run.day, run.for_all, name_of(run.state), run.started_at, run.ended_at,
                      run.failure);
    keep_users_of(connection, run);
    return Claim::ours;
}

std::optional<Run> find_run(Connection& connection, std::string_view id) {
    static const std::string sql = select_runs() + "WHERE id = ?1";
    return first_run(connection, connection.rows(sql, id));
}

std::vector<Run> runs_going_on(Connection& connection) {
    static const std::string sql = select_runs() + "WHERE state = 'going_on' ORDER BY started_at, number";
    return read_runs(connection, connection.rows(sql));
}

std::optional<Run> last_scheduled_run(Connection& connection) {
    static const std::string sql = select_runs() + "WHERE kind = 'scheduled' ORDER BY day DESC LIMIT 1";
    return first_run(connection, connection.rows(sql));
}

Result<void> end_run(Connection& connection, std::string_view id, RunState state, Time now, std::string_view failure) {
    const std::int64_t ended = connection.change(
        "UPDATE runs SET state = ?2, ended_at = ?3, failure = ?4 WHERE id = ?1", id, name_of(state), now, failure);
    return ended == 0 ? fail(ErrorKind::not_found, {"store.no_run", {}}) : Result<void>{};
}

std::vector<domain::User> owed_users(Connection& connection, std::string_view run_id, std::string_view after,
                                     std::size_t limit) {
    static const std::string page = "AND id > ?2 ORDER BY id LIMIT ?3";
    static const std::string of_all = select_users() + whose_job_is_owed(true) + page;
    static const std::string of_named = select_users() + whose_job_is_owed(false) + page;
    const std::optional<RunKey> run = key_of(connection, run_id);
    if (!run) {
        return {};
    }
    return read_users(connection.rows(run->for_all ? of_all : of_named, run->number, after, limit));
}

std::int64_t count_owed_users(Connection& connection, std::string_view run_id) {
    static const std::string of_all = "SELECT count(*) FROM users " + whose_job_is_owed(true);
    static const std::string of_named = "SELECT count(*) FROM users " + whose_job_is_owed(false);
    const std::optional<RunKey> run = key_of(connection, run_id);
    return run ? connection.number(run->for_all ? of_all : of_named, run->number).value_or(0) : 0;
}

} // namespace mcp::adapters::sqlite
