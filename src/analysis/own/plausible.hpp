#pragma once
#include "base/message.hpp"
#include "domain/own_node.hpp"

#include <optional>

namespace mcp::analysis {

/// Why nothing of what a node told can be believed: an amount below zero or above all bitcoin, also as a sum over
/// channels or forwards, a count or a time that cannot be. Nothing: it can, and all sums of its amounts fit.
/// Readers bound each value where it enters; a sum over thousands of them is bounded here.
[[nodiscard]] std::optional<Message> impossible_in(const domain::OwnNode& node);

} // namespace mcp::analysis
