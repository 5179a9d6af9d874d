#pragma once
#include "base/stop.hpp"
#include "graph/closing_losses.hpp"
#include "graph/csr_graph.hpp"
#include "graph/opening_gains.hpp"
#include "graph/path_table.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace mcp::graph {

/// A channel that a node might open to `peer`. Weights are msat as in the fee graph (fee of the amount + kHopCost), at
/// least 1; a direction that could not carry the amount is absent.
struct Opening {
    Vertex peer;
    std::optional<std::int64_t> weight_out; ///< from the node to the peer: what the node itself would charge
    std::optional<std::int64_t> weight_in;  ///< from the peer to the node: what the peer would charge
};

/// What an opening would add to the node's betweenness. Both parts are exact and they add up, because no shortest path
/// uses both new arcs: docs/design/engine.md, "What-if".
struct OpeningGain {
    Vertex peer;
    double arrivals = 0;   ///< from payments that would come in from the peer; depends on the peer's fee alone
    double departures = 0; ///< from payments that would go out to the peer; depends on the own fee alone
    [[nodiscard]] double total() const { return arrivals + departures; }
};

/// The questions "what if this node opened a channel there, or closed one?" on one fee graph, asked by any node.
/// Prepared once for a graph and amount, then shared by all who ask (const members may run at the same time).
class WhatIf {
public:
    static constexpr std::size_t kMaxTableBytes = 400'000'000;

    /// @param fee_graph at least its arcs' weights >= 1 (csr_graph.hpp)   @param threads 1 or more
    /// @param max_table_bytes above this, answers are as exact but take a search for every vertex each time
    /// @complexity one shortest-path search for every vertex with two arcs out or more; 6 bytes for each pair of such
    [[nodiscard]] static WhatIf prepare(const CsrGraph& fee_graph, unsigned threads,
                                        std::size_t max_table_bytes = kMaxTableBytes);

    /// The weighted betweenness of one vertex as the graph is: what betweenness() says of it.
    [[nodiscard]] double betweenness(Vertex node) const;

    /// The exact gain of each opening taken alone, in the order given. A peer may appear many times (several fees) and
    /// may be a peer already: then only a direction cheaper than today's counts. A node without any usable channel
    /// gains nothing by its first one: nobody passes through a dead end.
    /// @pre no opening's peer is `node`   @complexity O(n^2), n vertices with an arc
    /// @param stop may be asked by several threads at once; once it says so, the answer comes soon and is worth nothing
    [[nodiscard]] std::vector<OpeningGain> open_gains(Vertex node, std::span<const Opening> openings,
                                                      const Stop& stop = {}) const;

    /// The exact loss of each closing taken alone, in the order given; 0 for a peer that is none, or for a channel
    /// that a parallel one replaces at the same price.
    /// @complexity two searches for each closing, then O(n^2 + betweenness of the node)
    [[nodiscard]] std::vector<double> close_losses(Vertex node, std::span<const Closing> closings) const;

    /// Of each answer from now on; where many ask at once, one each does more.
    void answer_on(unsigned threads) { threads_ = threads; }

    [[nodiscard]] bool active(Vertex v) const { return place_[v] != kNowhere; } ///< v has an arc at all
    /// v can pay and be paid by the bulk of the network: it is in a largest strongly connected part.
    [[nodiscard]] bool in_main_part(Vertex v) const { return main_part_[v]; }
    [[nodiscard]] std::size_t table_bytes() const { return table_.bytes(); }

private:
    static constexpr Vertex kNowhere = ~Vertex{0};

    WhatIf(PathTable table, std::vector<Vertex> place, std::vector<bool> main_part, unsigned threads)
        : table_(std::move(table)), place_(std::move(place)), main_part_(std::move(main_part)), threads_(threads) {}

    void add_gains(Leg leg, Vertex node, std::span<const Opening> openings, const Stop& stop,
                   std::vector<OpeningGain>& gains) const;
    /// How many others can be reached from `place` (arrival), or reach it (departure).
    [[nodiscard]] double ends_beyond(Leg leg, Vertex place) const;

    PathTable table_;           ///< of the vertices that have an arc
    std::vector<Vertex> place_; ///< of each vertex in the table, kNowhere without an arc
    std::vector<bool> main_part_;
    unsigned threads_;
};

} // namespace mcp::graph
