#pragma once
#include "domain/network.hpp"
#include "graph/csr_graph.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace mcp::graph {

/// Which nodes hold the network together, seen by its channels alone: every channel counts, whatever its policies say,
/// because a disabled channel comes back faster than a new one is opened.
/// Articulation points after Hopcroft and Tarjan, "Algorithm 447", CACM 16 (1973).
class Connectivity {
public:
    /// @param hops symmetric, as hop_graph() makes it   @complexity O(nodes + channels), without recursion
    explicit Connectivity(CsrGraph hops);

    /// True when the node belongs to a largest connected part of the network.
    [[nodiscard]] bool in_main_part(Vertex node) const;
    /// True when the loss of the node alone would split the part that it belongs to.
    [[nodiscard]] bool is_articulation(Vertex node) const { return !split_children_[node].empty(); }
    /// Peers whose loss alone leaves `node` outside of the largest connected part, ascending: its single points of
    /// failure. None when it is outside already.   @complexity O(d log n) for d peers
    [[nodiscard]] std::vector<Vertex> cutting_peers(Vertex node) const;

private:
    void explore(Vertex root);
    void leave(Vertex vertex);
    /// Sizes of what is left of the network without `peer`: the piece that `node` is in, the piece that hangs on no
    /// split child, and the largest of all.
    [[nodiscard]] std::uint32_t piece_of(Vertex node, Vertex peer) const;
    [[nodiscard]] std::uint32_t rest_without(Vertex peer) const;
    [[nodiscard]] std::uint32_t largest_piece_without(Vertex peer) const;

    CsrGraph hops_;
    std::vector<std::uint32_t> entered_;   ///< order in which the search met the vertex, from 1
    std::vector<std::uint32_t> low_;       ///< earliest vertex that its subtree reaches by one arc off the tree
    std::vector<std::uint32_t> tree_size_; ///< vertices of its subtree
    std::vector<Vertex> parent_;           ///< itself for a root
    std::vector<std::vector<Vertex>> split_children_; ///< whose subtrees hang on this vertex alone, as entered
    std::vector<std::uint32_t> part_;
    std::vector<std::uint32_t> size_of_part_;
    std::uint32_t main_part_size_ = 0;
    std::uint32_t second_part_size_ = 0; ///< as large as the main part when two are the largest
};

/// What one peer holds of a node's capacity.
struct PeerShare {
    domain::NodeId peer;
    Sat capacity;
    double share; ///< of the node's known capacity, 0..1
};

/// Shares of a node's known capacity by peer, all channels of a peer together, largest first, then by peer.
/// Empty when no capacity is known.
[[nodiscard]] std::vector<PeerShare> capacity_by_peer(const domain::Network& network, domain::NodeId node);

/// Herfindahl-Hirschman index: sum of squared shares, 1/n for n equal peers, 1 for a single one. Absent without shares.
[[nodiscard]] std::optional<double> concentration(const std::vector<PeerShare>& shares);

/// Capital that no one tends at the other end.
struct SilentCapital {
    Sat capacity;
    std::vector<domain::ChannelIx> channels; ///< largest first, then by id
};

/// The node's channels that are silent (graph::is_silent). Absent in an undated graph.
[[nodiscard]] std::optional<SilentCapital> silent_capital(const domain::Network& network, domain::NodeId node);

} // namespace mcp::graph
