#include "graph/reliability.hpp"

#include "tests/real/real_data.hpp"

namespace mcp::graph {
namespace {

/// Vertices that can be reached from `start` once `removed` is gone.
std::uint32_t reach_without(const CsrGraph& hops, Vertex start, Vertex removed) {
    std::vector<bool> seen(hops.vertices(), false);
    seen[removed] = seen[start] = true;
    std::vector<Vertex> open = {start};
    std::uint32_t reached = 0;
    while (!open.empty()) {
        const Vertex vertex = open.back();
        open.pop_back();
        ++reached;
        for (const Vertex target : hops.targets(vertex)) {
            if (!seen[target]) {
                seen[target] = true;
                open.push_back(target);
            }
        }
    }
    return reached;
}

TEST(Connectivity, OfTheRealNetworkEqualsRemovingPeersAndSearching) {
    SKIP_WITHOUT(real::october_file(25));
    const CsrGraph hops = hop_graph(real::october(25));
    const Connectivity connectivity(hops);
    constexpr Vertex kStride = 199; // some sixty nodes, spread over the file
    std::uint32_t compared = 0;
    for (Vertex node = 0; node < hops.vertices(); node += kStride) {
        if (!connectivity.in_main_part(node)) {
            continue;
        }
        std::vector<Vertex> expected;
        for (const Vertex peer : hops.targets(node)) {
            if (reach_without(hops, node, peer) < hops.vertices() / 4) { // the main part never shrinks that far
                expected.push_back(peer);
            }
            ++compared;
        }
        EXPECT_EQ(connectivity.cutting_peers(node), expected) << "node " << node;
    }
    EXPECT_GT(compared, 100u);
}

} // namespace
} // namespace mcp::graph
