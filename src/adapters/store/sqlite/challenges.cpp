#include "adapters/store/sqlite/challenges.hpp"

namespace mcp::adapters::sqlite {

Result<void> put_challenge(Connection& connection, const ports::Challenge& challenge) {
    const auto uid = connection.number("SELECT uid FROM users WHERE id = ?1", challenge.user_id);
    if (!uid) {
        return fail(ErrorKind::not_found, {"store.no_user", {}});
    }
    connection.change("INSERT INTO challenges (uid, node, text, expires_at) VALUES (?1, ?2, ?3, ?4) "
                      "ON CONFLICT (uid) DO UPDATE SET node = excluded.node, text = excluded.text, "
                      "expires_at = excluded.expires_at",
                      *uid, challenge.node, challenge.text, challenge.expires_at);
    return {};
}

std::optional<ports::Challenge> take_challenge(Connection& connection, std::string_view user_id) {
    Rows taken = connection.rows("DELETE FROM challenges WHERE uid = (SELECT uid FROM users WHERE id = ?1) "
                                 "RETURNING node, text, expires_at",
                                 user_id);
    if (!taken.next()) {
        return std::nullopt;
    }
    return ports::Challenge{
        .user_id = std::string(user_id), .node = taken.key(), .text = taken.text(), .expires_at = taken.time()};
}

} // namespace mcp::adapters::sqlite
