#pragma once
#include "graph/path_table.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace mcp::graph {

/// A relation with `peer` of which less is left: today's arc gets a larger weight, or none where absent. Weights
/// smaller than today's change nothing.
struct Closing {
    Vertex peer;
    std::optional<std::int64_t> weight_out; ///< what remains from the node to the peer
    std::optional<std::int64_t> weight_in;  ///< what remains from the peer to the node
};

/// What each closing, alone, would take from the node's betweenness, exactly. Vertices are those of the table.
/// @complexity a search for each closing and direction, then O(n^2 + betweenness of the node)
[[nodiscard]] std::vector<double> closing_losses(const PathTable& table, Vertex node, std::span<const Closing> closings,
                                                 unsigned threads);

} // namespace mcp::graph
