#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::days;
using test::End;
using test::NetworkBuilder;
using test::Scene;

NetworkBuilder with_nodes(int count) {
    NetworkBuilder network;
    network.node("us");
    for (int i = 1; i < count; ++i) {
        network.node(fmt::format("node {}", i));
    }
    return network;
}

TEST(SourceStale, WarnsOfAGraphWithFarFewerNodesThanTheOneBefore) {
    EXPECT_EQ(test::said(source_stale(Scene(with_nodes(7).build()).after(with_nodes(10).build()).input())),
              "warning, to act on\n"
              "The graph looks half synchronised\n"
              "It has only 70% of the nodes of the graph before it. Figures of position and market may be far off: let "
              "the node synchronise its graph, then take it again.");
    EXPECT_EQ(test::said(source_stale(Scene(with_nodes(8).build()).after(with_nodes(10).build()).input())), "nothing");
    EXPECT_EQ(test::said(source_stale(Scene(with_nodes(7).build()).input())), "nothing");
}

TEST(SourceStale, WarnsWhenMostPoliciesAreOld) {
    const End old{.ago = days{15}};
    NetworkBuilder network = NetworkBuilder().channel("us", "alice", 1, old, old).channel("us", "bob", 1, old, {});
    EXPECT_EQ(test::said(source_stale(Scene(network.build()).input())),
              "warning, to act on\n"
              "The graph looks half synchronised\n"
              "75% of its policies were not refreshed for 14 days. Figures of position and market may be far off: let "
              "the node synchronise its graph, then take it again.");
    EXPECT_EQ(test::said(source_stale(Scene(network.set("us", "bob", {}, {}).build()).input())), "nothing");
}

TEST(SourceStale, SaysNothingOfTheAgeOfAnUndatedGraph) {
    const End old{.ago = days{15}};
    const NetworkBuilder network = NetworkBuilder().channel("us", "alice", 1, old, old).undated();
    EXPECT_EQ(test::said(source_stale(Scene(network.build()).input())), "nothing");
}

} // namespace
} // namespace mcp::analysis
