#pragma once
#include "base/error.hpp"
#include "domain/outside.hpp"
#include "domain/pub_key.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the answers of Amboss say, read without a network. Contracts: docs/reference/sources.md.
namespace mcp::adapters::amboss {

/// What a GraphQL answer says under one of the names that were asked for: its value as JSON text, or its error; nothing
/// when it is silent about it because an error under another name spoilt the whole.
using Part = std::optional<Result<std::string>>;

/// Takes an answer apart. Errors are looked at before the data: one beneath a name is that name's alone, whatever else
/// stands there; one without name counts where there is no data.
/// @param fields names at the top of the query
/// @return one part a name, at least one of them told; an error when the answer says nothing of any: rate_limited,
/// unauthenticated, not_found, unavailable by the words of its first error, or bad_upstream for what is no GraphQL
/// answer
[[nodiscard]] Result<std::vector<Part>> split_answer(std::string_view body, std::span<const std::string> fields);

/// A node's part: adds nothing when Amboss does not know the node.
[[nodiscard]] Result<void> read_node(std::string_view part, Time asked_at, domain::Outside& outside);
/// The network's part; Amboss does not date it.
[[nodiscard]] Result<void> read_network(std::string_view part, Time asked_at, domain::Outside& outside);

/// Whose node a part tells of; nothing when it tells of none.
[[nodiscard]] std::optional<domain::PubKey> node_of(std::string_view part);

} // namespace mcp::adapters::amboss
