#include "graph/network_facts.hpp"

#include "tests/support/small_network.hpp"

#include <gtest/gtest.h>

namespace mcp::graph {
namespace {

using test::channel;
using test::kLongAgo;
using test::kToday;
using test::policy;

std::vector<domain::Channel> one_of_each_kind() {
    domain::Channel unknown_size = channel(4, 1, 2, 1, std::nullopt, test::disabled(policy(0, 0)));
    unknown_size.capacity = std::nullopt;
    return {channel(1, 0, 1, 1'000'000, policy(0, 100), policy(0, 200)),
            channel(2, 0, 1, 2'000'000, policy(0, 300), policy(0, 6000)),
            channel(3, 0, 2, 4'000'000, policy(0, 1, kLongAgo), policy(0, 1, kLongAgo)), unknown_size};
}

TEST(NetworkFacts, CountChannelsAndCapacity) {
    const NetworkFacts facts = network_facts(test::network(4, one_of_each_kind()));
    EXPECT_EQ(facts.as_of, kToday);
    EXPECT_EQ(facts.nodes, 4u);
    EXPECT_EQ(facts.nodes_with_channels, 3u);
    EXPECT_EQ(facts.channels, 4u);
    EXPECT_EQ(facts.channels_usable, 2u);
    EXPECT_EQ(facts.channels_silent, 1u);
    EXPECT_EQ(facts.channels_without_capacity, 1u);
    EXPECT_EQ(facts.capacity, Sat{7'000'000});
    EXPECT_EQ(facts.capacity_usable, Sat{3'000'000});
}

TEST(NetworkFacts, TakeFeesOfTheMarketAndCountTheRest) {
    const NetworkFacts facts = network_facts(test::network(4, one_of_each_kind()));
    EXPECT_EQ(facts.fee_rate_ppm, (FeeRates{.p10 = 120, .median = 200, .p90 = 280}));
    EXPECT_EQ(facts.directions,
              (DirectionCounts{.in_market = 3, .not_announced = 1, .disabled = 1, .silent = 2, .forbidding = 1}));
}

TEST(NetworkFacts, KnowNoSilenceWithoutDates) {
    const NetworkFacts facts = network_facts(test::network(4, one_of_each_kind(), std::nullopt));
    EXPECT_EQ(facts.as_of, std::nullopt);
    EXPECT_EQ(facts.channels_silent, std::nullopt);
    EXPECT_EQ(facts.channels_usable, 3u);
    EXPECT_EQ(facts.directions.silent, 0u);
}

TEST(NetworkFacts, KnowNoSilenceWhereOnlyTheGraphHasADate) {
    domain::Network network = test::network(4, one_of_each_kind());
    ASSERT_TRUE(network.as_of);
    EXPECT_TRUE(network_facts(network).channels_silent.has_value());
    network.tells.update_dates = false;
    EXPECT_EQ(network_facts(network).channels_silent, std::nullopt);
}

TEST(NetworkFacts, OfAnEmptyNetworkHaveNoFees) {
    const NetworkFacts facts = network_facts(test::network(0, {}));
    EXPECT_EQ(facts.channels, 0u);
    EXPECT_EQ(facts.fee_rate_ppm, std::nullopt);
}

} // namespace
} // namespace mcp::graph
