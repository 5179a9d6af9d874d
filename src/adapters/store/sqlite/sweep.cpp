#include "adapters/store/sqlite/sweep.hpp"

#include <algorithm>
#include <sqlite3.h>

namespace mcp::adapters::sqlite {
namespace {

constexpr int kRowsAtOnce = 200;
constexpr int kPagesAtOnce = 2000;
constexpr std::int64_t kSpareShare = 5; // a fifth of the file may be free: a quiet day is followed by a full one
constexpr std::chrono::milliseconds kCheckpointPatience{200};

} // namespace

ports::SweepCounts sweep_some(Connection& connection, Time now) {
    const Time oldest = now - ports::kKept; // what is of this very second stays
    const Day oldest_day = std::chrono::ceil<std::chrono::days>(oldest);
    ports::SweepCounts removed;
    removed.reports = connection.change("DELETE FROM reports WHERE rowid IN (SELECT rowid FROM reports "
                                        "WHERE report_date < ?1 LIMIT ?2)",
                                        oldest_day, kRowsAtOnce);
    removed.others += connection.change("DELETE FROM snapshots WHERE rowid IN (SELECT rowid FROM snapshots "
                                        "WHERE written_at < ?1 LIMIT ?2)",
                                        oldest, kRowsAtOnce);
    removed.others += connection.change("DELETE FROM feedback WHERE (uid, report_id) IN (SELECT uid, report_id "
                                        "FROM feedback WHERE at < ?1 LIMIT ?2)",
                                        oldest, kRowsAtOnce);
    removed.others += connection.change("DELETE FROM openings WHERE rowid IN (SELECT rowid FROM openings "
                                        "WHERE computed_on < ?1 LIMIT ?2)",
                                        oldest_day, kRowsAtOnce);
    removed.others += connection.change("UPDATE answers SET answer = '' WHERE rowid IN (SELECT rowid FROM answers "
                                        "WHERE answered_at < ?1 AND answer <> '' LIMIT ?2)",
                                        oldest, kRowsAtOnce);
    removed.others += connection.change("DELETE FROM answers WHERE rowid IN (SELECT rowid FROM answers "
                                        "WHERE asked_at < ?1 LIMIT ?2)",
                                        oldest, kRowsAtOnce);
    removed.others += connection.change("DELETE FROM answers_of_days WHERE rowid IN (SELECT rowid FROM answers_of_days "
                                        "WHERE answered_at < ?1 LIMIT ?2)",
                                        oldest, kRowsAtOnce);
    removed.others += connection.change("DELETE FROM statements WHERE rowid IN (SELECT rowid FROM statements "
                                        "WHERE read_at < ?1 LIMIT ?2)",
                                        oldest, kRowsAtOnce);
    removed.others += connection.change("DELETE FROM watched WHERE (uid, day) IN (SELECT uid, day FROM watched "
                                        "WHERE day < ?1 LIMIT ?2)",
                                        oldest_day, kRowsAtOnce);
    removed.others += connection.change("DELETE FROM challenges WHERE uid IN (SELECT uid FROM challenges "
                                        "WHERE expires_at < ?1 LIMIT ?2)",
                                        oldest, kRowsAtOnce);
    removed.others += connection.change("DELETE FROM jobs WHERE (run, uid) IN (SELECT jobs.run, jobs.uid FROM jobs "
                                        "JOIN runs ON run = number WHERE started_at < ?1 LIMIT ?2)",
                                        oldest, kRowsAtOnce);
    removed.others += connection.change("DELETE FROM runs WHERE started_at < ?1 AND NOT EXISTS (SELECT 1 FROM jobs "
                                        "WHERE run = number)",
                                        oldest);
    return removed;
}

bool give_back_some_space(Connection& connection) {
    const std::int64_t pages = connection.number("PRAGMA page_count").value_or(0);
    const std::int64_t spare = connection.number("PRAGMA freelist_count").value_or(0);
    const std::int64_t surplus = spare - pages / kSpareShare;
    if (surplus <= kPagesAtOnce) {
        return false;
    }
    static const std::string sql = "PRAGMA incremental_vacuum(" + std::to_string(kPagesAtOnce) + ")";
    connection.change(sql);
    return !connection.is_faulty();
}

void empty_log(Connection& connection) {
    const std::chrono::milliseconds usual = connection.patience();
    connection.set_patience(std::min(usual, kCheckpointPatience));
    sqlite3_wal_checkpoint_v2(connection.handle(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    connection.set_patience(usual);
}

void ping(Connection& connection) {
    connection.change("UPDATE meta SET pings = pings + 1");
}

} // namespace mcp::adapters::sqlite
