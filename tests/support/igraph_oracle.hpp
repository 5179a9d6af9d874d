#pragma once
#include "graph/csr_graph.hpp"

#include <igraph/igraph.h>
#include <vector>

/// Betweenness as igraph's C library computes it, for comparison only.
namespace mcp::test {
namespace detail {

/// Arcs as igraph takes them: pairs of ends, and a weight for each pair.
struct IgraphArcs {
    std::vector<igraph_integer_t> ends;
    std::vector<igraph_real_t> weights;
};

inline std::vector<double> run_igraph(const IgraphArcs& arcs, std::uint32_t vertices, bool directed, bool weighted) {
    igraph_vector_int_t ends{};
    igraph_vector_int_view(&ends, arcs.ends.data(), static_cast<igraph_integer_t>(arcs.ends.size()));
    igraph_vector_t weights{};
    igraph_vector_view(&weights, arcs.weights.data(), static_cast<igraph_integer_t>(arcs.weights.size()));
    igraph_t graph{};
    igraph_create(&graph, &ends, vertices, directed);
    igraph_vector_t result{};
    igraph_vector_init(&result, 0);
    igraph_betweenness(&graph, &result, igraph_vss_all(), directed, weighted ? &weights : nullptr);
    std::vector<double> values(VECTOR(result), VECTOR(result) + igraph_vector_size(&result));
    igraph_vector_destroy(&result);
    igraph_destroy(&graph);
    return values;
}

inline IgraphArcs igraph_arcs(const graph::CsrGraph& graph, bool directed) {
    IgraphArcs arcs;
    for (graph::Vertex v = 0; v < graph.vertices(); ++v) {
        for (std::uint32_t k = graph.first[v]; k < graph.first[v + 1]; ++k) {
            if (directed || v < graph.target[k]) {
                arcs.ends.insert(arcs.ends.end(), {v, graph.target[k]});
                arcs.weights.push_back(static_cast<double>(graph.weight[k]));
            }
        }
    }
    return arcs;
}

} // namespace detail

/// Directed, by weight, ordered pairs: what graph::betweenness() must equal.
inline std::vector<double> igraph_betweenness_by_fee(const graph::CsrGraph& graph) {
    return detail::run_igraph(detail::igraph_arcs(graph, true), graph.vertices(), true, true);
}

/// Undirected, by hops, unordered pairs: what graph::hop_betweenness() must equal. @pre arcs go both ways
inline std::vector<double> igraph_betweenness_by_hops(const graph::CsrGraph& graph) {
    return detail::run_igraph(detail::igraph_arcs(graph, false), graph.vertices(), false, false);
}

} // namespace mcp::test
