#include "adapters/store/sqlite/users.hpp"

#include "adapters/store/sqlite/node_facts.hpp"

namespace mcp::adapters::sqlite {
namespace {

using domain::Language;
using domain::User;

tl::unexpected<Error> no_such_user() {
    return fail(ErrorKind::not_found, {"store.no_user", {}});
}

} // namespace

const std::string& select_users() {
    static const std::string sql =
        "SELECT id, tenant, node, node_verified, language, daily_report, created_at, updated_at FROM users ";
    return sql;
}

User read_user(Rows& row) {
    return {.id = row.text(),
            .tenant = row.text(),
            .node = row.maybe_key(),
            .node_verified = row.boolean(),
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
    connection.change(
        "INSERT INTO users (id, tenant, node, node_verified, language, daily_report, created_at, updated_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
        "ON CONFLICT (id) DO UPDATE SET node = excluded.node, node_verified = excluded.node_verified, "
        "language = excluded.language, daily_report = excluded.daily_report, updated_at = excluded.updated_at",
        user.id, user.tenant, user.node, user.node_verified,
        std::string_view(user.language == Language::en ? "en" : "fr"), user.daily_report, user.created_at,
        user.updated_at);
    return {};
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
    connection.change("DELETE FROM users WHERE uid = ?1", *uid); // reports, feedback and ends of jobs follow
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

} // namespace mcp::adapters::sqlite
