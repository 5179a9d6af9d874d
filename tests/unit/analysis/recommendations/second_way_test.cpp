#include "tests/support/scene.hpp"

#include "analysis/recommendations/all.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::NetworkBuilder;

/// "us" hangs on alice, who is one of a ring of three.
NetworkBuilder dependent() {
    return NetworkBuilder()
        .channel("us", "alice", 1'000'000)
        .channel("alice", "bob", 1'000'000)
        .channel("bob", "carol", 1'000'000)
        .channel("carol", "alice", 1'000'000);
}

TEST(SecondWay, AsksForOneWhenAPeerIsTheOnlyWayOut) {
    EXPECT_EQ(test::said(second_way(test::Scene(dependent().build()).input())),
              "high channels 7.0\n"
              "One peer is your only way out\n"
              "Without alice the node is cut off from the main network.\n"
              "Open one more channel to a well-connected peer that does not depend on it.\n"
              "\n"
              "\n");
}

TEST(SecondWay, IsQuietWithOneAndForANodeOutsideOfTheNetwork) {
    EXPECT_EQ(test::said(second_way(test::Scene(dependent().channel("us", "bob", 1).build()).input())), "nothing");
    const NetworkBuilder island =
        NetworkBuilder().channel("us", "alice", 1).channel("bob", "carol", 1).channel("carol", "dave", 1);
    EXPECT_EQ(test::said(second_way(test::Scene(island.build()).input())), "nothing");
}

} // namespace
} // namespace mcp::analysis
