#include "analysis/recommendations/building.hpp"

#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::NetworkBuilder;
using test::Scene;

TEST(OldEnough, IsAChannelFromThirtyDaysOn) {
    const auto judged = [](int age_days) {
        NetworkBuilder network = NetworkBuilder().channel("us", "alice", 1'000'000, {}, {}, age_days);
        return old_enough(test::DayOfUs(network.channel("bob", "carol", 1, {}, {}, 0).build()).with("alice"));
    };
    EXPECT_TRUE(judged(30));
    EXPECT_FALSE(judged(29));
}

TEST(OldEnough, IsNoChannelOfUnknownAge) {
    domain::Network positions = test::quiet_node().build();
    positions.positional_ids = true;
    EXPECT_FALSE(old_enough(test::DayOfUs(std::move(positions)).with("alice")));
}

TEST(ImpactOfShare, IsTenTimesShareTimesSeverityToTheTenth) {
    const test::DayOfUs day(test::quiet_node().resize("us", "alice", 1'500'000).build()); // of 4,500,000
    EXPECT_EQ(impact_of_share(day.view(), {&day.with("alice")}, 1.0), 3.3);
    EXPECT_EQ(impact_of_share(day.view(), {&day.with("alice"), &day.with("bob")}, 0.5), 2.8);
    EXPECT_EQ(impact_of_share(day.view(), {}, 1.0), 0.0);
    EXPECT_EQ(impact_of_share(day.view(), {&day.with("alice")}, 50.0), 10.0);
}

TEST(ImpactOfShare, IsNoneWithoutKnownCapacity) {
    const test::DayOfUs day(NetworkBuilder().channel("us", "alice", std::nullopt).build());
    EXPECT_EQ(impact_of_share(day.view(), {&day.with("alice")}, 1.0), 0.0);
}

TEST(PriorityOf, IsHighFromFiveAndMediumFromTwo) {
    EXPECT_EQ(priority_of(5.0), domain::Priority::high);
    EXPECT_EQ(priority_of(4.9), domain::Priority::medium);
    EXPECT_EQ(priority_of(2.0), domain::Priority::medium);
    EXPECT_EQ(priority_of(1.9), domain::Priority::low);
}

TEST(Advice, HasNoGainFromPublicDataAndIsValidForAWeek) {
    const Scene scene(test::quiet_node().build());
    const domain::Recommendation advice = advise_node(scene.input(), 1.0, domain::Category::fees, {"l", "c"});
    EXPECT_EQ(test::why(advice.gain_a_month), test::needs_node());
    EXPECT_EQ(advice.valid_until, Day{std::chrono::year{2025} / 11 / 1});
    EXPECT_EQ(advice.command_lnd, "l");
    EXPECT_EQ(advice.command_cln, "c");
    EXPECT_TRUE(advice.channels_affected.empty());
    EXPECT_FALSE(test::english(advice.confidence).empty());
}

TEST(Advice, NamesItsChannelsByShortId) {
    const Scene scene(test::quiet_node().build());
    const ChannelList both{&scene.today().with("bob"), &scene.today().with("alice")};
    const domain::Recommendation advice = advise_on(scene.input(), both, 1.0, domain::Category::channels, {});
    EXPECT_EQ(advice.channels_affected, (std::vector<std::string>{"885600x1x0", "885600x0x0"}));
    EXPECT_EQ(advice.impact_score, 5.0);
    EXPECT_EQ(advice.priority, domain::Priority::high);
}

} // namespace
} // namespace mcp::analysis
