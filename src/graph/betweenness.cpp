#include "graph/betweenness.hpp"

#include "graph/beaten_arcs.hpp"
#include "graph/betweenness_reference.hpp"
#include "graph/core_betweenness.hpp"
#include "graph/pendant_trees.hpp"

#include <algorithm>

namespace mcp::graph {
namespace {

bool all_weights_are_1(const CsrGraph& graph) {
    return std::ranges::all_of(graph.weight, [](std::int64_t weight) { return weight == 1; });
}

/// Doubles hold whole numbers up to 2^53 exactly; no shortest path is longer than the dearest arc times the count of
/// vertices.
bool distances_fit_doubles(const CsrGraph& graph) {
    const std::int64_t dearest = graph.weight.empty() ? 0 : std::ranges::max(graph.weight);
    return dearest < (std::int64_t{1} << 53) / std::max<std::int64_t>(graph.vertices(), 1);
}

} // namespace

std::vector<double> betweenness(const CsrGraph& graph, unsigned threads, LanePath path) {
    if (!distances_fit_doubles(graph)) {
        return betweenness_reference(graph);
    }
    const PendantTrees trees(all_weights_are_1(graph) ? graph : without_beaten_arcs(graph));
    return trees.unfold(core_figures(trees, threads, path));
}

std::vector<double> hop_betweenness(const CsrGraph& hop_graph, unsigned threads, LanePath path) {
    std::vector<double> values = betweenness(hop_graph, threads, path);
    for (double& value : values) {
        value /= 2;
    }
    return values;
}

} // namespace mcp::graph
