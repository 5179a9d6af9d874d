#include "analysis/recommendations/price_step.hpp"

#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::NetworkBuilder;

TEST(PriceStep, IsATenthAndThreePpmAtLeast) {
    EXPECT_EQ(step_down(Ppm{1000}), Ppm{900});
    EXPECT_EQ(step_down(Ppm{30}), Ppm{27});
    EXPECT_EQ(step_down(Ppm{2}), Ppm{0});
    EXPECT_EQ(step_up(Ppm{1000}), Ppm{1100});
    EXPECT_EQ(step_up(Ppm{0}), Ppm{3});
    EXPECT_EQ(step_up(Ppm{39}), Ppm{42});
}

TEST(PriceStep, LowersABaseFeeByATenthRoundedUp) {
    EXPECT_EQ(step_down(Msat{1000}), Msat{900});
    EXPECT_EQ(step_down(Msat{1}), Msat{0});
    EXPECT_EQ(step_down(Msat{11}), Msat{9});
}

std::optional<PriceTarget> dear_target(const test::Scene& scene) {
    return find_price_target(scene.input(), [](const PriceAsked& price) { return price.market.dearer_than_market(); });
}

TEST(PriceTarget, IsTheLargestOfSeveralAndListsThemAll) {
    NetworkBuilder network = test::market_of_alice({.ppm = 600}).set("us", "bob", {.ppm = 700}, {});
    test::add_market(network, "bob").resize("us", "bob", 3'000'000);
    const test::Scene scene(network.build());
    const std::optional<PriceTarget> target = dear_target(scene);
    ASSERT_TRUE(target);
    EXPECT_EQ(target->channel, &scene.today().with("bob"));
    EXPECT_EQ(target->market->own->ppm, 700);
    EXPECT_EQ(target->all, (ChannelList{&scene.today().with("bob"), &scene.today().with("alice")}));
}

TEST(PriceTarget, IsTheChannelWhoseOfferIsThePriceBaseFeeIncluded) {
    NetworkBuilder network = test::market_of_alice({.base_msat = 90'000, .ppm = 0}); // 900 ppm of 100,000 sat
    network.channel("us", "alice", 500'000, {.ppm = 600});
    const test::Scene scene(network.build());
    const std::optional<PriceTarget> target = dear_target(scene);
    ASSERT_TRUE(target);
    EXPECT_EQ(target->channel->channel->capacity, Sat{500'000});
}

TEST(PriceTarget, IsNoneWhileAYoungChannelSetsThePrice) {
    NetworkBuilder network = test::market_of_alice({.ppm = 900});
    EXPECT_TRUE(dear_target(test::Scene(network.build())));
    network.channel("us", "alice", 500'000, {.ppm = 600}, {}, 29);
    EXPECT_FALSE(dear_target(test::Scene(network.build())));
}

TEST(PriceTarget, IsNoneWhileThePeerKeepsItsSideDisabled) {
    NetworkBuilder network = test::market_of_alice({.ppm = 900}).set("us", "alice", {.ppm = 900}, {.disabled = true});
    EXPECT_FALSE(dear_target(test::Scene(network.build())));
}

} // namespace
} // namespace mcp::analysis
