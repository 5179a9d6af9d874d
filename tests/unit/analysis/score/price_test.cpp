#include "tests/support/scene.hpp"

#include "analysis/score/all.hpp"
#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::NetworkBuilder;

PartResult of(const NetworkBuilder& network) {
    return price(test::DayOfUs(network.build()).us);
}

TEST(Price, IsTheShareOfComparedCapacityPricedLikeItsMarket) {
    EXPECT_EQ(*of(test::market_of_alice({.ppm = 300})).value, 100);
    NetworkBuilder two = test::market_of_alice({.ppm = 501}).set("us", "bob", {.ppm = 300}, {});
    test::add_market(two, "bob");
    EXPECT_EQ(*of(two.resize("us", "alice", 3'000'000)).value, 25);
    EXPECT_EQ(test::english(of(two).inputs),
              "25% of the capacity compared (2 peers) is priced between p10 and p95 of the market");
}

TEST(Price, CountsFromTheTenthToTheNinetyFifthPercentile) {
    EXPECT_EQ(*of(test::market_of_alice({.ppm = 99})).value, 0);
    EXPECT_EQ(*of(test::market_of_alice({.ppm = 100})).value, 100);
    EXPECT_EQ(*of(test::market_of_alice({.ppm = 500})).value, 100);
    EXPECT_EQ(*of(test::market_of_alice({.ppm = 501})).value, 0);
}

TEST(Price, IsAbsentWithoutAMarketOrAnOffer) {
    const std::string nothing = "no peer to whom the node makes an offer has a market of 5 others";
    EXPECT_EQ(test::why(of(test::quiet_node()).value), nothing);
    EXPECT_EQ(test::why(of(test::market_of_alice({.disabled = true})).value), nothing);
    EXPECT_EQ(test::why(of(NetworkBuilder().node("us")).value), nothing);
    EXPECT_EQ(test::english(of(test::quiet_node()).inputs), "absent");
}

/// The part of a node whose price into alice is `ppm`, in a market from 100 to 500 ppm, as the node tells it.
template <typename Change>
PartResult told_at(std::int64_t ppm, Change change) {
    test::DayOfUs day(test::market_of_alice({.ppm = ppm}).build());
    domain::OwnNode node = test::node_of(day.facts->network);
    for (domain::NodeDayFlow& flow : node.days) {
        flow.forwards.clear();
    }
    change(node, test::told_with(node, day.facts->network, "alice"));
    day.us.tell(node);
    return price(day.us, day.us.own());
}

TEST(Price, AboveTheMarketIsRightWhereItIsPaid) {
    EXPECT_EQ(*told_at(900, [](domain::OwnNode&, domain::NodeChannel&) {}).value, 0);
    EXPECT_EQ(*told_at(900,
                       [](domain::OwnNode& node, domain::NodeChannel& alice) {
                           node.days[2].forwards = {
                               {.in = {1}, .out = alice.id, .count = 1, .amount_in = Msat{9}, .amount_out = Msat{8}}};
                       })
                   .value,
              100);
    EXPECT_EQ(*told_at(900, [](domain::OwnNode& node, domain::NodeChannel&) { node.days.clear(); }).value, 0)
        << "what was not told proves nothing";
}

TEST(Price, BelowTheMarketIsRightUnlessTheChannelDrains) {
    EXPECT_EQ(*told_at(10, [](domain::OwnNode&, domain::NodeChannel&) {}).value, 100);
    EXPECT_EQ(*told_at(10, [](domain::OwnNode&, domain::NodeChannel& alice) { test::fill(alice, 0.2); }).value, 0);
}

TEST(Price, IsThatOfTheGraphWhenTheNodeWasInDoubt) {
    const PartResult part = told_at(
        10, [](domain::OwnNode& node, domain::NodeChannel&) { node.doubts = {domain::NodeDoubt::no_channel_active}; });
    EXPECT_EQ(*part.value, 0);
    EXPECT_FALSE(part.is_told_by_node);
}

} // namespace
} // namespace mcp::analysis
