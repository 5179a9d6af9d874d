#include "analysis/find_node.hpp"

#include "language/language.hpp"
#include "tests/support/small_network.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::Network;
using domain::NodeId;

/// Nodes with these aliases; the first one has a channel to each other.
Network named(const std::vector<std::string>& aliases) {
    std::vector<domain::Channel> channels;
    for (NodeId id = 1; id < aliases.size(); ++id) {
        channels.push_back(test::channel(id, 0, id, 1000, std::nullopt, std::nullopt));
    }
    Network network = test::network(static_cast<std::uint32_t>(aliases.size()), std::move(channels));
    for (NodeId id = 0; id < aliases.size(); ++id) {
        network.nodes[id].alias = aliases[id];
    }
    return network;
}

std::string refusal(const Network& network, std::string_view text) {
    const Result<NodeId> found = find_node(network, text);
    return found ? "found" : language::render(found.error(), language::Language::en);
}

TEST(FindNode, KnowsAPublicKeyInEitherCase) {
    const Network network = named({"a", "b"});
    std::string key = network.nodes[1].key.hex();
    EXPECT_EQ(find_node(network, key).value(), 1u);
    std::transform(key.begin(), key.end(), key.begin(), [](unsigned char c) { return std::toupper(c); });
    EXPECT_EQ(find_node(network, key).value(), 1u);
    EXPECT_EQ(refusal(network, test::key_of(7).hex()),
              "no node with the key " + test::key_of(7).hex() + " in this graph; check the key, or use a newer graph");
}

TEST(FindNode, TakesEightDigitsThatFitOneNode) {
    const Network network = named({"a", "b"});
    EXPECT_EQ(find_node(network, network.nodes[1].key.hex().substr(0, 10)).value(), 1u);
    EXPECT_THAT(refusal(network, network.nodes[1].key.hex().substr(0, 8)),
                testing::StartsWith("2 nodes fit '02000000'"));
    EXPECT_THAT(refusal(network, network.nodes[1].key.hex().substr(0, 7)), testing::StartsWith("no node called"));
}

TEST(FindNode, PrefersTheExactAliasToOneInOtherCase) {
    const Network network = named({"Élan", "élan", "acinq", "ACINQ "});
    EXPECT_EQ(find_node(network, "élan").value(), 1u);
    EXPECT_EQ(find_node(network, "Acinq").value(), 2u);
    EXPECT_EQ(refusal(network, "ÉLAN").substr(0, 18), "2 nodes fit 'ÉLAN");
}

TEST(FindNode, ListsTheNodesOfOneNameMostChannelsFirst) {
    const Network network = named({"hub", "same", "same"});
    EXPECT_EQ(refusal(network, "same"), "2 nodes fit 'same'; give the public key of one of them: " +
                                            network.nodes[1].key.hex() + " ('same', 1 channel, 1,000\u00A0sat), " +
                                            network.nodes[2].key.hex() + " ('same', 1 channel, 1,000\u00A0sat)");
    const Network all_one = named(std::vector<std::string>(13, "x1"));
    EXPECT_THAT(refusal(all_one, "x1"), testing::HasSubstr(all_one.nodes[0].key.hex() + " ('x1', 12 channels"));
    EXPECT_THAT(refusal(all_one, "x1"), testing::EndsWith(", and 3 more"));
}

TEST(FindNode, NamesTheNearestAliasesOfAnUnknownOne) {
    const Network network = named({"ACINQ", "Kraken", "🐙 kraken ⚡", "Bitrefill"});
    EXPECT_EQ(refusal(network, "acinc"),
              "no node called 'acinc' in this graph; the nearest is 'ACINQ' (" + network.nodes[0].key.hex() + ")");
    EXPECT_THAT(refusal(network, "krake"), testing::HasSubstr("the nearest are 'Kraken'"));
    EXPECT_THAT(refusal(network, "refill"), testing::HasSubstr("'Bitrefill'"));
    EXPECT_EQ(refusal(network, "zzzzzz"),
              "no node called 'zzzzzz' in this graph; check the name, or give the public key");
    EXPECT_EQ(refusal(network, ""), "no node given; name one by its public key or alias");
}

TEST(FindNode, FindsANameThatLooksLikeAKey) {
    const Network network = named({"deadbeef", "b"});
    EXPECT_EQ(find_node(network, "deadbeef").value(), 0u);
}

} // namespace
} // namespace mcp::analysis
