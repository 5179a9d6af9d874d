#include "tests/support/scene.hpp"

#include "analysis/score/all.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::NetworkBuilder;

PartResult of(const NetworkBuilder& network) {
    return risk(test::DayOfUs(network.build()).us);
}

/// "us" with one channel each to so many peers, who all know each other.
NetworkBuilder with_peers(int peers) {
    NetworkBuilder network;
    for (int i = 0; i < peers; ++i) {
        network.channel("us", fmt::format("peer {}", i), 1'000'000);
        network.channel(fmt::format("peer {}", i), fmt::format("peer {}", (i + 1) % peers), 1'000'000);
    }
    return network;
}

TEST(Risk, CountsConcentrationAboveTenEqualPeers) {
    EXPECT_DOUBLE_EQ(*of(with_peers(10)).value, 100);
    EXPECT_DOUBLE_EQ(*of(with_peers(20)).value, 100);
    EXPECT_DOUBLE_EQ(*of(with_peers(4)).value, 90); // HHI 1/4: 100 - 60 x 0.15 / 0.9
    EXPECT_EQ(test::english(of(with_peers(4)).inputs),
              "concentration 0.25 (HHI by peer, 1 = a single peer); peers that alone can cut the node off: 0");
}

TEST(Risk, TakesAllChannelsOfAPeerTogether) {
    EXPECT_DOUBLE_EQ(*of(with_peers(4).channel("us", "peer 0", 1'000'000)).value,
                     100 - 60 * ((4 + 1 + 1 + 1) / 25.0 - 0.1) / 0.9);
}

TEST(Risk, CountsAPeerThatAloneCanCutTheNodeOff) {
    NetworkBuilder hanging = NetworkBuilder().channel("us", "alice", 1'000'000);
    hanging.channel("alice", "bob", 1'000'000).channel("bob", "carol", 1'000'000).channel("carol", "alice", 1'000'000);
    EXPECT_DOUBLE_EQ(*of(hanging).value, 0); // 100 - 60 - 40
    EXPECT_NE(test::english(of(hanging).inputs).find("cut the node off: 1"), std::string::npos);
}

TEST(Risk, IsAbsentWithoutChannelsOrKnownCapacity) {
    EXPECT_EQ(test::why(of(NetworkBuilder().node("us")).value), "the node has no public channel");
    EXPECT_EQ(test::why(of(NetworkBuilder().channel("us", "alice", std::nullopt)).value),
              "the graph does not tell the capacity");
}

} // namespace
} // namespace mcp::analysis
