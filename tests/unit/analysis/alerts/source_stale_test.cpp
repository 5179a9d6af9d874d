#include "tests/support/outside_samples.hpp"
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

std::vector<Finding> stale(domain::SourceState graph, domain::SourceState provider, Time now = test::kNoon) {
    domain::Outside outside;
    outside.nodes = {test::planted_outside().nodes.back()}; // Amboss answered at noon
    outside.states = {std::move(provider)};
    const test::Beside beside(std::move(outside), {std::move(graph)}, now);
    const Surroundings surroundings = beside.surroundings();
    return stale_sources(Scene(test::quiet_node().build()).beside(surroundings).input());
}

using domain::SourceStatus;
const domain::SourceState kGoodGraph = test::source_in(domain::source::kGraph, SourceStatus::ok);
const domain::SourceState kGoodProvider = test::source_in(domain::source::kMempool, SourceStatus::ok);
const domain::SourceState kStaleProvider = test::source_in(domain::source::kAmboss, SourceStatus::stale);

TEST(StaleSources, TellOfAGraphThatWasNotRenewed) {
    const auto old = test::source_in(domain::source::kLndGraph, SourceStatus::stale,
                                     Message{"shelf.old", {{"newest", test::kNoon - days{2}}}});
    const std::vector<Finding> findings = stale(old, kGoodProvider);
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].subject, "lnd_graph");
    EXPECT_EQ(test::said(findings[0]),
              "info, to act on\n"
              "The graph was not renewed for this report\n"
              "Why: the graph was not renewed: its newest update is of 23 October 2025, 12:00 UTC. What happened since "
              "is not in this report.");
    EXPECT_FALSE(findings[0].standing->before_is_known);
}

TEST(StaleSources, TellOfAProviderThatHasNotAnsweredForAWeek) {
    EXPECT_TRUE(stale(kGoodGraph, kStaleProvider, test::kNoon + days{7}).empty());
    const std::vector<Finding> findings =
        stale(kGoodGraph, kStaleProvider, test::kNoon + days{7} + std::chrono::seconds{1});
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].subject, "amboss");
    EXPECT_EQ(test::said(findings[0]),
              "info\n"
              "Amboss has not answered for a week\n"
              "It last answered on 25 October 2025, 12:00 UTC. Why: it could not be asked. 'mcp-api check sources' "
              "tries it again.");
    EXPECT_EQ(findings[0].standing->days, 1);
    EXPECT_TRUE(findings[0].standing->before_is_known);
}

TEST(StaleSources, CountTheDaysSinceTheLastAnswerWasAWeekOld) {
    const Finding finding = stale(kGoodGraph, kStaleProvider, test::kNoon + days{10}).at(0);
    EXPECT_EQ(finding.standing->days, 3); // it was 8, 9 and 10 days old
}

TEST(StaleSources, AreNotMadeByFactsOfNodesThatWaitForTheirTurn) {
    domain::Outside outside = test::planted_outside();
    outside.nodes.front().asked_at = test::kNoon - days{20};
    outside.states = {test::source_in(domain::source::kMempool, SourceStatus::stale)};
    outside.states[0].fetched_at = test::kNoon - days{20};
    const test::Beside beside(std::move(outside));
    const Surroundings surroundings = beside.surroundings();
    EXPECT_TRUE(stale_sources(Scene(test::quiet_node().build()).beside(surroundings).input()).empty());
}

TEST(StaleSources, AreQuietWhenAllIsFreshOrNothingIsKnown) {
    EXPECT_TRUE(stale(kGoodGraph, kGoodProvider, test::kNoon + days{30}).empty());
    EXPECT_TRUE(stale_sources(Scene(test::quiet_node().build()).input()).empty());
}

} // namespace
} // namespace mcp::analysis
