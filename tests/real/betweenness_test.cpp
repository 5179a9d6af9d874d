#include "graph/betweenness.hpp"
#include "graph/betweenness_reference.hpp"
#include "tests/real/real_data.hpp"
#include "tests/support/closeness.hpp"
#include "tests/support/igraph_oracle.hpp"

#include <gtest/gtest.h>

namespace mcp::graph {
namespace {

/// The whole mainnet graph of 2025-10-25.
class MainnetGraph : public testing::Test {
protected:
    void SetUp() override { SKIP_WITHOUT(real::october_file(25)); }

    static const domain::Network& network() { return real::october(25); }
    static CsrGraph fees(std::int64_t sats) { return fee_graph(network(), to_msat(Sat{sats})); }
};

TEST_F(MainnetGraph, HasTheHopBetweennessThatIgraphComputes) {
    const CsrGraph graph = hop_graph(network());
    EXPECT_LE(test::largest_difference(hop_betweenness(graph, 2), test::igraph_betweenness_by_hops(graph)), 1e-9);
}

TEST_F(MainnetGraph, HasTheBetweennessBySmallFeesThatIgraphComputes) {
    const CsrGraph graph = fees(50'000);
    EXPECT_LE(test::largest_difference(betweenness(graph, 2), test::igraph_betweenness_by_fee(graph)), 1e-9);
}

TEST_F(MainnetGraph, HasTheBetweennessByMiddlingFeesThatIgraphComputes) {
    const CsrGraph graph = fees(500'000);
    EXPECT_LE(test::largest_difference(betweenness(graph, 2), test::igraph_betweenness_by_fee(graph)), 1e-9);
}

/// The graph without its dearest arcs.
CsrGraph up_to(const CsrGraph& graph, std::int64_t weight_max) {
    std::vector<Arc> arcs;
    for (Vertex v = 0; v < graph.vertices(); ++v) {
        for (std::uint32_t k = graph.first[v]; k < graph.first[v + 1]; ++k) {
            if (graph.weight[k] <= weight_max) {
                arcs.push_back({v, graph.target[k], graph.weight[k]});
            }
        }
    }
    return CsrGraph::build(graph.vertices(), std::move(arcs));
}

// igraph takes two lengths for equal when they differ by less than 1e-10 of their sum. At 5 M sat some directions ask
// for as much as the payment, 5e9 msat: over these, lengths that differ by 1 msat count as one, and igraph is off by up
// to 0.2 %. So igraph is asked about the directions that take a tenth at most, and the whole graph is left to the
// textbook and its 64-bit integers.
TEST_F(MainnetGraph, HasTheBetweennessByLargeFeesThatIgraphComputesAsFarAsItIsExact) {
    const CsrGraph graph = up_to(fees(5'000'000), 500'000'000);
    EXPECT_LE(test::largest_difference(betweenness(graph, 2), test::igraph_betweenness_by_fee(graph)), 1e-9);
}

TEST_F(MainnetGraph, HasTheBetweennessOfTheTextbookByLargeFees) {
    const CsrGraph graph = fees(5'000'000);
    EXPECT_LE(test::largest_difference(betweenness(graph, 2), betweenness_reference(graph)), 1e-9);
}

TEST_F(MainnetGraph, HasTheSameBitsOnEveryLanePathAndAnyCountOfThreads) {
    for (const CsrGraph& graph : {hop_graph(network()), fees(500'000)}) {
        const std::vector<double> values = betweenness(graph, 1, LanePath::portable);
        for (const LanePath path : lane_paths_here()) {
            EXPECT_EQ(betweenness(graph, 2, path), values) << name_of(path);
        }
    }
}

} // namespace
} // namespace mcp::graph
