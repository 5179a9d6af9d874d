#pragma once
#include "base/error.hpp"
#include "domain/network.hpp"

#include <string_view>

namespace mcp::analysis {

/// The one node that a person means by `text`, tried in this order: its public key (66 hex digits); the first 8 or more
/// digits of it, when they fit one node only; its exact alias; its alias without regard to case.
/// @return an error for the reader of the command line: several nodes fit (lists up to 10, most channels first, and
/// asks for the key), or none does (names up to 3 aliases that are near or contain the text)
/// @complexity O(nodes); an unknown alias costs an edit distance to each, about 50 ms on mainnet
[[nodiscard]] Result<domain::NodeId> find_node(const domain::Network& network, std::string_view text);

} // namespace mcp::analysis
