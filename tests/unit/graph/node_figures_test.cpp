#include "graph/node_figures.hpp"

#include "tests/support/small_network.hpp"

#include <gtest/gtest.h>

namespace mcp::graph {
namespace {

using test::channel;
using test::policy;

TEST(NodeFigures, CountOwnPoliciesWhateverTheirState) {
    const NodeFigures figures =
        node_figures(test::network(3, {channel(1, 0, 1, 1'000'000, policy(1000, 10), policy(7, 7)),
                                       channel(2, 0, 2, 3'000'000, test::disabled(policy(0, 9000)), std::nullopt),
                                       channel(3, 1, 2, 9'000'000, policy(7, 7), policy(7, 7))}),
                     0);
    EXPECT_EQ(figures.channels, 2u);
    EXPECT_EQ(figures.capacity, Sat{4'000'000});
    EXPECT_EQ(figures.channel_sats, (Spread{.mean = 2e6, .median = 2e6, .min = 1e6, .max = 3e6}));
    EXPECT_EQ(figures.base_fee_msat, (Spread{.mean = 500, .median = 500, .min = 0, .max = 1000}));
    EXPECT_EQ(figures.fee_rate_ppm, (Spread{.mean = 4505, .median = 4505, .min = 10, .max = 9000}));
}

TEST(NodeFigures, AreAbsentWhereNothingWasAnnounced) {
    domain::Channel unknown_size = channel(1, 0, 1, 1, std::nullopt, policy(1, 1));
    unknown_size.capacity = std::nullopt;
    const NodeFigures figures = node_figures(test::network(3, {unknown_size}), 0);
    EXPECT_EQ(figures.channels, 1u);
    EXPECT_EQ(figures.capacity, Sat{0});
    EXPECT_EQ(figures.channel_sats, std::nullopt);
    EXPECT_EQ(figures.base_fee_msat, std::nullopt);
    EXPECT_EQ(figures.fee_rate_ppm, std::nullopt);
}

TEST(NodeFigures, OfANodeWithoutChannelsAreEmpty) {
    EXPECT_EQ(node_figures(test::network(1, {}), 0), NodeFigures{});
}

} // namespace
} // namespace mcp::graph
