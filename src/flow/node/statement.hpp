#pragma once
#include "base/error.hpp"
#include "domain/own_node.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace mcp::flow {

/// What a statement may hold at most. Who tells more is refused: the store holds no larger document, and no node is so
/// busy.
inline constexpr std::size_t kStatementBytesMax = 32u << 20;
inline constexpr std::size_t kStatementRowsMax =
    domain::kFlowRowsMax; ///< of forwards, sizes and failures, all days together

/// What a node told, as JSON text of version 1, on one line: docs/reference/statement.md. Amounts are whole numbers of
/// up to 2.1e18 msat, more than JavaScript keeps apart.
[[nodiscard]] std::string statement_text(const domain::OwnNode& node);

/// The same node again, from text that may be anybody's. What it gives is bounded, clean and safe to add up: no sum of
/// its amounts is more than all bitcoin. Whether the node and the day are the right ones is for the caller to see.
/// @return invalid_input with the path to what cannot be
[[nodiscard]] Result<domain::OwnNode> read_statement(std::string_view text);

} // namespace mcp::flow
