#include "graph/beaten_arcs.hpp"

#include <algorithm>
#include <limits>

namespace mcp::graph {
namespace {

struct OutArc {
    std::int64_t weight;
    Vertex to;
};

/// The arcs of every vertex, lightest first: what is too dear to matter ends a loop.
std::vector<OutArc> lightest_first(const CsrGraph& graph) {
    std::vector<OutArc> arcs(graph.target.size());
    for (std::size_t k = 0; k < arcs.size(); ++k) {
        arcs[k] = {graph.weight[k], graph.target[k]};
    }
    for (Vertex v = 0; v < graph.vertices(); ++v) {
        std::sort(arcs.begin() + graph.first[v], arcs.begin() + graph.first[v + 1],
                  [](const OutArc& a, const OutArc& b) { return a.weight < b.weight; });
    }
    return arcs;
}

} // namespace

CsrGraph without_beaten_arcs(const CsrGraph& graph) {
    const std::vector<OutArc> sorted = lightest_first(graph);
    const auto arcs_of = [&](Vertex v) {
        return std::span(sorted).subspan(graph.first[v], graph.first[v + 1] - graph.first[v]);
    };
    constexpr std::int64_t kNoArc = std::numeric_limits<std::int64_t>::min();
    std::vector<std::int64_t> cheapest(graph.vertices(),
                                       kNoArc); // from v, by its arc or two arcs; kNoArc where it has no arc
    std::vector<Arc> kept;
    kept.reserve(sorted.size());
    for (Vertex v = 0; v < graph.vertices(); ++v) {
        for (const OutArc& arc : arcs_of(v)) {
            cheapest[arc.to] = arc.weight;
        }
        for (const OutArc& first : arcs_of(v)) {
            for (const OutArc& second : arcs_of(first.to)) {
                if (first.weight + second.weight >= arcs_of(v).back().weight) {
                    break;
                }
                cheapest[second.to] = std::min(cheapest[second.to], first.weight + second.weight);
            }
        }
        for (const OutArc& arc : arcs_of(v)) {
            if (cheapest[arc.to] == arc.weight) {
                kept.push_back({v, arc.to, arc.weight});
            }
            cheapest[arc.to] = kNoArc;
        }
    }
    return CsrGraph::build(graph.vertices(), std::move(kept));
}

} // namespace mcp::graph
