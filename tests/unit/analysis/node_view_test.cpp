#include "analysis/node_view.hpp"

#include "tests/support/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::DayOfUs;
using test::days;
using test::hours;
using test::NetworkBuilder;

std::vector<std::string> peers_of(const std::vector<OwnChannel>& channels, const NodeView& view) {
    std::vector<std::string> names;
    for (const OwnChannel& channel : channels) {
        names.push_back(view.peer(channel.peer).alias);
    }
    return names;
}

TEST(NodeView, ListsChannelsLargestFirstThenById) {
    const DayOfUs day(NetworkBuilder()
                          .channel("us", "alice", 1'000'000)
                          .channel("us", "bob", 3'000'000)
                          .channel("us", "carol", 1'000'000, {}, {}, 200)
                          .channel("us", "dave", std::nullopt)
                          .channel("alice", "bob", 9'000'000)
                          .build());
    EXPECT_THAT(peers_of(day.view().channels(), day.view()), testing::ElementsAre("bob", "carol", "alice", "dave"));
}

TEST(NodeView, TakesTheChannelsOfOnePeerTogetherLargestRelationFirst) {
    const DayOfUs day(NetworkBuilder()
                          .channel("us", "alice", 1'500'000)
                          .channel("us", "bob", 1'000'000)
                          .channel("bob", "us", 900'000)
                          .build());
    const std::vector<Relation>& relations = day.view().relations();
    ASSERT_EQ(relations.size(), 2u);
    EXPECT_EQ(day.view().peer(relations[0].peer).alias, "bob");
    EXPECT_EQ(relations[0].capacity_sats, 1'900'000);
    EXPECT_EQ(relations[0].channels.size(), 2u);
    EXPECT_EQ(relations[1].channels, std::vector<const OwnChannel*>{&day.with("alice")});
}

TEST(NodeView, SeesEachChannelFromItsOwnEnd) {
    // the key of "before" is smaller than ours, that of "behind" larger
    const DayOfUs day(NetworkBuilder()
                          .node("before")
                          .channel("us", "before", 1, {.ppm = 1}, {.ppm = 2})
                          .channel("us", "behind", 1, {.ppm = 3}, {.ppm = 4})
                          .build());
    EXPECT_EQ(day.with("before").own_policy()->fee_rate, Ppm{1});
    EXPECT_EQ(day.with("before").peer_policy()->fee_rate, Ppm{2});
    EXPECT_EQ(day.with("behind").own_policy()->fee_rate, Ppm{3});
    EXPECT_EQ(day.with("behind").peer_policy()->fee_rate, Ppm{4});
}

TEST(NodeView, SumsNoTotalWithGaps) {
    EXPECT_EQ(DayOfUs(test::quiet_node().build()).view().total_capacity(), Sat{4'000'000});
    const DayOfUs gap(test::quiet_node().resize("us", "alice", std::nullopt).build());
    EXPECT_EQ(gap.view().total_capacity(), std::nullopt);
    EXPECT_EQ(gap.view().capacity_sats(), 3'000'000);
    EXPECT_EQ(DayOfUs(NetworkBuilder().node("us").build()).view().total_capacity(), Sat{0});
}

TEST(NodeView, MeasuresAgeInBlocksFromTheYoungestChannel) {
    const DayOfUs day(
        NetworkBuilder().channel("us", "alice", 1, {}, {}, 40).channel("alice", "bob", 1, {}, {}, 3).build());
    EXPECT_EQ(day.with("alice").age_days, 37);
}

TEST(NodeView, KnowsNoAgeWithoutIdsAndOfAnIdThatIsNoBlockOfThatDay) {
    domain::Network network = test::quiet_node().build();
    network.channels[0].id.value = std::uint64_t{2'000'000} << 40;
    const DayOfUs day(network);
    EXPECT_EQ(day.facts->newest_block, test::kNewestBlock);
    EXPECT_EQ(day.with("alice").age_days, std::nullopt);
    EXPECT_EQ(day.with("bob").age_days, 100);

    network.positional_ids = true;
    EXPECT_EQ(DayOfUs(network).with("bob").age_days, std::nullopt);
}

TEST(NodeView, KnowsSilenceOnlyFromDates) {
    const test::End old{.ago = days{15}};
    NetworkBuilder network = test::quiet_node().set("us", "alice", old, old);
    EXPECT_EQ(DayOfUs(network.build()).view().silent(DayOfUs(network.build()).with("alice")), true);
    domain::Network one_undated = network.build();
    one_undated.channels[1].updated.reset();
    const DayOfUs day(one_undated);
    EXPECT_TRUE(day.view().dated());
    EXPECT_EQ(day.view().silent(day.with("alice")), true);
    EXPECT_EQ(day.view().silent(day.with("bob")), std::nullopt);
    EXPECT_EQ(day.view().silent(day.with("carol")), false);

    const DayOfUs undated(network.undated().build());
    EXPECT_FALSE(undated.view().dated());
    EXPECT_EQ(undated.view().silent(undated.with("alice")), std::nullopt);
}

TEST(NodeView, CountsWholeDaysSinceAnUpdate) {
    const DayOfUs day(test::quiet_node().build());
    EXPECT_EQ(day.view().days_since(test::kNoon - hours{47}), 1);
    EXPECT_EQ(day.view().days_since(test::kNoon - hours{48}), 2);
    EXPECT_EQ(day.view().days_since(std::nullopt), std::nullopt);
    const DayOfUs undated(test::quiet_node().undated().build());
    EXPECT_EQ(undated.view().days_since(test::kNoon), std::nullopt);
}

TEST(NodeView, CallsAChannelEnabledBothWaysOnlyWhenBothSidesSaySo) {
    const auto enabled = [](test::End of_us, test::End of_alice) {
        return NodeView::enabled_both_ways(
            DayOfUs(test::quiet_node().set("us", "alice", of_us, of_alice).build()).with("alice"));
    };
    EXPECT_TRUE(enabled({}, {}));
    EXPECT_FALSE(enabled({.disabled = true}, {}));
    EXPECT_FALSE(enabled({}, {.disabled = true}));
    EXPECT_FALSE(enabled({.announced = false}, {}));
    EXPECT_FALSE(enabled({}, {.announced = false}));
}

TEST(CapacityShare, IsOfTheKnownCapacityAndAbsentWithoutAny) {
    const auto is_with_alice = [](const DayOfUs& day) {
        return capacity_share(day.view(),
                              [&](const OwnChannel& c) { return day.view().peer(c.peer).alias == "alice"; });
    };
    EXPECT_EQ(is_with_alice(DayOfUs(test::quiet_node().build())), 0.25);
    EXPECT_EQ(is_with_alice(DayOfUs(test::quiet_node().resize("us", "bob", std::nullopt).build())), 1.0 / 3);
    EXPECT_EQ(is_with_alice(DayOfUs(NetworkBuilder().channel("us", "alice", std::nullopt).build())), std::nullopt);
}

} // namespace
} // namespace mcp::analysis
