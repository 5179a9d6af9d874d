#pragma once
#include "domain/network.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace mcp::graph {

using Vertex = std::uint32_t; ///< equal to the domain's NodeId when built from a Network

/// One direction of a relation between two nodes. `weight` is in msat (fee + per-hop cost) and at least 1.
struct Arc {
    Vertex from;
    Vertex to;
    std::int64_t weight;
};

/// A directed graph in compressed sparse rows: the arcs out of v are at [first[v], first[v + 1]).
/// No self-loops, at most one arc from one vertex to another (the cheapest), targets ascending.
struct CsrGraph {
    std::vector<std::uint32_t> first; ///< size vertices + 1
    std::vector<Vertex> target;
    std::vector<std::int64_t> weight; ///< msat, >= 1; all 1 in a hop graph

    /// @param arcs any order; self-loops are dropped, of repeated arcs the lightest is kept
    [[nodiscard]] static CsrGraph build(std::uint32_t vertices, std::vector<Arc> arcs);
    [[nodiscard]] std::uint32_t vertices() const { return static_cast<std::uint32_t>(first.size() - 1); }
    [[nodiscard]] std::span<const Vertex> targets(Vertex v) const {
        return std::span(target).subspan(first[v], first[v + 1] - first[v]);
    }
    [[nodiscard]] std::span<const std::int64_t> weights(Vertex v) const {
        return std::span(weight).subspan(first[v], first[v + 1] - first[v]);
    }
    [[nodiscard]] CsrGraph reversed() const;
};

/// What a hop costs besides its fee, so that of two equally cheap routes the shorter one is taken. ANALYSIS: 1 sat.
inline constexpr Msat kHopCost{1000};

/// The hop graph: every channel joins its ends in both directions with weight 1, whatever its policies say.
[[nodiscard]] CsrGraph hop_graph(const domain::Network& network);

/// What it costs `amount` to pass from `side` to the other end of a channel: fee (without inbound fees) + kHopCost,
/// msat.
/// @return nothing unless the direction is usable (domain::usable)
[[nodiscard]] std::optional<std::int64_t> arc_weight(const domain::Channel& channel, domain::Side side, Msat amount);

/// The fee graph of one payment size: an arc for each pair of nodes with a usable direction, weighing what the
/// cheapest parallel channel does (arc_weight).
[[nodiscard]] CsrGraph fee_graph(const domain::Network& network, Msat amount);

} // namespace mcp::graph
