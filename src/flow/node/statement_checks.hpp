#pragma once
#include "base/error.hpp"
#include "domain/own_node.hpp"

namespace mcp::flow {

/// What values that are each believable must be to each other: ascending, each once, the right days, no sum beyond all
/// bitcoin. @return invalid_input with the path to what cannot be
[[nodiscard]] Result<void> check_statement(const domain::OwnNode& node);

} // namespace mcp::flow
