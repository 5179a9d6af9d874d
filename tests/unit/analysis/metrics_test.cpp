#include "analysis/metrics.hpp"

#include "analysis/own/figures.hpp"
#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::days;
using test::End;
using test::NetworkBuilder;

/// All metrics of the last of the given days.
struct Metrics {
    domain::CapacityMetrics capacity;
    domain::ChannelMetrics channels;
    domain::FeeMetrics fees;
    domain::NetworkMetrics network;
};

Metrics of(std::vector<domain::Network> networks) {
    const test::History history(std::move(networks));
    const Days all(history.input());
    return {capacity_metrics(all), channel_metrics(all), fee_metrics(all.today()), network_metrics(all)};
}

Metrics of(const NetworkBuilder& network) {
    return of(std::vector{network.build()});
}

domain::Network ago(int count, NetworkBuilder network) {
    return network.at(test::kNoon - days{count}).build();
}

const std::string kNoChannel = "the node has no public channel";
const std::string kNoCapacity = "the graph does not tell the capacity";
const std::string kNoYesterday = "no graph of the day before was given";
const std::string kNotThere = "the node was not in the graph of that day";

TEST(CapacityMetrics, SumAndRankTheCapacity) {
    const Metrics m = of(test::quiet_node().resize("alice", "bob", 9'000'000));
    EXPECT_EQ(*m.capacity.total, Sat{4'000'000});
    EXPECT_EQ(*m.capacity.rank, 3); // alice and bob are larger
}

TEST(CapacityMetrics, AreAbsentAndNotZeroWhereCapacityIsUnknown) {
    const Metrics m = of(NetworkBuilder().channel("us", "alice", std::nullopt));
    EXPECT_EQ(test::why(m.capacity.total), kNoCapacity);
    EXPECT_EQ(test::why(m.capacity.rank), kNoCapacity);
    EXPECT_EQ(test::why(m.channels.avg_capacity), kNoCapacity);
    EXPECT_EQ(test::why(m.channels.median_capacity), kNoCapacity);
    EXPECT_EQ(test::why(m.network.concentration_hhi), kNoCapacity);
    EXPECT_EQ(test::why(m.fees.weighted_p10), kNoCapacity);
    EXPECT_EQ(test::why(m.fees.weighted_p50), kNoCapacity);
    EXPECT_EQ(test::why(m.fees.weighted_p90), kNoCapacity);
    EXPECT_EQ(*m.fees.median_fee_rate, 100);
}

TEST(CapacityMetrics, SumNoTotalOverOneUnknownChannel) {
    const Metrics m = of(test::quiet_node().resize("us", "alice", std::nullopt));
    EXPECT_EQ(test::why(m.capacity.total), kNoCapacity);
    EXPECT_EQ(test::why(m.channels.median_capacity), kNoCapacity);
    EXPECT_EQ(*m.capacity.rank, 1); // by the three known ones
}

TEST(CapacityMetrics, OfANodeWithoutChannelsSaySo) {
    const Metrics m = of(NetworkBuilder().node("us").channel("alice", "bob", 1));
    EXPECT_EQ(*m.capacity.total, Sat{0});
    EXPECT_EQ(test::why(m.capacity.rank), kNoChannel);
    EXPECT_EQ(test::why(m.channels.rank), kNoChannel);
    EXPECT_EQ(test::why(m.channels.avg_capacity), kNoChannel);
    EXPECT_EQ(test::why(m.channels.median_capacity), kNoChannel);
    EXPECT_EQ(test::why(m.network.concentration_hhi), kNoChannel);
    EXPECT_EQ(test::why(m.fees.avg_fee_rate), "no enabled fee policy was announced");
    EXPECT_EQ(test::why(m.fees.weighted_p50), "no enabled fee policy was announced");
}

