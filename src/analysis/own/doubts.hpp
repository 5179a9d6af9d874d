#pragma once
#include "base/message.hpp"
#include "domain/own_node.hpp"

#include <span>
#include <vector>

namespace mcp::analysis {

/// Why what the node told of the moment may not be the whole, one clause each.
[[nodiscard]] std::vector<Message> words_of(std::span<const domain::NodeDoubt> doubts);

} // namespace mcp::analysis
