#include "tests/support/own_node_samples.hpp"
#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::days;
using test::End;
using test::NetworkBuilder;
using test::Scene;

const End kOff{.disabled = true};
const End kSilent{.ago = days{15}};

NetworkBuilder all_but_dave_dead() {
    return test::quiet_node()
        .set("us", "alice", kOff, kOff)
        .set("us", "bob", kSilent, kSilent)
        .set("us", "carol", {.announced = false}, kOff);
}

TEST(NodeUnreachable, IsCriticalWhenEveryChannelIsDisabledOnBothSidesOrSilent) {
    const Scene scene(all_but_dave_dead().set("us", "dave", kSilent, kSilent).build());
    const std::optional<Finding> finding = node_unreachable(scene.input());
    ASSERT_TRUE(finding);
    EXPECT_EQ(finding->severity, domain::Severity::critical);
    EXPECT_TRUE(finding->requires_action);
    EXPECT_FALSE(finding->is_event);
    EXPECT_EQ(test::english(finding->title), "The network sees the node as offline");
    EXPECT_EQ(test::english(finding->description),
              "All its channels are disabled on both sides or silent for 14 days. Check that the node runs, is "
              "synchronised and can be reached at its announced address.");
}

TEST(NodeUnreachable, SpeaksOfTheOnlyChannelInBothLanguages) {
    const Scene scene(NetworkBuilder().channel("us", "alice", 1'000'000, kOff, kOff).build());
    const Message description = node_unreachable(scene.input()).value().description;
    EXPECT_TRUE(test::english(description).starts_with("Its only channel is disabled on both sides or silent"));
    EXPECT_TRUE(language::render(description, language::Language::fr)
                    .starts_with("Son seul canal est désactivé des deux côtés, ou sans nouvelle depuis 14 jours. "));
}

TEST(NodeUnreachable, IsQuietWhileOneSideOfOneChannelIsEnabled) {
    EXPECT_EQ(test::said(node_unreachable(Scene(all_but_dave_dead().build()).input())), "nothing");
    const Scene half(all_but_dave_dead().set("us", "dave", kOff, {}).build());
    EXPECT_EQ(test::said(node_unreachable(half.input())), "nothing");
}

TEST(NodeUnreachable, KnowsNoSilenceInAnUndatedGraph) {
    NetworkBuilder silent = test::quiet_node();
    for (const char* peer : {"alice", "bob", "carol", "dave"}) {
        silent.set("us", peer, kSilent, kSilent);
    }
    EXPECT_NE(test::said(node_unreachable(Scene(silent.build()).input())), "nothing");
    EXPECT_EQ(test::said(node_unreachable(Scene(silent.undated().build()).input())), "nothing");
}

TEST(NodeUnreachable, BelievesTheNodeThatWasReadWithAnActiveAnnouncedChannel) {
    const domain::Network network = all_but_dave_dead().set("us", "dave", kSilent, kSilent).build();
    const auto beside = [&](domain::OwnNode node) {
        return test::said(node_unreachable(Scene(network).told(std::move(node)).input()));
    };
    domain::OwnNode node = test::node_of(network);
    EXPECT_EQ(beside(node), "nothing");
    for (domain::NodeChannel& channel : node.channels) {
        channel.is_active = false;
    }
    EXPECT_NE(beside(node), "nothing");
    node.channels.front().is_active = true;
    node.channels.front().is_public = false;
    EXPECT_NE(beside(node), "nothing") << "the network cannot know of that one";
}

TEST(NodeUnreachable, LeavesANodeWithoutChannelsToItsOwnRule) {
    EXPECT_EQ(test::said(node_unreachable(Scene(NetworkBuilder().node("us").build()).input())), "nothing");
}

} // namespace
} // namespace mcp::analysis
