#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::NetworkBuilder;
using test::Scene;

TEST(ChannelClosed, TellsWhichChannelsOfYesterdayAreGone) {
    const domain::Network today = test::quiet_node().close("us", "alice").close("us", "bob").build();
    EXPECT_EQ(test::said(channel_closed(Scene(today).after(test::quiet_node().build()).input())),
              "info, event\n"
              "2 channels gone from the graph\n"
              "They held 2,000,000 sat: alice (1,000,000 sat), bob (1,000,000 sat). The public graph does not tell who "
              "closed or how.");
}

TEST(ChannelClosed, TellsItEvenIfAnotherChannelToTheSamePeerIsNew) {
    const domain::Network today = test::quiet_node().close("us", "alice").channel("us", "alice", 5'000'000).build();
    EXPECT_EQ(test::said(channel_closed(Scene(today).after(test::quiet_node().build()).input())),
              "info, event\n"
              "1 channel gone from the graph\n"
              "It held 1,000,000 sat: alice (1,000,000 sat). The public graph does not tell who closed or how.");
}

TEST(ChannelClosed, IsQuietWhenAllAreThereAndWithoutYesterday) {
    const domain::Network more = test::quiet_node().channel("us", "alice", 5'000'000).build();
    EXPECT_EQ(test::said(channel_closed(Scene(more).after(test::quiet_node().build()).input())), "nothing");
    EXPECT_EQ(test::said(channel_closed(Scene(NetworkBuilder().node("us").build()).input())), "nothing");
}

TEST(ChannelClosed, FollowsNoChannelThatIsOnlyAPosition) {
    domain::Network positions = test::quiet_node().close("us", "alice").build();
    positions.positional_ids = true;
    const domain::Network whole = test::quiet_node().build();
    EXPECT_EQ(test::said(channel_closed(Scene(positions).after(whole).input())), "nothing");

    domain::Network old_positions = whole;
    old_positions.positional_ids = true;
    for (domain::Channel& channel : old_positions.channels) {
        channel.id.value &= 0xFFFFFF;
    }
    EXPECT_EQ(test::said(channel_closed(Scene(whole).after(old_positions).input())), "nothing");
}

} // namespace
} // namespace mcp::analysis
