#include "adapters/store/sqlite/sources.hpp"

namespace mcp::adapters::sqlite {
namespace {

using ports::KeptAnswer;

std::vector<KeptAnswer> read_answers(Rows rows) {
    std::vector<KeptAnswer> answers;
    while (rows.next()) {
        answers.push_back({.source = rows.text(),
                           .question = rows.text(),
                           .subject = rows.text(),
                           .asked_at = rows.time(),
                           .answered_at = rows.time(),
                           .answer = rows.text(),
                           .failure = rows.text()});
    }
    return answers;
}

} // namespace

Result<void> keep_answer(Connection& connection, const KeptAnswer& answer, bool by_day) {
    connection.change("INSERT INTO answers (subject, source, question, asked_at, answered_at, answer, failure) "
                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (subject, source, question) DO UPDATE SET "
                      "asked_at = excluded.asked_at, answered_at = excluded.answered_at, answer = excluded.answer, "
                      "failure = excluded.failure",
                      answer.subject, answer.source, answer.question, answer.asked_at, answer.answered_at,
                      answer.answer, answer.failure);
    if (by_day && !answer.answer.empty()) {
        connection.change("INSERT INTO answers_of_days (source, question, day, asked_at, answered_at, answer, failure) "
                          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (source, question, day) DO UPDATE SET "
                          "asked_at = excluded.asked_at, answered_at = excluded.answered_at, "
                          "answer = excluded.answer, failure = excluded.failure",
                          answer.source, answer.question, std::chrono::floor<std::chrono::days>(answer.answered_at),
                          answer.asked_at, answer.answered_at, answer.answer, answer.failure);
    }
    return {};
}

std::vector<KeptAnswer> answers(Connection& connection, std::string_view subject) {
    return read_answers(connection.rows("SELECT source, question, subject, asked_at, answered_at, answer, failure "
                                        "FROM answers WHERE subject = ?1 ORDER BY source, question",
                                        subject));
}

std::vector<KeptAnswer> answers_of_days(Connection& connection, std::string_view source, std::string_view question,
                                        Day from, Day before) {
    return read_answers(connection.rows("SELECT source, question, '', asked_at, answered_at, answer, failure "
                                        "FROM answers_of_days WHERE source = ?1 AND question = ?2 AND day >= ?3 "
                                        "AND day < ?4 ORDER BY day",
                                        source, question, from, before));
}

std::vector<domain::PubKey> nodes_to_ask(Connection& connection, std::string_view source, std::string_view question,
                                         Time asked_before, std::size_t limit) {
    std::vector<domain::PubKey> nodes;
    // nulls, of nodes that were never asked about, come first in SQLite
    Rows rows =
        connection.rows("SELECT node FROM users LEFT JOIN answers INDEXED BY answers_to_ask ON source = ?1 "
                        "AND question = ?2 AND subject = lower(hex(node)) WHERE daily_report = 1 AND node IS NOT NULL "
                        "AND (asked_at IS NULL OR asked_at < ?3) ORDER BY asked_at, node LIMIT ?4",
                        source, question, asked_before, limit);
    while (rows.next()) {
        nodes.push_back(rows.key());
    }
    return nodes;
}

std::vector<ports::SourceManners> manners(Connection& connection) {
    std::vector<ports::SourceManners> all;
    Rows rows = connection.rows("SELECT source, next_at, failures, breaker_open_until, failure FROM manners "
                                "ORDER BY source");
    while (rows.next()) {
        all.push_back({.source = rows.text(),
                       .next_at = rows.time(),
                       .failures = static_cast<int>(rows.integer()),
                       .breaker_open_until = rows.time(),
                       .failure = rows.text()});
    }
    return all;
}

Result<void> keep_manners(Connection& connection, const ports::SourceManners& manners) {
    connection.change("INSERT INTO manners (source, next_at, failures, breaker_open_until, failure) "
                      "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (source) DO UPDATE SET next_at = excluded.next_at, "
                      "failures = excluded.failures, breaker_open_until = excluded.breaker_open_until, "
                      "failure = excluded.failure",
                      manners.source, manners.next_at, manners.failures, manners.breaker_open_until, manners.failure);
    return {};
}

} // namespace mcp::adapters::sqlite
