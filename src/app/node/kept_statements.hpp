#pragma once
#include "async/task.hpp"
#include "domain/own_node.hpp"
#include "ports/store.hpp"

#include <vector>

namespace mcp::app {

/// Keeps what one's own node told in the store of the cache, and recalls what it told there on earlier days: as far
/// back as a report looks. The store knows the node's owner by the node's key, and nothing of how to get into it.
/// Where the store fails the node's word of today is all there is.
/// @return oldest first, `node` last
[[nodiscard]] Task<std::vector<domain::OwnNode>> keep_and_recall(ports::Store& store, domain::OwnNode node);

} // namespace mcp::app
