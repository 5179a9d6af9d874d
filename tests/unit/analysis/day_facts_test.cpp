#include "analysis/day_facts.hpp"

#include "tests/support/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::NetworkBuilder;

TEST(DayFacts, SumKnownCapacityAndCountChannelsByNode) {
    const auto facts = test::facts_of(test::quiet_node().resize("us", "alice", std::nullopt).node("erin").build());
    EXPECT_THAT(facts->capacity_sats, testing::ElementsAre(3e6, 2e6, 3e6, 3e6, 3e6, 0));
    EXPECT_THAT(facts->channel_counts, testing::ElementsAre(4, 3, 3, 3, 3, 0));
    EXPECT_EQ(facts->capacity.places(), 5);
    EXPECT_EQ(facts->channels.rank(4), 1);
    EXPECT_EQ(facts->channels.rank(3), 2);
}

TEST(DayFacts, CountPairsThatPayThroughANodeByPaymentSize) {
    // of the three ways from alice to carol one leads through us; there and back, and the same for bob and dave
    const auto quiet = test::facts_of(test::quiet_node().build());
    EXPECT_NEAR(quiet->betweenness.fee_50k[0], 4.0 / 3, 1e-12);
    EXPECT_NEAR(quiet->betweenness.fee_500k[0], 4.0 / 3, 1e-12);
    EXPECT_EQ(quiet->betweenness.fee_5m[0], 0); // no channel is so large
    EXPECT_NEAR(quiet->betweenness.hops[0], 2.0 / 3, 1e-12);
}

TEST(DayFacts, SeparateSizesByMaxHtlc) {
    NetworkBuilder network = test::quiet_node();
    for (const char* peer : {"alice", "bob", "carol", "dave"}) {
        network.set("us", peer, {.max_htlc_sats = 100'000}, {});
    }
    const auto facts = test::facts_of(network.build());
    EXPECT_GT(facts->betweenness.fee_50k[0], 0);
    EXPECT_EQ(facts->betweenness.fee_500k[0], 0);
    EXPECT_GT(facts->betweenness.hops[0], 0);
    EXPECT_EQ(facts->fee_500k.rank(facts->betweenness.fee_500k[0]), std::nullopt);
}

TEST(DayFacts, ThinkNoBlockPossibleThatTheDayHadNotSeen) {
    domain::Network network = test::quiet_node().build();
    network.channels[0].id.value = std::uint64_t{1'500'000} << 40;
    EXPECT_EQ(test::facts_of(network)->newest_block, test::kNewestBlock);
    network.as_of.reset(); // nothing is known then
    EXPECT_EQ(test::facts_of(network)->newest_block, 1'500'000u);
    network.as_of = Time{}; // before the first block
    EXPECT_EQ(test::facts_of(network)->newest_block, 1'500'000u);
}

TEST(DayFacts, AreTheSameOnAnyNumberOfThreads) {
    const domain::Network network = test::any_network(60, 200, 5);
    const DayBetweenness one = compute_betweenness(network, 1);
    const DayBetweenness three = compute_betweenness(network, 3);
    for (std::size_t id = 0; id < network.nodes.size(); ++id) {
        EXPECT_NEAR(one.fee_500k[id], three.fee_500k[id], 1e-9);
        EXPECT_NEAR(one.hops[id], three.hops[id], 1e-9);
    }
}

} // namespace
} // namespace mcp::analysis
