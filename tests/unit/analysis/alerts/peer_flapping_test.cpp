#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::OwnNode;
using test::days;
using test::Scene;

const domain::Network kNetwork = test::quiet_node().build();

std::string said(std::optional<std::int64_t> then, std::optional<std::int64_t> now, std::size_t peers = 1) {
    OwnNode node = test::node_of(kNetwork);
    OwnNode week_ago = test::earlier(node, 7);
    for (std::size_t i = 0; i < peers; ++i) {
        node.peers->at(i).flaps = now;
        week_ago.peers->at(i).flaps = then;
    }
    return test::said(peer_flapping(Scene(kNetwork).told(std::move(node), {}, std::move(week_ago)).input()));
}

TEST(PeerFlapping, CountsWhatTheWeekAdded) {
    EXPECT_EQ(said(1'000, 1'050), "nothing");
    EXPECT_EQ(said(1'000, 1'051),
              "warning, to act on\n"
              "1 peer comes and goes\n"
              "Connections that broke or came back within 7 days: alice 51 times (1,000,000 sat). Each "
              "time payments fail. Ask the operator, or prefer another address of the peer.");
}

TEST(PeerFlapping, ConcludesNothingFromACounterThatBeganAnewOrIsNotKept) {
    EXPECT_EQ(said(1'000, 60), "nothing");
    EXPECT_EQ(said({}, 500), "nothing");
    EXPECT_EQ(said(1, {}), "nothing");
}

TEST(PeerFlapping, NeedsAStatementOfAWeekEarlier) {
    OwnNode node = test::node_of(kNetwork);
    node.peers->at(0).flaps = 5'000;
    EXPECT_EQ(test::said(peer_flapping(Scene(kNetwork).told(node, test::earlier(node)).input())), "nothing");
}

TEST(PeerFlapping, IsANoteBelowAQuarterOfCapacity) {
    const domain::Network network = test::quiet_node().channel("us", "erin", 9'000'000).build();
    OwnNode node = test::node_of(network);
    const OwnNode week_ago = test::earlier(node, 7);
    for (domain::NodePeer& peer : *node.peers) {
        peer.flaps = peer.key == network.nodes[test::node_named(network, "alice")].key ? 90 : 3;
    }
    EXPECT_EQ(test::said(peer_flapping(Scene(network).told(node, {}, week_ago).input())).substr(0, 4), "info");
}

} // namespace
} // namespace mcp::analysis
