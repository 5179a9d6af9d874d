#include "adapters/store/sqlite/feedback.hpp"

namespace mcp::adapters::sqlite {

Result<void> put_feedback(Connection& connection, const ports::Feedback& feedback) {
    const std::int64_t kept = connection.change(
        "INSERT INTO feedback (uid, report_id, score, comment, at) SELECT uid, ?2, ?3, ?4, ?5 FROM users WHERE id = ?1 "
        "ON CONFLICT (uid, report_id) DO UPDATE SET score = excluded.score, comment = excluded.comment, "
        "at = excluded.at",
        feedback.user_id, feedback.report_id, feedback.score, feedback.comment, feedback.at);
    return kept == 0 ? fail(ErrorKind::not_found, {"store.no_user", {}}) : Result<void>{};
}

std::vector<int> feedback_scores(Connection& connection, Time since) {
    std::vector<int> scores;
    Rows rows = connection.rows("SELECT score FROM feedback WHERE at >= ?1 ORDER BY at, uid, report_id", since);
    while (rows.next()) {
        scores.push_back(static_cast<int>(rows.integer()));
    }
    return scores;
}

} // namespace mcp::adapters::sqlite
