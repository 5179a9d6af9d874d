#pragma once
#include "adapters/store/sqlite/connection.hpp"
#include "ports/store.hpp"

#include <optional>
#include <vector>

/// What is kept of nodes beside the reports: snapshots of days, openings. See ports/store.hpp.
namespace mcp::adapters::sqlite {

void keep_snapshot(Connection& connection, std::int64_t uid, const ports::Snapshot& snapshot, Time now);
[[nodiscard]] std::vector<ports::Snapshot> snapshots(Connection& connection, const domain::PubKey& node, Day from,
                                                     Day before);

[[nodiscard]] std::optional<ports::KeptOpenings> openings(Connection& connection, const domain::PubKey& node);
[[nodiscard]] Result<void> keep_openings(Connection& connection, const ports::KeptOpenings& openings);

/// What goes with a user: the facts and answers of the nodes that they have or had, unless a node is another's now.
void remove_node_facts(Connection& connection, std::int64_t uid);

} // namespace mcp::adapters::sqlite
