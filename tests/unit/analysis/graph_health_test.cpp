#include "analysis/graph_health.hpp"

#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::days;
using test::End;
using test::NetworkBuilder;

GraphHealth of(const NetworkBuilder& network) {
    return graph_health(*test::facts_of(network.build()), nullptr);
}

TEST(GraphHealth, ComparesTheNumberOfNodesWithTheEarlierGraph) {
    const auto four = test::facts_of(NetworkBuilder().node("a").node("b").node("c").node("d").build());
    const auto five = test::facts_of(NetworkBuilder().node("a").node("b").node("c").node("d").node("e").build());
    const auto three = test::facts_of(NetworkBuilder().node("a").node("b").node("c").build());
    EXPECT_EQ(graph_health(*four, five.get()).node_ratio, 0.8);
    EXPECT_FALSE(graph_health(*four, five.get()).far_fewer_nodes());
    EXPECT_TRUE(graph_health(*three, five.get()).far_fewer_nodes());
    EXPECT_TRUE(graph_health(*three, five.get()).looks_half_synchronised());
    EXPECT_EQ(graph_health(*four, nullptr).node_ratio, std::nullopt);
    EXPECT_EQ(graph_health(*four, test::facts_of(NetworkBuilder().build()).get()).node_ratio, std::nullopt);
}

TEST(GraphHealth, CountsPoliciesNotRefreshedForFourteenDays) {
    const End old{.ago = days{15}};
    const NetworkBuilder half = NetworkBuilder()
                                    .channel("a", "b", 1, old, {})
                                    .channel("b", "c", 1, old, {.announced = false})
                                    .channel("c", "d", 1, {.ago = days{14}}, {.announced = false});
    EXPECT_EQ(of(half).silent_share, 0.5);
    EXPECT_FALSE(of(half).mostly_silent());
    EXPECT_TRUE(of(NetworkBuilder().channel("a", "b", 1, old, old).channel("b", "c", 1, old, {})).mostly_silent());
}

TEST(GraphHealth, TakesTheDateOfTheChannelForAPolicyWithoutOne) {
    domain::Network network = NetworkBuilder().channel("a", "b", 1).build();
    network.channels[0].policy[0]->updated.reset();
    EXPECT_EQ(graph_health(*test::facts_of(network), nullptr).silent_share, 0.0);
    network.channels[0].updated.reset();
    EXPECT_EQ(graph_health(*test::facts_of(network), nullptr).silent_share, 0.5);
}

TEST(GraphHealth, KnowsNoSilenceWithoutDatesOrPolicies) {
    EXPECT_EQ(of(test::quiet_node().undated()).silent_share, std::nullopt);
    EXPECT_EQ(of(NetworkBuilder().channel("a", "b", 1, {.announced = false}, {.announced = false})).silent_share,
              std::nullopt);
    EXPECT_FALSE(of(test::quiet_node().undated()).looks_half_synchronised());
}

} // namespace
} // namespace mcp::analysis
