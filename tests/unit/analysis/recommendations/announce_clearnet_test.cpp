#include "tests/support/scene.hpp"

#include "analysis/recommendations/all.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

std::string said(bool has_tor, bool has_clearnet, const test::NetworkBuilder& builder = test::quiet_node()) {
    domain::Network network = builder.build();
    domain::Node& us = network.nodes[test::node_named(network, "us")];
    us.has_tor = has_tor;
    us.has_clearnet = has_clearnet;
    return test::said(announce_clearnet(test::Scene(std::move(network)).input()));
}

TEST(AnnounceClearnet, IsAdvisedToANodeWithOnionAddressesOnly) {
    EXPECT_EQ(said(true, false),
              "low performance 1.0\n"
              "The node is reached over Tor only\n"
              "Only onion addresses are announced: connections are slower, break more often, and clearnet-only peers "
              "cannot connect.\n"
              "If your privacy allows, announce a clearnet address too (LND: externalip with "
              "tor.skip-proxy-for-clearnet-targets; Core Lightning: announce-addr).\n"
              "\n"
              "\n");
}

TEST(AnnounceClearnet, IsQuietWithAClearnetAddressWithoutAnyAndWithoutChannels) {
    EXPECT_EQ(said(true, true), "nothing");
    EXPECT_EQ(said(false, true), "nothing");
    EXPECT_EQ(said(false, false), "nothing");
    EXPECT_EQ(said(true, false, test::NetworkBuilder().node("us")), "nothing");
}

TEST(AnnounceClearnet, IsQuietWhereTheGraphTellsNoAddresses) {
    domain::Network network = test::quiet_node().build();
    network.nodes[test::node_named(network, "us")].has_tor = true; // as an older graph knew it
    network.tells.addresses = false;
    EXPECT_EQ(test::said(announce_clearnet(test::Scene(std::move(network)).input())), "nothing");
}

} // namespace
} // namespace mcp::analysis
