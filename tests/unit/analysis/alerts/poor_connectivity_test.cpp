#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::days;
using test::End;
using test::NetworkBuilder;
using test::Scene;

NetworkBuilder ring(NetworkBuilder network, const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        network.channel(names[i], names[(i + 1) % names.size()], 1'000'000);
    }
    return network;
}

NetworkBuilder with_peers(const std::vector<std::string>& peers) {
    NetworkBuilder network;
    for (const std::string& peer : peers) {
        network.channel("us", peer, 1'000'000);
    }
    return network;
}

std::string said(const NetworkBuilder& network) {
    return test::said(poor_connectivity(Scene(network.build()).input()));
}

TEST(PoorConnectivity, WarnsBelowThreePeers) {
    EXPECT_EQ(said(ring(with_peers({"alice", "bob"}), {"alice", "bob", "carol"})), "warning, to act on\n"
                                                                                   "Few ways lead through this node\n"
                                                                                   "Why: only 2 peers.");
    EXPECT_EQ(said(ring(with_peers({"alice", "bob", "carol"}), {"alice", "bob", "carol"})), "nothing");
}

TEST(PoorConnectivity, CountsPeersAndNotChannels) {
    EXPECT_NE(said(ring(with_peers({"alice", "bob", "bob", "bob"}), {"alice", "bob", "carol"})), "nothing");
}

TEST(PoorConnectivity, NamesThePeerThatAloneCanCutTheNodeOff) {
    const NetworkBuilder network =
        ring(with_peers({"alice", "leaf 1", "leaf 2"}), {"alice", "bob", "carol", "dave", "erin"});
    EXPECT_EQ(said(network), "warning, to act on\n"
                             "Few ways lead through this node\n"
                             "Why: without alice the node is cut off from the main network.");
}

TEST(PoorConnectivity, GivesEveryCauseInOneSentence) {
    EXPECT_NE(said(ring(with_peers({"alice"}), {"alice", "bob", "carol"}))
                  .find("Why: only 1 peer, without alice the node is cut off from the main network."),
              std::string::npos);
}

/// The quiet node a week ago, when it carried more than each of the four others.
Scene a_week_after_quiet(const NetworkBuilder& today) {
    Scene scene(today.build());
    scene.a_week_after(test::quiet_node().at(test::kNoon - days{7}).build());
    return scene;
}

NetworkBuilder dear() {
    NetworkBuilder network = test::quiet_node();
    for (const char* peer : {"alice", "bob", "carol", "dave"}) {
        network.set("us", peer, {.ppm = 4000}, {});
    }
    return network;
}

TEST(PoorConnectivity, TellsTheFallOfANodeThatCarriedMuch) {
    EXPECT_EQ(test::said(poor_connectivity(a_week_after_quiet(dear()).input())),
              "warning, to act on\n"
              "Few ways lead through this node\n"
              "Why: it carries 100% fewer cheapest routes than on 18 October 2025.");
}

TEST(PoorConnectivity, BearsAFallByLessThanHalf) {
    // only the way from bob to dave is lost: a quarter
    NetworkBuilder today = test::quiet_node().set("us", "dave", {.disabled = true}, {});
    EXPECT_EQ(test::said(poor_connectivity(a_week_after_quiet(today).input())), "nothing");
    EXPECT_NE(
        test::said(poor_connectivity(a_week_after_quiet(today).by({.betweenness_fall = 0.2}).input())).find("25%"),
        std::string::npos);
}

TEST(PoorConnectivity, TakesTheFallOfASmallCarrierForNoise) {
    EXPECT_EQ(test::said(poor_connectivity(a_week_after_quiet(dear()).by({.betweenness_min_percentile = 91}).input())),
              "nothing");
    Scene never_carried(test::quiet_node().build());
    never_carried.a_week_after(dear().at(test::kNoon - days{7}).build());
    EXPECT_EQ(test::said(poor_connectivity(never_carried.input())), "nothing");
}

TEST(PoorConnectivity, KnowsNoFallWithoutHistoryAndLeavesANodeWithoutChannels) {
    EXPECT_EQ(said(dear()), "nothing");
    EXPECT_EQ(said(NetworkBuilder().node("us").channel("alice", "bob", 1'000'000)), "nothing");
}

} // namespace
} // namespace mcp::analysis
