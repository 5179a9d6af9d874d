#include "tests/support/scene.hpp"

#include "analysis/score/all.hpp"
#include "tests/support/own_node_samples.hpp"

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

/// The part as a node tells it after `change`, and a week before.
template <typename Change>
PartResult told(Change change) {
    test::DayOfUs day(test::quiet_node().build());
    domain::OwnNode node = test::node_of(day.facts->network);
    const domain::OwnNode week_ago = test::earlier(node, 7);
    change(node);
    day.us.tell(node, nullptr, &week_ago);
    return risk(day.us, day.us.own());
}

TEST(Risk, CountsWhatTheNodeTellsOfMoneyInDanger) {
    const double quiet = *of(test::quiet_node()).value;
    const PartResult nothing = told([](domain::OwnNode&) {});
    EXPECT_EQ(*nothing.value, quiet);
    EXPECT_TRUE(nothing.is_told_by_node);
    EXPECT_NE(test::english(nothing.inputs).find("as your node tells: nothing at risk now"), std::string::npos);
    const auto htlc_with = [](std::uint32_t blocks) {
        return [blocks](domain::OwnNode& node) {
            node.channels[0].htlcs = {{.incoming = true, .amount = Msat{1}, .expires_at_block = 900'100 + blocks}};
        };
    };
    EXPECT_EQ(*told(htlc_with(41)).value, quiet);
    EXPECT_EQ(*told(htlc_with(40)).value, quiet - 15);
    EXPECT_EQ(*told(htlc_with(13)).value, quiet - 30);
    EXPECT_EQ(*told([](domain::OwnNode& node) { node.wallet->confirmed = Sat{49'999}; }).value, quiet - 10);
    EXPECT_EQ(*told([](domain::OwnNode& node) {
                   node.pending->emplace_back().kind = domain::PendingKind::force_closing;
               }).value,
              quiet - 10);
    EXPECT_EQ(*told([](domain::OwnNode& node) { *(*node.peers)[0].flaps += 51; }).value, quiet - 5);
}

TEST(Risk, SaysThatNothingIsAtRiskOnlyWhereAllWasTold) {
    const PartResult part = told([](domain::OwnNode& node) {
        node.pending.reset();
        node.wallet.reset();
    });
    EXPECT_NE(
        test::english(part.inputs)
            .find("as your node tells: nothing at risk in what it told, pending channels not told, wallet not told"),
        std::string::npos)
        << test::english(part.inputs);
}

TEST(Risk, IsThatOfTheGraphWhenTheNodeWasInDoubtOrDidNotTellItsChannels) {
    const PartResult doubtful = told([](domain::OwnNode& node) {
        node.doubts = {domain::NodeDoubt::not_synced_to_chain};
        node.wallet->confirmed = {};
    });
    const PartResult partial = told([](domain::OwnNode& node) {
        node.channels.clear();
        node.gaps = {{domain::NodePart::channels, {ErrorKind::forbidden, {"system.not_allowed", {}}}}};
    });
    for (const PartResult& part : {doubtful, partial}) {
        EXPECT_EQ(*part.value, *of(test::quiet_node()).value);
        EXPECT_FALSE(part.is_told_by_node);
        EXPECT_EQ(test::english(part.inputs).find("as your node tells"), std::string::npos);
    }
}

TEST(Risk, NeverFallsBelowZero) {
    test::DayOfUs day(NetworkBuilder().channel("us", "alice", 1'000'000).channel("alice", "bob", 1'000'000).build());
    domain::OwnNode node = test::node_of(day.facts->network);
    node.wallet->confirmed = {};
    node.channels[0].htlcs = {{.incoming = true, .amount = Msat{1}, .expires_at_block = 1}};
    day.us.tell(node);
    EXPECT_EQ(*risk(day.us, day.us.own()).value, 0);
}

} // namespace
} // namespace mcp::analysis
