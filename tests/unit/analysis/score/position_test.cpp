#include "tests/support/scene.hpp"

#include "analysis/score/all.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::NetworkBuilder;

/// Pairs of nodes, joined by a channel of that size each; node number i carries i + 1. "us" is the first of the small.
PartResult among(int small, int large) {
    NetworkBuilder builder;
    builder.node("us");
    const auto add_pairs = [&](const std::string& kind, int nodes, std::int64_t capacity_sats) {
        for (int i = 0; i < nodes; i += 2) {
            const std::string first = kind == "small" && i == 0 ? "us" : fmt::format("{} {}", kind, i);
            builder.channel(first, fmt::format("{} {}", kind, i + 1), capacity_sats);
        }
    };
    add_pairs("small", small, 1'000'000);
    add_pairs("large", large, 100'000'000);
    domain::Network network = builder.build();
    DayBetweenness planted = compute_betweenness(network, 1);
    for (std::size_t id = 0; id < planted.fee_500k.size(); ++id) {
        planted.fee_500k[id] = static_cast<double>(id + 1);
    }
    planted.fee_500k[test::node_named(network, "us")] = 4.5; // above three others
    const DayFacts facts(std::move(network), Day{}, std::move(planted));
    return position(NodeDay(facts, test::node_named(facts.network, "us")));
}

TEST(Position, ComparesASmallNodeWithSmallOnes) {
    const PartResult result = among(40, 40);
    EXPECT_DOUBLE_EQ(*result.value, 100 * 3.5 / 40); // nodes 2, 3, 4 carry less
    EXPECT_NE(test::english(result.inputs).find("of the 40 nodes"), std::string::npos);
}

TEST(Position, WidensWhatIsComparableUntilThirtyAreFound) {
    EXPECT_DOUBLE_EQ(*among(10, 40).value, 100 * 3.5 / 50);
    EXPECT_DOUBLE_EQ(*among(30, 40).value, 100 * 3.5 / 30);
}

TEST(Position, IsAbsentAndNotZeroForANodeThatCarriesNothing) {
    const PartResult result = position(test::DayOfUs(NetworkBuilder().channel("us", "alice", 1'000'000).build()).us);
    EXPECT_EQ(test::why(result.value), "no cheapest route passes through this node");
    EXPECT_EQ(test::english(result.inputs), "no cheapest route of 500,000 sat passes here; most nodes carry nothing");
}

TEST(Position, IsAbsentWhereFewerThanThirtyNodesCarryAnything) {
    EXPECT_EQ(test::why(among(14, 16).value), "it is there");
    EXPECT_EQ(test::why(among(14, 14).value),
              "fewer than 30 nodes of known capacity carry anything: none to compare with");
    EXPECT_EQ(test::english(among(14, 14).inputs), "absent");
}

TEST(Position, IsAbsentWithoutKnownCapacity) {
    const NetworkBuilder network =
        NetworkBuilder().channel("us", "alice", std::nullopt).channel("us", "bob", std::nullopt);
    EXPECT_EQ(test::why(position(test::DayOfUs(network.build()).us).value), "the graph does not tell the capacity");
}

} // namespace
} // namespace mcp::analysis
