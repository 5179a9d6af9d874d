#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

TEST(NoChannels, IsCriticalWhenNoChannelNamesTheNode) {
    const test::Scene scene(test::NetworkBuilder().node("us").channel("alice", "bob", 1'000'000).build());
    EXPECT_EQ(test::said(no_channels(scene.input())),
              "critical, to act on\n"
              "The node has no public channel\n"
              "In the graph of 25 October 2025 no channel names this node: it cannot route or be found. Open a "
              "channel, or wait until its announcement (6 confirmations) is heard.");
}

TEST(NoChannels, IsQuietWithOneChannelEvenADisabledOne) {
    const test::End off{.disabled = true};
    const test::Scene scene(test::NetworkBuilder().channel("us", "alice", 1'000'000, off, off).build());
    EXPECT_EQ(test::said(no_channels(scene.input())), "nothing");
}

} // namespace
} // namespace mcp::analysis
