#pragma once
#include "adapters/nodes/node_call.hpp"
#include "async/task.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "domain/own_node.hpp"
#include "ports/own_node.hpp"

#include <vector>

/// Reads an LND by its REST. Nobody is shown the macaroon before /v1/state, which is asked without, has looked like
/// LND's.
namespace mcp::adapters {

/// @param day, known as ports::NodeReader::read has them. A part that may not be read becomes a gap that names the
/// right; a node that is restarted meanwhile is an error as a whole.
[[nodiscard]] Task<Result<domain::OwnNode>> read_lnd(NodeCalls calls, Day day, std::vector<domain::NodeDayFlow> known);

[[nodiscard]] Task<Result<ports::NodeTrial>> try_lnd(NodeCalls calls);

/// /v1/state tells; before 0.13, which has none, /v1/getinfo with the macaroon.
[[nodiscard]] Task<Result<void>> knock_lnd(NodeCalls calls);

} // namespace mcp::adapters
