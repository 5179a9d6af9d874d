#include "graph/betweenness.hpp"
#include "tests/support/closeness.hpp"
#include "tests/support/igraph_oracle.hpp"
#include "tests/support/plain_graph.hpp"
#include "tests/support/real_graphs.hpp"

#include <gtest/gtest.h>

namespace mcp::graph {
namespace {

class SmallRealGraph : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        if (test::real_graphs().empty()) {
            GTEST_SKIP() << "no recorded graphs beside the project (../shared/data/graph)";
        }
        network_ = test::read_plain_graph(test::real_graphs() / GetParam());
        ASSERT_FALSE(network_.channels.empty());
    }

    domain::Network network_;
};

TEST_P(SmallRealGraph, HasTheHopBetweennessThatIgraphComputes) {
    const CsrGraph graph = hop_graph(network_);
    const std::vector<double> expected = test::igraph_betweenness_by_hops(graph);
    for (const LanePath path : lane_paths_here()) {
        EXPECT_LE(test::largest_difference(hop_betweenness(graph, 1, path), expected), 1e-9) << name_of(path);
    }
}

TEST_P(SmallRealGraph, HasTheFeeBetweennessThatIgraphComputes) {
    for (const std::int64_t sats : {50'000, 500'000, 5'000'000}) {
        const CsrGraph graph = fee_graph(network_, to_msat(Sat{sats}));
        const std::vector<double> expected = test::igraph_betweenness_by_fee(graph);
        for (const LanePath path : lane_paths_here()) {
            EXPECT_LE(test::largest_difference(betweenness(graph, 1, path), expected), 1e-9)
                << sats << " sat, " << name_of(path);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Igraph, SmallRealGraph,
                         testing::Values("lnd-2024-03-19.subgraph-10.describegraph.json",
                                         "lnd-2024-03-19.subgraph-50.describegraph.json",
                                         "lnd-2024-03-19.subgraph-100.describegraph.json",
                                         "lnd-testnet-2017-10.describegraph.json"));

} // namespace
} // namespace mcp::graph
