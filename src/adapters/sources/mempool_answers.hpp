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

/// Whether a body says that the node is not known: mempool tells it as an error, with status 500 or 404.
[[nodiscard]] bool knows_no_such_node(std::string_view body);
/// Whose node an answer tells of; nothing when it tells of none.
[[nodiscard]] std::optional<domain::PubKey> node_of(std::string_view answer);

} // namespace mcp::adapters::mempool
