#pragma once
#include "graph/csr_graph.hpp"

#include <ostream>
#include <rapidcheck.h>
#include <vector>

namespace mcp::graph {

inline void showValue(const Arc& arc, std::ostream& out) {
    out << arc.from << "->" << arc.to << " (" << arc.weight << ")";
}

} // namespace mcp::graph

namespace mcp::tests {

/// A graph as rapidcheck draws, shows and shrinks it.
struct RandomGraph {
    std::uint32_t vertices;
    std::vector<graph::Arc> arcs;

    [[nodiscard]] graph::CsrGraph build() const { return graph::CsrGraph::build(vertices, arcs); }
};

inline void showValue(const RandomGraph& random, std::ostream& out) {
    out << random.vertices << " vertices, arcs ";
    rc::show(random.arcs, out);
}

namespace detail {

/// Few different weights, so that equal paths are common; 1 to 3, or about what a fee weighs in a fee graph.
inline rc::Gen<std::int64_t> weights() {
    return rc::gen::element<std::int64_t>(1, 1, 2, 3, 1000, 1001, 2000, 5'000'001'000);
}

/// Any pairs, self-loops and repetitions among them; sparse enough for lone vertices and several components.
inline rc::Gen<std::vector<graph::Arc>> tangle(std::uint32_t vertices) {
    const auto vertex = rc::gen::inRange<graph::Vertex>(0, vertices);
    return rc::gen::container<std::vector<graph::Arc>>(rc::gen::construct<graph::Arc>(vertex, vertex, weights()));
}

/// Hangs `count` more vertices, each on any earlier one, joined one way, the other or both.
inline void hang_pendants(RandomGraph& random, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
        const graph::Vertex pendant = random.vertices++;
        const auto stem = *rc::gen::inRange<graph::Vertex>(0, pendant);
        const int ways = *rc::gen::inRange(1, 4);
        if (ways & 1) {
            random.arcs.push_back({pendant, stem, *weights()});
        }
        if (ways & 2) {
            random.arcs.push_back({stem, pendant, *weights()});
        }
    }
}

inline void make_hops(RandomGraph& random) {
    const std::vector<graph::Arc> one_way = random.arcs;
    random.arcs.clear();
    for (const graph::Arc& arc : one_way) {
        random.arcs.push_back({arc.from, arc.to, 1});
        random.arcs.push_back({arc.to, arc.from, 1});
    }
}

} // namespace detail

/// Any directed graph with weights: a tangle, and trees that hang on it.
inline rc::Gen<RandomGraph> fee_graphs() {
    return rc::gen::exec([] {
        RandomGraph random{*rc::gen::inRange<std::uint32_t>(1, 60), {}};
        random.arcs = *detail::tangle(random.vertices);
        detail::hang_pendants(random, *rc::gen::inRange<std::uint32_t>(0, 15));
        return random;
    });
}

/// The same, every arc both ways and of weight 1.
inline rc::Gen<RandomGraph> hop_graphs() {
    return rc::gen::map(fee_graphs(), [](RandomGraph random) {
        detail::make_hops(random);
        return random;
    });
}

} // namespace mcp::tests
