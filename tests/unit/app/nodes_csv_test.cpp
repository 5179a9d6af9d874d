#include "app/commands/nodes_csv.hpp"

#include "tests/support/small_network.hpp"

#include <gtest/gtest.h>

namespace mcp::app {
namespace {

using test::channel;
using test::policy;

TEST(NodesCsv, GivesEachNodeALineAndLeavesEmptyWhatIsAbsent) {
    domain::Network network = test::network(3, {channel(1, 0, 1, 10'000'000, policy(1000, 10), policy(0, 5)),
                                                channel(2, 1, 2, 30'000'000, policy(0, 20), std::nullopt)});
    EXPECT_EQ(nodes_csv(network, 1),
              "pubkey,alias,channels,capacity_sats,mean_channel_sats,median_channel_sats,mean_fee_ppm,median_fee_ppm,"
              "mean_base_msat,median_base_msat,betweenness_hops,betweenness_50k,betweenness_500k,betweenness_5m\n" +
                  network.nodes[0].key.hex() + ",\"node 0\",1,10000000,10000000,10000000,10,10,1000,1000,0,0,0,0\n" +
                  network.nodes[1].key.hex() + ",\"node 1\",2,40000000,20000000,20000000,12.5,12.5,0,0,1,1,1,1\n" +
                  network.nodes[2].key.hex() + ",\"node 2\",1,30000000,30000000,30000000,,,,,0,0,0,0\n");
}

TEST(NodesCsv, LeavesTheCapacityEmptyWhereNoneIsKnown) {
    domain::Network network = test::network(2, {channel(1, 0, 1, 1, policy(1000, 10), policy(0, 5))});
    network.channels[0].capacity = std::nullopt;
    EXPECT_NE(nodes_csv(network, 1).find("\"node 0\",1,,,,10,10"), std::string::npos) << nodes_csv(network, 1);
}

TEST(NodesCsv, QuotesAliasesAndDisarmsFormulas) {
    EXPECT_EQ(csv_text_cell("plain"), "\"plain\"");
    EXPECT_EQ(csv_text_cell(""), "\"\"");
    EXPECT_EQ(csv_text_cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
    EXPECT_EQ(csv_text_cell("=cmd|' /C calc'!A0"), "\"'=cmd|' /C calc'!A0\"");
    EXPECT_EQ(csv_text_cell("+1"), "\"'+1\"");
    EXPECT_EQ(csv_text_cell("-1"), "\"'-1\"");
    EXPECT_EQ(csv_text_cell("@sum"), "\"'@sum\"");
    EXPECT_EQ(csv_text_cell("a=b"), "\"a=b\"");
}

} // namespace
} // namespace mcp::app
