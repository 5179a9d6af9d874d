#include "graph/market.hpp"

#include "tests/support/small_network.hpp"

#include <gtest/gtest.h>

namespace mcp::graph {
namespace {

using domain::Channel;
using domain::Side;
using test::kLongAgo;
using test::kToday;
using test::policy;

MarketStanding standing_of(const std::optional<domain::Policy>& own, std::optional<Time> as_of = kToday) {
    return market_standing(test::channel(1, 0, 1, 1'000'000, own, std::nullopt), Side::node1, as_of);
}

TEST(Market, TakesADirectionThatIsEnabledFreshAndNotForbidding) {
    EXPECT_EQ(standing_of(policy(1000, 4999)), MarketStanding::in_market);
    EXPECT_EQ(standing_of(policy(1000, 1, kToday - kSilentAfter)), MarketStanding::in_market);
}

TEST(Market, TellsWhyADirectionIsLeftOut) {
    EXPECT_EQ(standing_of(std::nullopt), MarketStanding::not_announced);
    EXPECT_EQ(standing_of(test::disabled(policy(0, 9999, kLongAgo))), MarketStanding::disabled);
    EXPECT_EQ(standing_of(policy(0, 9999, kToday - kSilentAfter - std::chrono::seconds{1})), MarketStanding::silent);
    EXPECT_EQ(standing_of(policy(0, 5000)), MarketStanding::forbidding);
}

TEST(Market, CannotCallAnythingSilentWithoutDates) {
    EXPECT_EQ(standing_of(policy(0, 1, kLongAgo), std::nullopt), MarketStanding::in_market);
    domain::Policy undated = policy(0, 1);
    undated.updated = std::nullopt;
    EXPECT_EQ(standing_of(undated), MarketStanding::in_market);
}

TEST(Silence, IsAskedOfTheNewerUpdateOnly) {
    const Channel one_end_alive = test::channel(1, 0, 1, 1, policy(0, 0, kLongAgo), policy(0, 0, kToday));
    const Channel both_gone = test::channel(1, 0, 1, 1, policy(0, 0, kLongAgo), policy(0, 0, kLongAgo));
    EXPECT_EQ(is_silent(one_end_alive, kToday), false);
    EXPECT_EQ(is_silent(both_gone, kToday), true);
    EXPECT_EQ(is_silent(both_gone, std::nullopt), std::nullopt);
    EXPECT_EQ(is_silent(test::channel(1, 0, 1, 1, std::nullopt, std::nullopt), kToday), std::nullopt);
}

TEST(Availability, NeedsBothDirectionsEnabledAndNotSilent) {
    const domain::Policy fresh = policy(0, 0);
    EXPECT_TRUE(is_available(test::channel(1, 0, 1, 1, fresh, fresh), kToday));
    EXPECT_FALSE(is_available(test::channel(1, 0, 1, 1, fresh, test::disabled(fresh)), kToday));
    EXPECT_FALSE(is_available(test::channel(1, 0, 1, 1, fresh, std::nullopt), kToday));
    const domain::Policy old = policy(0, 0, kLongAgo);
    EXPECT_FALSE(is_available(test::channel(1, 0, 1, 1, old, old), kToday));
    EXPECT_TRUE(is_available(test::channel(1, 0, 1, 1, old, old), std::nullopt));
}

} // namespace
} // namespace mcp::graph