TEST(RankChange, CountsThePlacesWonSinceYesterday) {
    const NetworkBuilder small = test::quiet_node().close("us", "alice").close("us", "bob");
    const Metrics won = of({ago(1, small), ago(0, test::quiet_node())});
    EXPECT_EQ(*won.capacity.rank_change_24h, 2); // from the third place, shared with two others, to the first
    EXPECT_EQ(*won.channels.rank_change_24h, 2);
    const Metrics lost = of({ago(1, test::quiet_node()), ago(0, small)});
    EXPECT_EQ(*lost.capacity.rank_change_24h, -2);
}

TEST(RankChange, IsAbsentWithTheReasonThatHolds) {
    EXPECT_EQ(test::why(of(test::quiet_node()).capacity.rank_change_24h), kNoYesterday);
    EXPECT_EQ(test::why(of({ago(2, test::quiet_node()), ago(0, test::quiet_node())}).capacity.rank_change_24h),
              kNoYesterday);
    EXPECT_EQ(test::why(of({ago(1, test::strangers()), ago(0, test::quiet_node())}).capacity.rank_change_24h),
              kNotThere);
    EXPECT_EQ(test::why(of({ago(1, test::strangers()), ago(0, test::quiet_node())}).channels.rank_change_24h),
              kNotThere);
    NetworkBuilder idle = NetworkBuilder().node("us");
    EXPECT_EQ(test::why(of({ago(1, idle), ago(0, test::quiet_node())}).channels.rank_change_24h), kNoChannel);
    EXPECT_EQ(test::why(of({ago(1, test::quiet_node()), ago(0, idle)}).channels.rank_change_24h), kNoChannel);
}

TEST(ChannelMetrics, CountWhatIsActiveAndTheRest) {
    const End silent{.ago = days{15}};
    const Metrics m =
        of(test::quiet_node().set("us", "alice", {.disabled = true}, {}).set("us", "bob", silent, silent));
    EXPECT_EQ(*m.channels.active, 2);
    EXPECT_EQ(*m.channels.inactive, 2);
    EXPECT_EQ(*m.channels.rank, 1);
    EXPECT_EQ(test::why(m.channels.pending), test::needs_node());
}

TEST(ChannelMetrics, CountNothingActiveInAnUndatedGraph) {
    const Metrics m = of(test::quiet_node().undated());
    EXPECT_EQ(test::why(m.channels.active), "the graph carries no update times");
    EXPECT_EQ(test::why(m.channels.inactive), "the graph carries no update times");
    EXPECT_EQ(test::why(m.network.stuck_with_silent_peers), "the graph carries no update times");
}

TEST(ChannelMetrics, MeanAndMedianDiffer) {
    const Metrics m = of(NetworkBuilder().channel("us", "a", 1).channel("us", "b", 2).channel("us", "c", 9));
    EXPECT_EQ(*m.channels.avg_capacity, Sat{4});
    EXPECT_EQ(*m.channels.median_capacity, Sat{2});
}

TEST(ForwardingMetrics, AreKnownToTheNodeAlone) {
    const test::DayOfUs day(test::quiet_node().build());
    const domain::ForwardingMetrics m = forwarding_metrics(day.us);
    EXPECT_EQ(test::why(m.forwards_24h), test::needs_node());
    EXPECT_FALSE(m.forwards_7d || m.success_rate_24h || m.revenue_24h || m.revenue_7d);
}

TEST(FeeMetrics, AreOfTheOwnEnabledPoliciesAndWeighByCapacity) {
    const Metrics m = of(NetworkBuilder()
                             .channel("us", "a", 8'000'000, {.base_msat = 0, .ppm = 10}, {.ppm = 9999})
                             .channel("us", "b", 1'000'000, {.base_msat = 1000, .ppm = 100})
                             .channel("us", "c", 1'000'000, {.base_msat = 2000, .ppm = 1000})
                             .channel("us", "d", 9'000'000, {.ppm = 7777, .disabled = true}));
    EXPECT_DOUBLE_EQ(*m.fees.avg_fee_rate, 370);
    EXPECT_EQ(*m.fees.min_fee_rate, 10);
    EXPECT_EQ(*m.fees.max_fee_rate, 1000);
    EXPECT_EQ(*m.fees.median_fee_rate, 100);
    EXPECT_EQ(*m.fees.base_fee_avg, 1000);
    EXPECT_EQ(*m.fees.median_base_fee, 1000);
    EXPECT_EQ(*m.fees.weighted_p10, 10);
    EXPECT_EQ(*m.fees.weighted_p50, 10);
    EXPECT_EQ(*m.fees.weighted_p90, 100);
}

