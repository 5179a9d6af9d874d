#pragma once
#include "adapters/nodes/node_call.hpp"
#include "async/task.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "domain/own_node.hpp"
#include "ports/own_node.hpp"

#include <vector>

/// Reads a Core Lightning by its plugin clnrest.
namespace mcp::adapters {

/// @param day, known as ports::NodeReader::read has them. A part that may not be read becomes a gap that names the
/// method; without getinfo or channels the whole is an error. The chain's costs are asked for anew for known days too:
/// the bookkeeper enters a closing when its last output is settled, under the day on which it began.
[[nodiscard]] Task<Result<domain::OwnNode>> read_cln(NodeCalls calls, Day day, std::vector<domain::NodeDayFlow> known);

[[nodiscard]] Task<Result<ports::NodeTrial>> try_cln(NodeCalls calls);

/// Core Lightning answers nothing without a rune: getinfo.
[[nodiscard]] Task<Result<void>> knock_cln(NodeCalls calls);

} // namespace mcp::adapters
