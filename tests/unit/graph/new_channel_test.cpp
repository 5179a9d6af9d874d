#include "graph/new_channel.hpp"

#include "graph/betweenness_reference.hpp"
#include "tests/support/small_network.hpp"

#include <array>

namespace mcp::graph {
namespace {

using domain::Network;
using domain::NodeId;

constexpr Msat kPayment{500'000'000};
constexpr std::uint32_t kNodes = 12;

double betweenness_of(const Network& network, NodeId node) {
    return betweenness_reference(fee_graph(network, kPayment))[node];
}

TEST(LikelyFeeRate, IsTheMedianOfTheNodesOwnPolicies) {
    const Network network =
        test::network(3, {test::channel(1, 0, 1, 1'000'000, test::policy(0, 10), test::policy(0, 999)),
                          test::channel(2, 0, 2, 1'000'000, test::policy(0, 31), std::nullopt)});
    EXPECT_EQ(likely_fee_rate(network, 0).rate, Ppm{21}); // 20.5, to whole ppm
    EXPECT_FALSE(likely_fee_rate(network, 0).is_assumed);
}

TEST(LikelyFeeRate, SaysThatItIsAssumedForANodeWithoutAPolicy) {
    const Network network = test::network(2, {test::channel(1, 0, 1, 1'000'000, test::policy(0, 10), std::nullopt)});
    EXPECT_EQ(likely_fee_rate(network, 1).rate, kAssumedFeeRate);
    EXPECT_TRUE(likely_fee_rate(network, 1).is_assumed);
}

TEST(NewChannel, WeighsItsFeesAndTheHop) {
    const Opening opening = opening_of({.peer = 1, .own_fee_rate = Ppm{100}, .peer_fee_rate = Ppm{0}}, 0, kPayment);
    EXPECT_EQ(opening.weight_out, 50'000 + 1000);
    EXPECT_EQ(opening.weight_in, 1000);
}

TEST(NewChannel, HasNoDirectionThatCannotCarryThePayment) {
    const Opening small = opening_of({.peer = 1, .capacity = Sat{499'999}}, 0, kPayment);
    EXPECT_EQ(small.weight_out, std::nullopt);
    EXPECT_EQ(small.weight_in, std::nullopt);
    const Opening forbidding = opening_of({.peer = 1, .own_fee_rate = Ppm{1'000'001}}, 0, kPayment);
    EXPECT_EQ(forbidding.weight_out, std::nullopt);
    EXPECT_EQ(forbidding.weight_in, 50'000 + 1000); // kAssumedFeeRate
}

TEST(NewChannel, GainsWhatTheNetworkWithItSays) {
    for (std::uint32_t seed = 0; seed < 40; ++seed) {
        SCOPED_TRACE(seed);
        Network network = test::any_network(kNodes, 30, seed);
        const WhatIf what_if = WhatIf::prepare(fee_graph(network, kPayment), 1);
        const NewChannel channel{.peer = 1 + seed % (kNodes - 1), .own_fee_rate = Ppm{200}, .peer_fee_rate = Ppm{700}};
        const double gain = what_if.open_gains(0, std::array{opening_of(channel, 0, kPayment)}).front().total();
        const double today = betweenness_of(network, 0);
        network.channels.push_back(planned(channel, 0));
        EXPECT_NEAR(today + gain, betweenness_of(network, 0), 1e-9);
    }
}

TEST(ClosingOfAChannel, LosesWhatTheNetworkWithoutItSays) {
    for (std::uint32_t seed = 0; seed < 40; ++seed) {
        SCOPED_TRACE(seed);
        const Network network = test::any_network(kNodes / 2, 30, seed); // many parallel channels
        const WhatIf what_if = WhatIf::prepare(fee_graph(network, kPayment), 1);
        const double today = betweenness_of(network, 0);
        for (const domain::ChannelIx ix : network.channels_of(0)) {
            const double loss = what_if.close_losses(0, std::array{closing_of(network, ix, 0, kPayment)}).front();
            Network without = network;
            without.channels.erase(without.channels.begin() + ix);
            EXPECT_NEAR(today - loss, betweenness_of(without, 0), 1e-9);
        }
    }
}

} // namespace
} // namespace mcp::graph