TEST(NetworkMetrics, TellThePositionByHopsAndBySize) {
    const domain::NetworkMetrics m = of(test::quiet_node()).network;
    EXPECT_EQ(m.peer_count, 4);
    EXPECT_NEAR(*m.by_fee_500k.betweenness, 4.0 / 3, 1e-12);
    EXPECT_EQ(*m.by_fee_500k.rank, 1);
    EXPECT_EQ(*m.by_fee_500k.percentile, 90);
    EXPECT_EQ(m.by_fee_500k.carriers, 5);
    EXPECT_EQ(*m.by_fee_50k.rank, 1);
    EXPECT_EQ(*m.hops.rank, 1);
    EXPECT_EQ(*m.by_fee_5m.betweenness, 0); // measured: no channel is so large
    EXPECT_EQ(m.by_fee_5m.carriers, 0);
    EXPECT_EQ(test::why(m.by_fee_5m.rank), "no cheapest route passes through this node");
    EXPECT_EQ(test::why(m.by_fee_5m.percentile), "no cheapest route passes through this node");
    EXPECT_DOUBLE_EQ(*m.concentration_hhi, 0.25);
    EXPECT_EQ(test::why(m.uptime_24h), test::needs_node());
}

TEST(NetworkMetrics, CompareBetweennessWithADayAndAWeekAgo) {
    const NetworkBuilder less = test::quiet_node().set("us", "dave", {.disabled = true}, {});
    const Metrics m = of({ago(7, less), ago(1, test::quiet_node()), ago(0, less)});
    EXPECT_NEAR(*m.network.betweenness_change_24h, -0.25, 1e-12);
    EXPECT_NEAR(*m.network.betweenness_change_7d, 0, 1e-12);
}

TEST(NetworkMetrics, GiveTheReasonWhyNothingIsCompared) {
    const Metrics alone = of({ago(6, test::quiet_node()), ago(0, test::quiet_node())});
    EXPECT_EQ(test::why(alone.network.betweenness_change_24h), kNoYesterday);
    EXPECT_EQ(test::why(alone.network.betweenness_change_7d), "no graph of that day was given");
    const Metrics is_new = of({ago(7, test::strangers()), ago(1, test::strangers()), ago(0, test::quiet_node())});
    EXPECT_EQ(test::why(is_new.network.betweenness_change_24h), kNotThere);
    EXPECT_EQ(test::why(is_new.network.betweenness_change_7d), kNotThere);
    const Metrics carried_nothing = of({ago(1, NetworkBuilder().node("us")), ago(0, test::quiet_node())});
    EXPECT_EQ(test::why(carried_nothing.network.betweenness_change_24h), "no cheapest route passes through this node");
}

TEST(StuckCapital, SumsSilentChannelsAndLeavesNoGapInTheSum) {
    const End silent{.ago = days{15}};
    NetworkBuilder network = test::quiet_node().set("us", "alice", silent, silent).set("us", "bob", silent, silent);
    EXPECT_EQ(*of(network).network.stuck_with_silent_peers, Sat{2'000'000});
    EXPECT_EQ(*of(test::quiet_node()).network.stuck_with_silent_peers, Sat{0});
    EXPECT_EQ(test::why(of(network.resize("us", "bob", std::nullopt)).network.stuck_with_silent_peers), kNoCapacity);
}

} // namespace
} // namespace mcp::analysis
