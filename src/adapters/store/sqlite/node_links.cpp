#include "adapters/store/sqlite/node_links.hpp"

#include <chrono>

namespace mcp::adapters::sqlite {
namespace {

using domain::LinkKind;
using domain::NodeLink;

std::string_view name_of(LinkKind kind) {
    switch (kind) {
    case LinkKind::lnd:
        return "lnd";
    case LinkKind::cln:
        return "cln";
    case LinkKind::agent:
        return "agent";
    }
    return "";
}

LinkKind link_kind(std::string_view name) {
    return name == "lnd" ? LinkKind::lnd : name == "cln" ? LinkKind::cln : LinkKind::agent;
}

constexpr std::string_view kColumns =
    "id, kind, url, sealed, agent_key, expires_at, node_links.created_at, tried_at, read_at, failure";

/// A query for links. The users come first, so that one in their order goes along their index.
std::string select_links(std::string_view rest) {
    return std::string("SELECT ")
        .append(kColumns)
        .append(" FROM users CROSS JOIN node_links USING (uid) ")
        .append(rest);
}

std::vector<NodeLink> read_links(Rows rows) {
    std::vector<NodeLink> links;
    while (rows.next()) {
        links.push_back({.user_id = rows.text(),
                         .kind = link_kind(rows.text()),
                         .url = rows.text(),
                         .sealed = rows.text(),
                         .agent_key = rows.text(),
                         .expires_at = rows.maybe_time(),
                         .created_at = rows.time(),
                         .tried_at = rows.maybe_time(),
                         .read_at = rows.maybe_time(),
                         .failure = rows.text()});
    }
    return links;
}

std::optional<NodeLink> first_link(Rows rows) {
    std::vector<NodeLink> links = read_links(std::move(rows));
    return links.empty() ? std::nullopt : std::optional(std::move(links.front()));
}

std::optional<std::int64_t> linked_uid(Connection& connection, std::string_view user_id) {
    return connection.number("SELECT uid FROM node_links WHERE uid = (SELECT uid FROM users WHERE id = ?1)", user_id);
}

} // namespace

std::optional<NodeLink> find_link(Connection& connection, std::string_view user_id) {
    static const std::string sql = select_links("WHERE id = ?1");
    return first_link(connection.rows(sql, user_id));
}

std::optional<NodeLink> link_of_agent(Connection& connection, std::string_view agent_key) {
    static const std::string sql = std::string("SELECT ").append(kColumns).append(
        " FROM node_links CROSS JOIN users USING (uid) WHERE agent_key = ?1 AND agent_key <> ''");
    return first_link(connection.rows(sql, agent_key));
}

std::vector<NodeLink> links_after(Connection& connection, std::string_view user_id, std::size_t limit,
                                  bool enabled_only) {
    static const std::string of_all = select_links("WHERE id > ?1 ORDER BY id LIMIT ?2");
    static const std::string of_enabled = select_links("WHERE daily_report = 1 AND id > ?1 ORDER BY id LIMIT ?2");
    return read_links(connection.rows(enabled_only ? of_enabled : of_all, user_id, limit));
}

Result<void> put_link(Connection& connection, const NodeLink& link) {
    const auto uid = connection.number("SELECT uid FROM users WHERE id = ?1", link.user_id);
    if (!uid) {
        return fail(ErrorKind::not_found, {"store.no_user", {}});
    }
    if (connection.number("SELECT 1 FROM node_links WHERE agent_key = ?1 AND agent_key <> '' AND uid <> ?2",
                          link.agent_key, *uid)) {
        return fail(ErrorKind::conflict, {"store.agent_taken", {}});
    }
    connection.change("INSERT INTO node_links (uid, kind, url, sealed, agent_key, expires_at, created_at, tried_at, "
                      "read_at, failure) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
                      "ON CONFLICT (uid) DO UPDATE SET kind = excluded.kind, url = excluded.url, "
                      "sealed = excluded.sealed, agent_key = excluded.agent_key, expires_at = excluded.expires_at, "
                      "created_at = excluded.created_at, tried_at = excluded.tried_at, read_at = excluded.read_at, "
                      "failure = excluded.failure",
                      *uid, name_of(link.kind), link.url, link.sealed, link.agent_key, link.expires_at, link.created_at,
                      link.tried_at, link.read_at, link.failure);
    return {};
}

bool remove_link(Connection& connection, std::string_view user_id) { // statements and watched time follow
    return connection.change("DELETE FROM node_links WHERE uid = (SELECT uid FROM users WHERE id = ?1)", user_id) > 0;
}

void note_link_try(Connection& connection, const ports::LinkTry& tried) {
    connection.change("UPDATE node_links SET tried_at = ?2, failure = ?3, "
                      "read_at = CASE WHEN ?3 = '' THEN ?2 ELSE read_at END "
                      "WHERE uid = (SELECT uid FROM users WHERE id = ?1)",
                      tried.user_id, tried.at, tried.failure);
}

Result<void> keep_statement(Connection& connection, const ports::Statement& statement) {
    const auto uid = linked_uid(connection, statement.user_id);
    if (!uid) {
        return fail(ErrorKind::not_found, {"store.no_link", {}});
    }
    const std::int64_t kept =
        connection.change("INSERT INTO statements (uid, day, node, read_at, text) VALUES (?1, ?2, ?3, ?4, ?5) "
                          "ON CONFLICT (uid, day) DO UPDATE SET node = excluded.node, read_at = excluded.read_at, "
                          "text = excluded.text WHERE read_at < excluded.read_at",
                          *uid, statement.day, statement.node, statement.read_at, statement.text);
    if (kept == 0 && !connection.is_faulty()) {
        return fail(ErrorKind::conflict, {"store.statement_old", {}});
    }
    return {};
}

std::vector<ports::Statement> statements(Connection& connection, std::string_view user_id, Day from, Day before) {
    std::vector<ports::Statement> found;
    Rows rows = connection.rows("SELECT node, day, read_at, text FROM statements "
                                "WHERE uid = (SELECT uid FROM users WHERE id = ?1) AND day >= ?2 AND day < ?3 "
                                "ORDER BY day",
                                user_id, from, before);
    while (rows.next()) {
        found.push_back({.user_id = std::string(user_id),
                         .node = rows.key(),
                         .day = rows.day(),
                         .read_at = rows.time(),
                         .text = rows.text()});
    }
    return found;
}

std::vector<ports::StatementHead> statement_heads(Connection& connection, std::string_view user_id, Day from,
                                                  Day before) {
    std::vector<ports::StatementHead> found;
    Rows rows = connection.rows("SELECT node, day, read_at FROM statements "
                                "WHERE uid = (SELECT uid FROM users WHERE id = ?1) AND day >= ?2 AND day < ?3 "
                                "ORDER BY day",
                                user_id, from, before);
    while (rows.next()) {
        found.push_back({.node = rows.key(), .day = rows.day(), .read_at = rows.time()});
    }
    return found;
}

void add_watched(Connection& connection, const std::vector<ports::WatchedSpan>& spans) {
    for (const ports::WatchedSpan& span : spans) {
        connection.change("INSERT INTO watched (uid, day, watched, reached) SELECT node_links.uid, ?2, ?3, ?4 "
                          "FROM users JOIN node_links USING (uid) WHERE id = ?1 "
                          "ON CONFLICT (uid, day) DO UPDATE SET watched = watched + excluded.watched, "
                          "reached = reached + excluded.reached",
                          span.user_id, span.day, span.span.watched.count(), span.span.reached.count());
    }
}

std::optional<domain::NodeWatched> watched(Connection& connection, std::string_view user_id, Day day) {
    Rows found = connection.rows("SELECT watched, reached FROM watched "
                                 "WHERE uid = (SELECT uid FROM users WHERE id = ?1) AND day = ?2",
                                 user_id, day);
    if (!found.next()) {
        return std::nullopt;
    }
    return domain::NodeWatched{.watched = std::chrono::seconds(found.integer()),
                               .reached = std::chrono::seconds(found.integer())};
}

} // namespace mcp::adapters::sqlite
