#include "adapters/sources/amboss_queries.hpp"
#include "base/json/document.hpp"
#include "tests/support/graph_json.hpp"
#include "tests/support/graphql_schema.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>

namespace mcp::adapters::amboss {
namespace {

using test::GraphqlCheck;
using test::GraphqlSchema;
using testing::ElementsAre;
using testing::IsEmpty;

/// The types that our queries pass through, cut out of Amboss' schema.
constexpr std::string_view kExcerpt = R"(
type Query { getNode(pubkey: String!): NodeType!  getNetworkMetrics: GeneralNetworkMetrics! }
type NodeType { graph_info: GraphInfo! }
type GraphInfo { channels: ChannelInfo
  closed_channels(page: PageInput = {limit: 10, offset: 0}): ClosedChannelInfo
  """Last time we received a gossip update from this node"""
  last_update: String
  metrics: GraphMetrics  node: BaseNode }
type GraphMetrics { capacity: String!  capacity_rank: Float!  channels: Float!  channels_rank: Float! }
type ChannelInfo { fee_info(timeRange: SnapshotTimeRangeEnum = TODAY): NodeFeeInfo }
type NodeFeeInfo { local: FeeMetrics!  remote: FeeMetrics! }
type FeeMetrics { median: String!  weighted: String! }
type BaseNode { alias: String!  pub_key: String!  last_update: Float! }   # both dates are there
input PageInput { limit: Float!  offset: Float! }
type ClosedChannelInfo { list: [Channel!]!  total_count: Float! }
type Channel { capacity: String!  closure_info: ClosedEdge  node1_pub: String!  node2_info: ChannelNodeInfo!
  node2_pub: String!  short_channel_id: String! }
type ChannelNodeInfo { metrics: GraphMetrics  node: BaseNode }
type ClosedEdge { closed_date: String!  closed_height: Float!  closure_type: ChannelClosureType }
enum ChannelClosureType { FORCED MUTUAL PENALTY UNKNOWN }
type GeneralNetworkMetrics { historical_snapshots(timeRange: SnapshotTimeRangeEnum = ONE_DAY): HistoricalSnapshots! }
enum SnapshotTimeRangeEnum { TODAY ONE_DAY ONE_WEEK ONE_MONTH }
type HistoricalSnapshots { channels: MetricsAggregate  nodes: NodeCount }
type NodeCount { active: Float!  total: Float! }
type MetricsAggregate { channel_metrics: HistoricalMetrics!  fee_rate_metrics: HistoricalMetrics! }
type HistoricalMetrics { count: String!  median: String!  sum: String! }
)";

std::vector<domain::PubKey> keys(std::uint32_t count) {
    std::vector<domain::PubKey> made;
    for (std::uint32_t number = 1; number <= count; ++number) {
        made.push_back(domain::PubKey::parse(test::key_hex(number)).value());
    }
    return made;
}

void expect_all_asked_exists_in(const GraphqlSchema& schema) {
    EXPECT_THAT(GraphqlCheck::faults(schema, network_query()), IsEmpty());
    EXPECT_THAT(GraphqlCheck::faults(schema, nodes_query(1)), IsEmpty());
    EXPECT_THAT(GraphqlCheck::faults(schema, nodes_query(kNodesMax)), IsEmpty());
}

TEST(AmbossQueries, AskOnlyWhatTheSchemaHas) {
    expect_all_asked_exists_in(GraphqlSchema(kExcerpt));
}

TEST(AmbossQueries, AskOnlyWhatTheWholeRecordedSchemaHas) {
    const std::string path = MCP_SOURCE_DIR "/../shared/data/recorded/amboss/schema-subset.graphql";
    if (!std::filesystem::exists(path)) {
        GTEST_SKIP() << "the recorded schema " << path << " is not on this machine";
    }
    std::ifstream file(path);
    const std::string sdl{std::istreambuf_iterator<char>(file), {}};
    const GraphqlSchema schema(sdl);
    ASSERT_NE(schema.type("MarketMetrics"), nullptr) << "not read to its end";
    expect_all_asked_exists_in(schema);
}

TEST(AmbossQueries, ACheckOfAQueryFindsEachKindOfFault) {
    const GraphqlSchema schema(kExcerpt);
    const auto faults = [&](std::string_view query) { return GraphqlCheck::faults(schema, query); };
    EXPECT_THAT(faults("query A { getNetworkMetrics { nodes } }"), ElementsAre("no field GeneralNetworkMetrics.nodes"));
    EXPECT_THAT(faults("query A { getNode { graph_info { last_update } } }"),
                ElementsAre("Query.getNode needs pubkey"));
    EXPECT_THAT(faults("query A($p: Int) { getNode(pubkey: $p) { graph_info { last_update } } }"),
                ElementsAre("Query.getNode: pubkey is no Int"));
    EXPECT_THAT(faults("query A($p: String!, $q: String!) { getNode(pubkey: $p) { graph_info } }"),
                ElementsAre("NodeType.graph_info needs a selection", "variable $q is not used"));
    EXPECT_THAT(faults("query A($p: String!) { getNode(pubkey: $p) { graph_info { last_update { a } } } }"),
                ElementsAre("GraphInfo.last_update has no fields", "no type String", "no field String.a"));
    EXPECT_THAT(faults("query A($p: String!) { getNode(pubkey: $p, day: 1) { graph_info { closed_channels(page: "
                       "{limit: 10, size: 1}) { total_count } } } }"),
                ElementsAre("Query.getNode takes no day", "GraphInfo.closed_channels takes no size",
                            "GraphInfo.closed_channels needs offset"));
    EXPECT_THAT(faults("query A { getNetworkMetrics { ...B } } fragment B on NodeType { graph_info { last_update } }"),
                ElementsAre("fragment B is not of GeneralNetworkMetrics"));
}

TEST(AmbossQueries, AreSentAsJsonWithTheKeysAsVariables) {
    const std::vector<domain::PubKey> nodes = keys(3);
    const std::string body = nodes_request(nodes);
    const Result<json::Document> document = json::Document::parse(body);
    ASSERT_TRUE(document) << body;
    const json::Cursor root = document->root();
    EXPECT_EQ(root.at("query").as_string().value(), nodes_query(3));
    EXPECT_THAT(root.at("variables").names(), ElementsAre("p0", "p1", "p2"));
    EXPECT_EQ(root.at("variables").at("p2").as_string().value(), nodes[2].hex());
    const Result<json::Document> of_network = json::Document::parse(network_request());
    ASSERT_TRUE(of_network);
    EXPECT_EQ(of_network->root().at("query").as_string().value(), network_query());
}

TEST(AmbossQueries, RefuseMoreNodesThanOneRequestTakes) {
    EXPECT_THROW(static_cast<void>(nodes_query(0)), std::logic_error);
    EXPECT_THROW(static_cast<void>(nodes_query(kNodesMax + 1)), std::logic_error);
}

} // namespace
} // namespace mcp::adapters::amboss
