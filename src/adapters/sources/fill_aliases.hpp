#pragma once
#include "domain/network.hpp"

namespace mcp::adapters {

/// Names the nodes of a graph that came without their names (Rapid Gossip Sync; Core Lightning's channels alone), as an
/// older graph knew them: a name is no measurement of the day. Where the graph's source tells no addresses, a node
/// without one gets the older one too, for commands to connect by; `tells.addresses` stays false, so that nobody takes
/// it for what the node announces today.
void fill_aliases(domain::Network& network, const domain::Network& known);

} // namespace mcp::adapters
