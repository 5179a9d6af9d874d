#include "graph/betweenness.hpp"

#include "graph/betweenness_reference.hpp"

namespace mcp::graph {

std::vector<double> betweenness(const CsrGraph& graph, unsigned /*threads*/) {
    return betweenness_reference(graph);
}

std::vector<double> hop_betweenness(const CsrGraph& hop_graph, unsigned threads) {
    std::vector<double> values = betweenness(hop_graph, threads);
    for (double& value : values) {
        value /= 2;
    }
    return values;
}

} // namespace mcp::graph
