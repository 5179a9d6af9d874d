#include "tests/support/outside_samples.hpp"
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

using domain::ClosingReason;
using domain::source::kAmboss;
using domain::source::kMempool;

/// Alice's and bob's channels are gone; providers say of them what is told.
std::string said_of(std::vector<domain::ClosedChannel> told) {
    domain::Outside outside;
    outside.closed_channels = std::move(told);
    const test::Beside beside(std::move(outside));
    const Surroundings surroundings = beside.surroundings();
    const domain::Network today = test::quiet_node().close("us", "alice").close("us", "bob").build();
    Scene scene(today);
    scene.after(test::quiet_node().build()).beside(surroundings);
    return test::said(channel_closed(scene.input()));
}

std::string id_with(const std::string& peer) {
    return test::DayOfUs(test::quiet_node().build()).with(peer).channel->id.text();
}

TEST(ChannelClosed, TellsAsAProviderTellsThatItWasByAgreement) {
    EXPECT_EQ(said_of({test::closed(kMempool, id_with("bob"), ClosingReason::mutual)}),
              "info, event\n"
              "2 channels gone from the graph\n"
              "They held 2,000,000 sat: alice (1,000,000 sat), bob (1,000,000 sat). How, as far as told: with bob by "
              "agreement (says mempool). The coins are back on both sides.");
}

TEST(ChannelClosed, WarnsOfAForceClose) {
    EXPECT_EQ(said_of({test::closed(kMempool, id_with("bob"), ClosingReason::mutual),
                       test::closed(kAmboss, id_with("alice"), ClosingReason::force)}),
              "warning, to act on, event\n"
              "2 channels gone from the graph, closed by force\n"
              "They held 2,000,000 sat: alice (1,000,000 sat), bob (1,000,000 sat). How, as far as told: with alice by "
              "force (says Amboss), with bob by agreement (says mempool). By force the coins come back late and for "
              "more fees; who did it is not told: look in your node's log.");
}

TEST(ChannelClosed, IsCriticalWithAPenaltyAndLetsProvidersContradictEachOther) {
    EXPECT_EQ(said_of({test::closed(kMempool, id_with("alice"), ClosingReason::force),
                       test::closed(kAmboss, id_with("alice"), ClosingReason::penalty)}),
              "critical, to act on, event\n"
              "2 channels gone from the graph, closed with a penalty\n"
              "They held 2,000,000 sat: alice (1,000,000 sat), bob (1,000,000 sat). How, as far as told: with alice "
              "with a penalty (says Amboss), with alice by force (says mempool). One side published an old state and "
              "lost the whole channel. Look at once which: if it was your node, it runs on an old backup and its other "
              "channels are in danger.");
}

TEST(ChannelClosed, LeavesWhatProvidersSayOfOtherChannels) {
    const std::string untold = said_of({});
    EXPECT_NE(untold.find("The public graph does not tell who closed or how."), std::string::npos);
    EXPECT_EQ(said_of({test::closed(kMempool, "1x1x1", ClosingReason::penalty)}), untold);
    EXPECT_EQ(said_of({test::closed(kMempool, id_with("alice"), ClosingReason::unknown)}), untold);
}

} // namespace
} // namespace mcp::analysis
