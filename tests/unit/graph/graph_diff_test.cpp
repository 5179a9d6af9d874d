#include "graph/graph_diff.hpp"

#include "graph/market.hpp"
#include "tests/support/small_network.hpp"

#include <gmock/gmock.h>

namespace mcp::graph {
namespace {

using domain::Network;
using domain::Policy;
using domain::Side;
using test::channel;
using test::kToday;
using test::policy;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::chrono::days kOneDay{1};
const Time kYesterday = kToday - kOneDay;

Network yesterday(std::vector<domain::Channel> channels) {
    return test::network(3, std::move(channels), kYesterday);
}

Network today(std::vector<domain::Channel> channels) {
    return test::network(3, std::move(channels), kToday);
}

std::vector<NodeChangeKind> kinds(const Network& older, const Network& newer, std::uint32_t node) {
    std::vector<NodeChangeKind> told;
    const std::vector<NodeChange> changes = node_changes(older, newer, test::key_of(node)).value();
    for (const NodeChange& change : changes) {
        told.push_back(change.kind);
    }
    return told;
}

TEST(GraphDiff, FindsOpenedAndGoneChannelsById) {
    const Policy any = policy(0, 0, kYesterday);
    const GraphDiff diff = graph_diff(yesterday({channel(5, 0, 1, 1, any, any), channel(3, 0, 2, 1, any, any)}),
                                      today({channel(9, 1, 2, 1, any, any), channel(5, 0, 1, 1, any, any)}))
                               .value();
    EXPECT_THAT(diff.opened, ElementsAre(0));
    EXPECT_THAT(diff.gone, ElementsAre(1));
    EXPECT_THAT(diff.directions, IsEmpty());
}

TEST(GraphDiff, CountsFeesFlipsAndUpdatesByDirection) {
    const Policy old = policy(1000, 10, kYesterday);
    Policy inbound = old;
    inbound.inbound_fee_rate = Ppm{-5};
    Policy inbound_base_only = old;
    inbound_base_only.inbound_base_fee = Msat{-5};
    const GraphDiff diff = graph_diff(yesterday({channel(1, 0, 1, 1, old, old), channel(2, 0, 1, 1, old, old)}),
                                      today({channel(1, 0, 1, 1, inbound, test::disabled(policy(1000, 11, kToday))),
                                             channel(2, 0, 1, 1, policy(1000, 10, kToday), inbound_base_only)}))
                               .value();
    EXPECT_EQ(diff.fee_changes(), 2u);
    EXPECT_EQ(diff.disable_flips(), 1u);
    EXPECT_EQ(diff.updates(), 2u);
}

TEST(GraphDiff, CountsAPolicyThatAppearsOrVanishesInAllThree) {
    const Policy old = policy(1, 1, kYesterday);
    const GraphDiff diff =
        graph_diff(yesterday({channel(1, 0, 1, 1, std::nullopt, old)}), today({channel(1, 0, 1, 1, old, std::nullopt)}))
            .value();
    EXPECT_EQ(diff.fee_changes(), 2u);
    EXPECT_EQ(diff.disable_flips(), 2u);
    EXPECT_EQ(diff.updates(), 2u);
}

TEST(GraphDiff, CountsNoUpdatesWhereTheyHaveNoDates) {
    Network before = yesterday({channel(1, 0, 1, 1, policy(1, 1, kYesterday), std::nullopt)});
    Network after = today({channel(1, 0, 1, 1, policy(1, 2, kYesterday), std::nullopt)});
    before.tells.update_dates = after.tells.update_dates = false;
    const GraphDiff diff = graph_diff(before, after).value();
    EXPECT_EQ(diff.updates(), std::nullopt);
    EXPECT_EQ(diff.fee_changes(), 1u);
}

TEST(GraphDiff, IsRefusedAcrossKindsOfSource) {
    const Network lnd = yesterday({channel(1, 0, 1, 1, policy(1, 1, kYesterday), std::nullopt)});
    Network cln = today({channel(2, 0, 1, 1, policy(1, 1, kToday), std::nullopt)});
    cln.tells.inbound_fees = false;
    EXPECT_EQ(graph_diff(lnd, cln).error().what.key, "error.diff_other_source");
    EXPECT_FALSE(node_changes(lnd, cln, test::key_of(0)));
}

TEST(GraphDiff, OfAGraphWithItselfIsEmpty) {
    const Network network = test::any_network(20, 60, 1);
    const GraphDiff diff = graph_diff(network, network).value();
    EXPECT_THAT(diff.opened, IsEmpty());
    EXPECT_THAT(diff.gone, IsEmpty());
    EXPECT_THAT(diff.directions, IsEmpty());
}

TEST(GraphDiff, RefusesPositionsAsIds) {
    Network positional = today({});
    positional.positional_ids = true;
    EXPECT_EQ(graph_diff(yesterday({}), positional).error().what.key, "error.diff_without_ids");
    EXPECT_EQ(node_changes(positional, today({}), test::key_of(0)).error().what.key, "error.diff_without_ids");
}

TEST(GraphDiff, RefusesTheWrongOrderOfDays) {
    EXPECT_EQ(graph_diff(today({}), yesterday({})).error().what.key, "error.diff_wrong_order");
}

TEST(NodeChanges, TellKindSideAndPoliciesBeforeAndAfter) {
    const Policy before = policy(1000, 10, kYesterday);
    const Policy after = policy(1000, 500, kToday);
    const auto changes = node_changes(yesterday({channel(1, 0, 1, 7, before, before)}),
                                      today({channel(1, 0, 1, 7, before, after)}), test::key_of(0))
                             .value();
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes[0].kind, NodeChangeKind::repriced);
    EXPECT_EQ(changes[0].peer, test::key_of(1));
    EXPECT_EQ(changes[0].by, test::key_of(1));
    EXPECT_EQ(changes[0].before, before);
    EXPECT_EQ(changes[0].after, after);
    EXPECT_EQ(changes[0].at, kToday);
    EXPECT_EQ(changes[0].capacity, Sat{7});
}

TEST(NodeChanges, CallAnInboundBaseFeeANewPriceAlthoughDailyCountsDoNot) {
    const Policy before = policy(1000, 10, kYesterday);
    Policy after = policy(1000, 10, kToday);
    after.inbound_base_fee = Msat{-5};
    const Network older = yesterday({channel(1, 0, 1, 7, before, before)});
    const Network newer = today({channel(1, 0, 1, 7, before, after)});
    EXPECT_THAT(kinds(older, newer, 0), ElementsAre(NodeChangeKind::repriced));
    EXPECT_EQ(graph_diff(older, newer).value().fee_changes(), 0u);
}

TEST(NodeChanges, AreToldOfTheNodesOwnChannelsOnlyLargestFirst) {
    const Policy on = policy(0, 0, kYesterday);
    const Policy off = test::disabled(on);
    const Network older = yesterday({channel(1, 0, 1, 10, on, on), channel(2, 0, 1, 30, off, on),
                                     channel(3, 0, 2, 20, on, on), channel(4, 1, 2, 99, on, on)});
    const Network newer = today({channel(1, 0, 1, 10, on, off), channel(2, 0, 1, 30, on, on),
                                 channel(5, 0, 2, 40, on, on), channel(4, 1, 2, 99, on, off)});
    EXPECT_THAT(kinds(older, newer, 0), ElementsAre(NodeChangeKind::opened, NodeChangeKind::enabled,
                                                    NodeChangeKind::closed, NodeChangeKind::disabled));
}

TEST(NodeChanges, TellSilenceOnTheDayItBegins) {
    const Policy last_seen = policy(0, 0, kYesterday - kSilentAfter);
    const std::vector<domain::Channel> channels = {channel(1, 0, 1, 1, last_seen, last_seen)};
    const auto changes = node_changes(yesterday(channels), today(channels), test::key_of(0)).value();
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes[0].kind, NodeChangeKind::silent);
    EXPECT_EQ(changes[0].at, last_seen.updated);
}

TEST(NodeChanges, DoNotRepeatASilenceThatWasThereBefore) {
    const Policy long_gone = policy(0, 0, kYesterday - kSilentAfter - kOneDay);
    const std::vector<domain::Channel> channels = {channel(1, 0, 1, 1, long_gone, long_gone)};
    EXPECT_THAT(kinds(yesterday(channels), today(channels), 0), IsEmpty());
}

TEST(NodeChanges, OfAnUnknownNodeAreNone) {
    EXPECT_THAT(node_changes(yesterday({}), today({}), test::key_of(77)).value(), IsEmpty());
}

} // namespace
} // namespace mcp::graph
