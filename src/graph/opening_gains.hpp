#pragma once
#include "base/stop.hpp"
#include "graph/path_table.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace mcp::graph {

/// Which way payments take over a new channel: in from the peer, or out to it.
enum class Leg { arrival, departure };

/// A new arc from `peer` to the node (arrival) or from the node to `peer` (departure), lighter than today's if any.
struct NewArc {
    Vertex peer;
    std::int64_t weight;
};

/// What each arc, alone, would add to the node's betweenness. Vertices are those of the table.
/// The formula and why it is exact: docs/design/engine.md, "What-if".   @complexity O(n^2), n vertices of the table
[[nodiscard]] std::vector<double> opening_gains(const PathTable& table, Leg leg, Vertex node,
                                                std::span<const NewArc> arcs, unsigned threads, const Stop& stop);

} // namespace mcp::graph
