#include "adapters/store/sqlite/node_facts.hpp"

namespace mcp::adapters::sqlite {

void keep_snapshot(Connection& connection, std::int64_t uid, const ports::Snapshot& snapshot, Time now) {
    connection.change("INSERT INTO snapshots (node, day, uid, written_at, facts) VALUES (?1, ?2, ?3, ?4, ?5) "
                      "ON CONFLICT (node, day) DO UPDATE SET uid = excluded.uid, written_at = excluded.written_at, "
                      "facts = excluded.facts",
                      snapshot.node, snapshot.day, uid, now, snapshot.facts);
}

std::vector<ports::Snapshot> snapshots(Connection& connection, const domain::PubKey& node, Day from, Day before) {
    std::vector<ports::Snapshot> found;
    Rows rows = connection.rows("SELECT day, facts FROM snapshots WHERE node = ?1 AND day >= ?2 AND day < ?3 "
                                "ORDER BY day",
                                node, from, before);
    while (rows.next()) {
        found.push_back({.node = node, .day = rows.day(), .facts = rows.text()});
    }
    return found;
}

std::optional<ports::KeptOpenings> openings(Connection& connection, const domain::PubKey& node) {
    Rows found = connection.rows("SELECT channels, computed_on, advice FROM openings WHERE node = ?1", node);
    if (!found.next()) {
        return std::nullopt;
    }
    return ports::KeptOpenings{
        .node = node, .channels = found.text(), .computed_on = found.day(), .advice = found.text()};
}

Result<void> keep_openings(Connection& connection, const ports::KeptOpenings& openings) {
    connection.change("INSERT INTO openings (node, channels, computed_on, advice) VALUES (?1, ?2, ?3, ?4) "
                      "ON CONFLICT (node) DO UPDATE SET channels = excluded.channels, "
                      "computed_on = excluded.computed_on, advice = excluded.advice",
                      openings.node, openings.channels, openings.computed_on, openings.advice);
    return {};
}

void remove_node_facts(Connection& connection, std::int64_t uid) {
    connection.change("DELETE FROM answers WHERE subject IN (SELECT lower(hex(node)) FROM (SELECT node FROM snapshots "
                      "WHERE uid = ?1 UNION SELECT node FROM users WHERE uid = ?1 AND node IS NOT NULL) "
                      "WHERE node NOT IN (SELECT node FROM users WHERE node IS NOT NULL AND uid <> ?1))",
                      uid);
    connection.change("DELETE FROM openings WHERE node IN (SELECT node FROM snapshots WHERE uid = ?1 "
                      "UNION SELECT node FROM users WHERE uid = ?1) "
                      "AND node NOT IN (SELECT node FROM users WHERE node IS NOT NULL AND uid <> ?1)",
                      uid);
    connection.change("DELETE FROM snapshots WHERE uid = ?1 "
                      "AND node NOT IN (SELECT node FROM users WHERE node IS NOT NULL AND uid <> ?1)",
                      uid);
    connection.change("DELETE FROM snapshots WHERE node = (SELECT node FROM users WHERE uid = ?1)", uid);
}

} // namespace mcp::adapters::sqlite
