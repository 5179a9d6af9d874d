#pragma once
#include "app/node/given_node.hpp"
#include "async/env.hpp"
#include "async/task.hpp"
#include "domain/network.hpp"
#include "domain/report.hpp"
#include "ports/http_client.hpp"

#include <string>

namespace mcp::app {

struct Io;

/// Reads the node that a call names, for the reports of `day`. It may stand anywhere: it is one's own. Advice about the
/// credential is told to `io` as progress.
/// @param tor_proxy for an address that ends in .onion; empty: there is none
[[nodiscard]] Task<Result<domain::OwnNode>> read_own_node(NodeOptions options, Env& env, ports::HttpClient& http,
                                                          std::string tor_proxy, Day day, Io& io);

/// The public key that a report is made of: the node's own. @param asked what `--node` says; empty: nothing
/// @return conflict when that means another node of the network, not_found when it means none
[[nodiscard]] Result<domain::NodeId> find_own_node(const domain::Network& network, const domain::PubKey& own,
                                                   const std::string& asked);

/// How the report tells of the node as its source.
[[nodiscard]] domain::SourceState source_state(const domain::OwnNode& node, Time now);

} // namespace mcp::app
