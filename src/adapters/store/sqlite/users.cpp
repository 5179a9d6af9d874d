#include "adapters/store/sqlite/users.hpp"

#include "adapters/store/sqlite/node_facts.hpp"

#include <algorithm>

namespace mcp::adapters::sqlite {
namespace {

using domain::Language;
using domain::NodeProof;
using domain::User;

tl::unexpected<Error> no_such_user() {
    return fail(ErrorKind::not_found, {"store.no_user", {}});
}

NodeProof proof_of(std::int64_t number) {
    return number == 2 ? NodeProof::signature : number == 1 ? NodeProof::connection : NodeProof::none;
}

std::string_view name_of(Language language) {
    return language == Language::en ? "en" : "fr";
}

/// What becomes of a user's link when their node becomes another one, or none: it was of the node before.
void unlink_from_other(Connection& connection, std::string_view id, const std::optional<domain::PubKey>& node) {
    connection.change("DELETE FROM node_links WHERE uid = (SELECT uid FROM users WHERE id = ?1 AND node IS NOT NULL "
                      "AND node IS NOT ?2)",
                      id, node);
}

} // namespace

std::int64_t proof_number(NodeProof proof) {
    switch (proof) {
    case NodeProof::none:
        return 0;
    case NodeProof::connection:
        return 1;
    case NodeProof::signature:
        return 2;
    }
    return 0;
}

const std::string& select_users() {
    static const std::string sql =
        "SELECT id, tenant, node, node_verified, language, daily_report, created_at, updated_at FROM users ";
    return sql;
}

User read_user(Rows& row) {
    return {.id = row.text(),
            .tenant = row.text(),
            .node = row.maybe_key(),
            .node_proof = proof_of(row.integer()),
            .language = row.text() == "en" ? Language::en : Language::fr,
            .daily_report = row.boolean(),
            .created_at = row.time(),
            .updated_at = row.time()};
}

std::vector<User> read_users(Rows rows) {
    std::vector<User> users;
    while (rows.next()) {
        users.push_back(read_user(rows));
    }
    return users;
}

std::optional<User> find_user(Connection& connection, std::string_view id) {
    static const std::string sql = select_users() + "WHERE id = ?1";
    Rows found = connection.rows(sql, id);
    return found.next() ? std::optional(read_user(found)) : std::nullopt;
}

Result<void> put_user(Connection& connection, const User& user) {
    if (connection.number("SELECT 1 FROM users WHERE id = ?1 AND tenant <> ?2", user.id, user.tenant)) {
        return no_such_user();
    }
    if (connection.number("SELECT 1 FROM users WHERE node = ?1 AND id <> ?2", user.node, user.id)) {
        return fail(ErrorKind::conflict, {"store.node_taken", {}});
    }
    unlink_from_other(connection, user.id, user.node);
    connection.change(
        "INSERT INTO users (id, tenant, node, node_verified, language, daily_report, created_at, updated_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
        "ON CONFLICT (id) DO UPDATE SET node = excluded.node, node_verified = excluded.node_verified, "
        "language = excluded.language, daily_report = excluded.daily_report, updated_at = excluded.updated_at",
        user.id, user.tenant, user.node, proof_number(user.node_proof), name_of(user.language), user.daily_report,
        user.created_at, user.updated_at);
    return {};
}

Result<User> set_language(Connection& connection, std::string_view id, std::optional<Language> language, Time now) {
    std::optional<User> user = find_user(connection, id);
    if (!user) {
        return no_such_user();
    }
    user->language = language.value_or(user->language);
    user->updated_at = now;
    connection.change("UPDATE users SET language = ?2, updated_at = ?3 WHERE id = ?1", id, name_of(user->language),
                      now);
    return std::move(*user);
}

Result<void> set_daily_report(Connection& connection, std::string_view id, bool enabled, Time now) {
    const std::int64_t changed =
        connection.change("UPDATE users SET daily_report = ?2, updated_at = ?3 WHERE id = ?1", id, enabled, now);
    return changed == 0 ? no_such_user() : Result<void>{};
}

bool remove_user(Connection& connection, std::string_view id) {
    connection.change("DELETE FROM run_users WHERE user_id = ?1", id);
    const auto uid = connection.number("SELECT uid FROM users WHERE id = ?1", id);
    if (!uid) {
        return false;
    }
    remove_node_facts(connection, *uid);
    connection.change("DELETE FROM users WHERE uid = ?1", *uid); // reports, feedback, ends of jobs and the link follow
    return true;
}

std::vector<User> users_after(Connection& connection, std::string_view id, std::size_t limit) {
    static const std::string sql = select_users() + "WHERE id > ?1 ORDER BY id LIMIT ?2";
    return read_users(connection.rows(sql, id, limit));
}

ports::UserCounts count_users(Connection& connection) {
    Rows counts = connection.rows("SELECT count(*), count(node), coalesce(sum(daily_report), 0) FROM users");
    if (!counts.next()) {
        return {};
    }
    return {.all = counts.integer(), .with_node = counts.integer(), .enabled = counts.integer()};
}

namespace {

/// Takes the node from whoever else has it, if it signed for the taker and not for them. @return whom it was taken from
Result<std::optional<std::string>> take_node(Connection& connection, const domain::PubKey& node, std::string_view taker,
                                             NodeProof proof, Time now) {
    static const std::string sql = select_users() + "WHERE node = ?1 AND id <> ?2";
    std::optional<User> holder;
    {
        Rows found = connection.rows(sql, node, taker);
        holder = found.next() ? std::optional(read_user(found)) : std::nullopt;
    }
    if (!holder) {
        return std::nullopt;
    }
    if (proof != NodeProof::signature || holder->node_proof == NodeProof::signature) {
        return fail(ErrorKind::conflict, {"store.node_taken", {}});
    }
    unlink_from_other(connection, holder->id, std::nullopt);
    connection.change("UPDATE users SET node = NULL, node_verified = ?2, daily_report = 0, updated_at = ?3 "
                      "WHERE id = ?1",
                      holder->id, proof_number(NodeProof::none), now);
    return std::optional(std::move(holder->id));
}

} // namespace

Result<std::optional<std::string>> claim_node(Connection& connection, std::string_view user_id,
                                              const domain::PubKey& node, NodeProof proof, Time now) {
    const std::optional<User> user = find_user(connection, user_id);
    if (!user) {
        return no_such_user();
    }
    Result<std::optional<std::string>> loser = take_node(connection, node, user_id, proof, now);
    if (!loser) {
        return loser;
    }
    const bool has_it = user->node == node;
    const std::int64_t known = proof_number(has_it ? user->node_proof : NodeProof::none);
    unlink_from_other(connection, user_id, node);
    connection.change("UPDATE users SET node = ?2, node_verified = ?3, updated_at = ?4 WHERE id = ?1", user_id, node,
                      std::max(known, proof_number(proof)), now);
    return loser;
}

} // namespace mcp::adapters::sqlite
