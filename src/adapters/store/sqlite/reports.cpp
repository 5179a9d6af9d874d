#include "adapters/store/sqlite/reports.hpp"

#include "adapters/store/sqlite/node_facts.hpp"

#include <limits>

namespace mcp::adapters::sqlite {
namespace {

using ports::FinishedReport;
using ports::ReportEnd;
using ports::StoredReport;

const std::string& select_reports() {
    static const std::string sql = "SELECT report_id, users.id, users.tenant, report_date, generated_at, completed, "
                                   "document FROM reports JOIN users USING (uid) ";
    return sql;
}

StoredReport read_report(Rows& row) {
    return {.report_id = row.text(),
            .user_id = row.text(),
            .tenant_id = row.text(),
            .report_date = row.day(),
            .generated_at = row.time(),
            .end = row.boolean() ? ReportEnd::completed : ReportEnd::failed,
            .document = std::make_shared<const std::string>(row.text())};
}

std::optional<StoredReport> first_report(Rows rows) {
    return rows.next() ? std::optional(read_report(rows)) : std::nullopt;
}

std::vector<StoredReport> all_reports(Rows rows) {
    std::vector<StoredReport> reports;
    while (rows.next()) {
        reports.push_back(read_report(rows));
    }
    return reports;
}

/// A completed report owes its asset from the moment it is there. A failure leaves a completed one alone.
void keep_report(Connection& connection, std::int64_t uid, const FinishedReport& finished) {
    const StoredReport& report = finished.report;
    const bool completed = report.end == ReportEnd::completed;
    const std::string_view document = report.document ? std::string_view(*report.document) : std::string_view();
    connection.change(
        "INSERT INTO reports (uid, report_id, report_date, completed, asset_owed, generated_at, created_at, seconds, "
        "retries, run_id, node, failure, document) VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
        "ON CONFLICT (uid, report_date) DO UPDATE SET completed = excluded.completed, "
        "asset_owed = excluded.asset_owed, generated_at = excluded.generated_at, seconds = excluded.seconds, "
        "retries = excluded.retries, run_id = excluded.run_id, node = excluded.node, failure = excluded.failure, "
        "document = excluded.document WHERE excluded.completed = 1 OR reports.completed = 0",
        uid, report.report_id, report.report_date, completed, report.generated_at, finished.seconds, finished.retries,
        finished.run_id, finished.node, finished.failure, document);
}

/// How the user's job ended in its run, when there is such a run. Of two ends of one job a success counts.
void keep_end_of_job(Connection& connection, std::int64_t uid, const FinishedReport& finished) {
    connection.change("INSERT INTO jobs (run, uid, completed, error, ended_at) "
                      "SELECT number, ?2, ?3, ?4, ?5 FROM runs WHERE id = ?1 "
                      "ON CONFLICT (run, uid) DO UPDATE SET completed = excluded.completed, error = excluded.error, "
                      "ended_at = excluded.ended_at WHERE excluded.completed = 1 OR jobs.completed = 0",
                      finished.run_id, uid, finished.report.end == ReportEnd::completed, finished.failure,
                      finished.report.generated_at);
}

} // namespace

Result<void> finish(Connection& connection, const FinishedReport& finished) {
    const StoredReport& report = finished.report;
    const auto uid =
        connection.number("SELECT uid FROM users WHERE id = ?1 AND tenant = ?2", report.user_id, report.tenant_id);
    if (!uid) {
        return fail(ErrorKind::not_found, {"store.no_user", {}});
    }
    keep_report(connection, *uid, finished);
    keep_end_of_job(connection, *uid, finished);
    if (finished.snapshot) {
        keep_snapshot(connection, *uid, *finished.snapshot, report.generated_at);
    }
    return {};
}

std::optional<Time> created_at(Connection& connection, std::string_view report_id) {
    Rows found = connection.rows("SELECT created_at FROM reports WHERE report_id = ?1", report_id);
    return found.next() ? std::optional(found.time()) : std::nullopt;
}

std::optional<StoredReport> latest_report(Connection& connection, std::string_view user_id) {
    static const std::string sql =
        select_reports() + "WHERE users.id = ?1 AND completed = 1 ORDER BY report_date DESC LIMIT 1";
    return first_report(connection.rows(sql, user_id));
}

std::optional<StoredReport> find_report(Connection& connection, std::string_view report_id) {
    static const std::string sql = select_reports() + "WHERE report_id = ?1";
    return first_report(connection.rows(sql, report_id));
}

ports::HistoryPage history(Connection& connection, const ports::HistoryQuery& query) {
    static const std::string fits = "WHERE users.id = ?1 AND report_date > ?2 AND (completed = 1 OR ?3) ";
    static const std::string page = select_reports() + fits + "ORDER BY report_date DESC LIMIT ?4 OFFSET ?5";
    static const std::string count = "SELECT count(*) FROM reports JOIN users USING (uid) " + fits;
    ports::HistoryPage answer;
    answer.total = connection.number(count, query.user_id, query.after, query.with_failures).value_or(0);
    if (query.limit > 0 && query.page > 0 && query.page - 1 <= answer.total / query.limit) {
        answer.reports = all_reports(connection.rows(page, query.user_id, query.after, query.with_failures, query.limit,
                                                     (query.page - 1) * query.limit));
    }
    return answer;
}

ports::ReportCounts count_reports(Connection& connection, std::string_view user_id) {
    ports::ReportCounts counts;
    counts.completed =
        connection
            .number("SELECT count(*) FROM reports JOIN users USING (uid) WHERE users.id = ?1 AND completed = 1",
                    user_id)
            .value_or(0);
    Rows newest = connection.rows("SELECT generated_at FROM reports JOIN users USING (uid) "
                                  "WHERE users.id = ?1 AND completed = 1 ORDER BY report_date DESC LIMIT 1",
                                  user_id);
    if (newest.next()) {
        counts.last_generated_at = newest.time();
    }
    return counts;
}

ports::GenerationStats generated_on(Connection& connection, Day day) {
    ports::GenerationStats stats;
    stats.completed_ever = connection.number("SELECT count(*) FROM reports WHERE completed = 1").value_or(0);
    Rows rows = connection.rows("SELECT completed, seconds FROM reports WHERE generated_at >= ?1 AND generated_at < ?2 "
                                "ORDER BY seconds",
                                Time(day), Time(day + std::chrono::days{1}));
    while (rows.next()) {
        if (rows.boolean()) {
            stats.seconds.push_back(rows.real());
        } else {
            ++stats.failed;
        }
    }
    stats.completed = static_cast<std::int64_t>(stats.seconds.size());
    return stats;
}

std::optional<Time> last_success(Connection& connection) {
    Rows newest =
        connection.rows("SELECT generated_at FROM reports WHERE completed = 1 ORDER BY generated_at DESC LIMIT 1");
    return newest.next() ? std::optional(newest.time()) : std::nullopt;
}

std::vector<StoredReport> owed_assets(Connection& connection, std::string_view after, std::size_t limit) {
    static const std::string sql =
        select_reports() + "WHERE asset_owed = 1 AND report_id > ?1 ORDER BY report_id LIMIT ?2";
    return all_reports(connection.rows(sql, after, limit));
}

std::int64_t count_owed_assets(Connection& connection) {
    return connection.number("SELECT count(*) FROM reports WHERE asset_owed = 1").value_or(0);
}

Result<void> settle_asset(Connection& connection, std::string_view report_id, Time generated_at) {
    connection.change("UPDATE reports SET asset_owed = 0 WHERE report_id = ?1 AND generated_at <= ?2 "
                      "AND asset_owed = 1",
                      report_id, generated_at);
    return {};
}

} // namespace mcp::adapters::sqlite
