#pragma once
#include "graph/csr_graph.hpp"

#include <memory>
#include <vector>

namespace mcp::bench {

/// Betweenness by Boost Graph's brandes_betweenness_centrality on its compressed sparse rows, ordered pairs.
class BoostGraph {
public:
    explicit BoostGraph(const graph::CsrGraph& graph);
    ~BoostGraph();

    [[nodiscard]] std::vector<double> betweenness_by_hops() const;
    [[nodiscard]] std::vector<double> betweenness_by_weight() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_; ///< keeps Boost Graph out of other files
};

} // namespace mcp::bench
