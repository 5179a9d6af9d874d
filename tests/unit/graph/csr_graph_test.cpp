#include "graph/csr_graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::graph {
namespace {

using domain::Channel;
using domain::Network;
using domain::Policy;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Msat kPayment{500'000'000}; // 500 k sat

Policy policy(std::int64_t base_msat, std::int64_t rate_ppm) {
    return Policy{.base_fee = Msat{base_msat},
                  .fee_rate = Ppm{rate_ppm},
                  .inbound_base_fee = Msat{0},
                  .inbound_fee_rate = Ppm{0},
                  .min_htlc = Msat{1000},
                  .max_htlc = std::nullopt,
                  .updated = std::nullopt};
}

/// A channel whose node1 charges nothing and whose node2 announced nothing: one free direction.
Channel free_one_way(domain::NodeId from, domain::NodeId to) {
    Channel channel;
    channel.node[0] = from;
    channel.node[1] = to;
    channel.capacity = Sat{1'000'000};
    channel.policy[0] = policy(0, 0);
    return channel;
}

Network network_of(std::size_t nodes, std::vector<Channel> channels) {
    Network network;
    network.nodes.resize(nodes);
    network.channels = std::move(channels);
    return network;
}

std::vector<std::int64_t> weights_from_0(const Channel& channel) {
    const CsrGraph graph = fee_graph(network_of(2, {channel}), kPayment);
    return {graph.weights(0).begin(), graph.weights(0).end()};
}

TEST(CsrGraph, SortsTargetsAndKnowsEveryVertex) {
    const CsrGraph graph = CsrGraph::build(4, {{2, 3, 9}, {0, 3, 5}, {0, 1, 4}});
    EXPECT_EQ(graph.vertices(), 4u);
    EXPECT_THAT(graph.targets(0), ElementsAre(1, 3));
    EXPECT_THAT(graph.weights(0), ElementsAre(4, 5));
    EXPECT_THAT(graph.targets(1), IsEmpty());
    EXPECT_THAT(graph.targets(2), ElementsAre(3));
    EXPECT_THAT(graph.targets(3), IsEmpty());
}

TEST(CsrGraph, DropsSelfLoops) {
    EXPECT_THAT(CsrGraph::build(2, {{0, 0, 1}, {0, 1, 2}, {1, 1, 1}}).target, ElementsAre(1));
}

TEST(CsrGraph, KeepsTheLightestOfParallelArcs) {
    const CsrGraph graph = CsrGraph::build(2, {{0, 1, 8}, {0, 1, 3}, {1, 0, 5}, {0, 1, 3}});
    EXPECT_THAT(graph.weights(0), ElementsAre(3));
    EXPECT_THAT(graph.weights(1), ElementsAre(5));
}

TEST(CsrGraph, ReversedTurnsEveryArcRoundAndBackAgain) {
    const CsrGraph graph = CsrGraph::build(4, {{0, 1, 4}, {0, 3, 5}, {2, 3, 9}, {3, 0, 6}});
    const CsrGraph reversed = graph.reversed();
    EXPECT_THAT(reversed.targets(3), ElementsAre(0, 2));
    EXPECT_THAT(reversed.weights(3), ElementsAre(5, 9));
    EXPECT_THAT(reversed.targets(0), ElementsAre(3));
    const CsrGraph again = reversed.reversed();
    EXPECT_EQ(again.first, graph.first);
    EXPECT_EQ(again.target, graph.target);
    EXPECT_EQ(again.weight, graph.weight);
}

TEST(HopGraph, JoinsBothEndsOfEveryChannelWhateverItsPolicies) {
    Channel silent = free_one_way(0, 1);
    silent.policy[0].reset();
    Channel disabled = free_one_way(2, 1);
    disabled.policy[0]->disabled = true;
    const CsrGraph graph = hop_graph(network_of(3, {silent, disabled, silent}));
    EXPECT_THAT(graph.targets(0), ElementsAre(1));
    EXPECT_THAT(graph.targets(1), ElementsAre(0, 2));
    EXPECT_THAT(graph.targets(2), ElementsAre(1));
    EXPECT_THAT(graph.weight, ElementsAre(1, 1, 1, 1));
}

TEST(FeeGraph, WeighsADirectionByItsFeeAndTheHopCost) {
    Channel channel = free_one_way(0, 1);
    channel.policy[0] = policy(1000, 250);
    channel.policy[1] = policy(0, 0);
    const CsrGraph graph = fee_graph(network_of(2, {channel}), kPayment);
    EXPECT_THAT(graph.weights(0), ElementsAre(1000 + 125'000 + kHopCost.value));
    EXPECT_THAT(graph.weights(1), ElementsAre(kHopCost.value));
}

TEST(FeeGraph, RoundsTheProportionalFeeDown) {
    Channel channel = free_one_way(0, 1);
    channel.policy[0] = policy(0, 3);
    const CsrGraph graph = fee_graph(network_of(2, {channel}), Msat{999'999});
    EXPECT_THAT(graph.weights(0), ElementsAre(2 + kHopCost.value));
}

TEST(FeeGraph, KeepsTheCheapestParallelChannelOfEachDirection) {
    Channel dear = free_one_way(0, 1);
    dear.policy[0] = policy(0, 900);
    Channel cheap = free_one_way(0, 1);
    cheap.policy[0] = policy(0, 10);
    const CsrGraph graph = fee_graph(network_of(2, {dear, cheap}), kPayment);
    EXPECT_THAT(graph.weights(0), ElementsAre(5000 + kHopCost.value));
}

TEST(FeeGraph, TakesADirectionOnlyWithinItsHtlcLimits) {
    Channel channel = free_one_way(0, 1);
    channel.policy[0]->min_htlc = kPayment;
    channel.policy[0]->max_htlc = kPayment;
    EXPECT_THAT(weights_from_0(channel), ElementsAre(kHopCost.value));
    channel.policy[0]->min_htlc = kPayment + Msat{1};
    EXPECT_THAT(weights_from_0(channel), IsEmpty());
    channel.policy[0]->min_htlc = Msat{0};
    channel.policy[0]->max_htlc = kPayment - Msat{1};
    EXPECT_THAT(weights_from_0(channel), IsEmpty());
}

TEST(FeeGraph, LeavesOutDisabledAndUnannouncedDirections) {
    Channel channel = free_one_way(0, 1);
    channel.policy[0]->disabled = true;
    EXPECT_THAT(fee_graph(network_of(2, {channel}), kPayment).target, IsEmpty());
}

TEST(FeeGraph, LeavesOutAFeeAboveTheAmount) {
    Channel channel = free_one_way(0, 1);
    channel.policy[0] = policy(kPayment.value, 0);
    EXPECT_THAT(weights_from_0(channel), ElementsAre(kPayment.value + kHopCost.value));
    channel.policy[0] = policy(kPayment.value, 1);
    EXPECT_THAT(weights_from_0(channel), IsEmpty());
    channel.policy[0] = policy(4'294'967'295, 4'294'967'295);
    EXPECT_THAT(weights_from_0(channel), IsEmpty());
}

TEST(FeeGraph, AsksForTheCapacityOnlyWhereItIsKnown) {
    Channel channel = free_one_way(0, 1);
    channel.capacity = Sat{499'999};
    EXPECT_THAT(weights_from_0(channel), IsEmpty());
    channel.capacity = Sat{500'000};
    EXPECT_THAT(weights_from_0(channel), ElementsAre(kHopCost.value));
    channel.capacity.reset();
    EXPECT_THAT(weights_from_0(channel), ElementsAre(kHopCost.value));
}

TEST(FeeGraph, IgnoresInboundFees) {
    Channel channel = free_one_way(0, 1);
    channel.policy[0]->inbound_base_fee = Msat{-5000};
    channel.policy[0]->inbound_fee_rate = Ppm{-300};
    EXPECT_THAT(weights_from_0(channel), ElementsAre(kHopCost.value));
}

} // namespace
} // namespace mcp::graph
