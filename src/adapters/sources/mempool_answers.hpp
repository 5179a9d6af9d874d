#pragma once
#include "base/error.hpp"
#include "domain/outside.hpp"
#include "domain/pub_key.hpp"

#include <optional>
#include <string_view>

/// What the answers of mempool.space say, read without a network. Each adds to `outside` what the answer says, or
/// leaves it as it was and returns bad_upstream. Contracts: docs/reference/sources.md.
namespace mcp::adapters::mempool {

/// /api/v1/fees/precise or /recommended: five rates, or nothing.
[[nodiscard]] Result<void> read_fees(std::string_view answer, Time asked_at, domain::Outside& outside);
/// /api/v1/prices: -1 is "not known"; when neither USD nor EUR is, nothing is added.
[[nodiscard]] Result<void> read_price(std::string_view answer, Time asked_at, domain::Outside& outside);
/// /api/v1/lightning/statistics/latest: its newest row, dated by itself.
[[nodiscard]] Result<void> read_network(std::string_view answer, Time asked_at, domain::Outside& outside);
/// /api/v1/lightning/nodes/KEY: adds nothing when mempool does not know the node.
[[nodiscard]] Result<void> read_node(std::string_view answer, Time asked_at, domain::Outside& outside);
/// /api/v1/lightning/channels?status=closed: the page's channels.
[[nodiscard]] Result<void> read_closed(std::string_view answer, Time asked_at, domain::Outside& outside);
/// /api/v1/lightning/nodes/KEY/statistics: rows of days, in any order. Of the newest one that is 7 to 14 days before
/// the newest of all, day, capacity and channels; adds nothing where there is none, as of a node that is not known.
[[nodiscard]] Result<void> read_statistics(std::string_view answer, Time asked_at, domain::Outside& outside);
/// The newest 40 rows of such an answer, to be kept in its place: years of a node would be 100 kB. Rows without a date
/// are among them, for read_statistics() to refuse; what is no such answer stays what it is.
[[nodiscard]] std::string newest_statistics(std::string answer);

/// Whether a body says that the node is not known: mempool tells it as an error, with status 500 or 404.
[[nodiscard]] bool knows_no_such_node(std::string_view body);
/// Whose node an answer tells of; nothing when it tells of none.
[[nodiscard]] std::optional<domain::PubKey> node_of(std::string_view answer);

} // namespace mcp::adapters::mempool
