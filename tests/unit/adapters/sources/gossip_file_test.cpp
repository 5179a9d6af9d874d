#include "adapters/sources/gossip_file.hpp"

#include "adapters/sources/graph_records.hpp"
#include "tests/support/graph_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

using domain::Network;
using test::EdgeJson;
using test::error_text;
using test::graph_json;
using test::key_hex;

Network read(const std::string& json) {
    Result<Network> network = parse_graph(json);
    EXPECT_TRUE(network.has_value()) << (network ? "" : error_text(network.error()));
    return network ? std::move(*network) : Network{};
}

std::string refusal(const std::string& json) {
    const Result<Network> network = parse_graph(json);
    return network ? "was read" : error_text(network.error());
}

Time at(std::int64_t seconds) {
    return Time(std::chrono::seconds(seconds));
}

// Shapes of good records.

TEST(GossipFile, ReadsEveryFieldOfAChannel) {
    const Network network = read(graph_json({EdgeJson{
        .node1_policy =
            R"({"time_lock_delta":40,"min_htlc":"1000","fee_base_msat":"1001","fee_rate_milli_msat":"250","disabled":true,
            "max_htlc_msat":"990000000","last_update":1700000100,"custom_records":{"5":[1,{"a":2}]},
            "inbound_fee_base_msat":-7,"inbound_fee_rate_milli_msat":-50})"}}));
    ASSERT_EQ(network.channels.size(), 1u);
    const domain::Channel& channel = network.channels[0];
    EXPECT_EQ(channel.id.value, 1000u);
    EXPECT_EQ(network.nodes[channel.node[0]].key.hex(), key_hex(1));
    EXPECT_EQ(network.nodes[channel.node[1]].key.hex(), key_hex(2));
    EXPECT_EQ(channel.capacity, Sat{1'000'000});
    EXPECT_EQ(channel.funding_outpoint, "ab:0");
    EXPECT_EQ(channel.updated, at(1'700'000'100));
    const domain::Policy expected{.base_fee = Msat{1001},
                                  .fee_rate = Ppm{250},
                                  .inbound_base_fee = Msat{-7},
                                  .inbound_fee_rate = Ppm{-50},
                                  .min_htlc = Msat{1000},
                                  .max_htlc = Msat{990'000'000},
                                  .updated = at(1'700'000'100),
                                  .cltv_delta = 40,
                                  .disabled = true};
    EXPECT_EQ(channel.policy[0], expected);
    EXPECT_EQ(network.notes.first_broken, "");
}

TEST(GossipFile, TakesNumbersAsTextAndTextAsNumbers) {
    const Network network = read(
        graph_json({EdgeJson{.id = "1000",
                             .capacity = "500",
                             .node1_policy = R"({"fee_base_msat":7,"fee_rate_milli_msat":8,"time_lock_delta":"9"})"}}));
    EXPECT_EQ(network.channels.at(0).capacity, Sat{500});
    EXPECT_EQ(network.channels[0].policy[0]->base_fee, Msat{7});
    EXPECT_EQ(network.channels[0].policy[0]->fee_rate, Ppm{8});
    EXPECT_EQ(network.channels[0].policy[0]->cltv_delta, 9);
}

TEST(GossipFile, LeavesOutWhatTheGraphDoesNotSay) {
    const Network network =
        read(graph_json({EdgeJson{.last_update = "0", .capacity = "\"0\"", .node1_policy = "null"}}));
    EXPECT_EQ(network.channels.at(0).capacity, std::nullopt);
    EXPECT_EQ(network.channels[0].policy[0], std::nullopt);
    EXPECT_EQ(network.channels[0].updated, std::nullopt);
    EXPECT_EQ(network.as_of, std::nullopt);
    EXPECT_EQ(network.notes.broken_policies, 0u);
}

TEST(GossipFile, TakesNoLimitForNoMaximum) {
    for (const std::string limit : {"\"18446744073709551615\"", "0", "18446744073709551615", "null"}) {
        const Network network = read(graph_json({EdgeJson{
            .node1_policy = R"({"fee_base_msat":"1","fee_rate_milli_msat":"1","max_htlc_msat":)" + limit + "}"}}));
        EXPECT_TRUE(network.channels.at(0).policy[0].has_value()) << limit;
        EXPECT_EQ(network.channels[0].policy[0]->max_htlc, std::nullopt) << limit;
    }
}

TEST(GossipFile, PutsTheSmallerKeyFirstAndItsPolicyWithIt) {
    const Network network =
        read(graph_json({EdgeJson{.node1 = 2, .node2 = 1, .node1_policy = R"({"fee_base_msat":"22"})"}}));
    const domain::Channel& channel = network.channels.at(0);
    EXPECT_EQ(network.nodes[channel.node[0]].key.hex(), key_hex(1));
    EXPECT_EQ(channel.policy[0], std::nullopt);
    EXPECT_EQ(channel.policy[1]->base_fee, Msat{22});
}

TEST(GossipFile, AddsNodesThatNobodyListed) {
    const Network network = read(graph_json({EdgeJson{.node1 = 1, .node2 = 9}}));
    ASSERT_EQ(network.nodes.size(), 3u);
    EXPECT_EQ(network.notes.unlisted_nodes, 1u);
    EXPECT_FALSE(network.nodes.back().listed);
    EXPECT_EQ(network.nodes.back().key.hex(), key_hex(9));
    EXPECT_EQ(network.find(network.nodes.back().key), 2u);
}

TEST(GossipFile, ReadsChannelsThatStandBeforeTheirNodes) {
    const std::string edges_first =
        "{\"edges\":[" + EdgeJson{}.text() + "],\"nodes\":[{\"pub_key\":\"" + key_hex(1) + "\",\"alias\":\"one\"}]}";
    const Network network = read(edges_first);
    EXPECT_EQ(network.nodes.at(0).alias, "one");
    EXPECT_EQ(network.notes.unlisted_nodes, 1u);
}

TEST(GossipFile, KeepsTheNewerOfARepeatedChannel) {
    const Network network =
        read(graph_json({EdgeJson{.last_update = "1700000000", .capacity = "1"}, EdgeJson{.id = "2"},
                         EdgeJson{.last_update = "1700000500", .capacity = "2"},
                         EdgeJson{.last_update = "1700000400", .capacity = "3"}}));
    ASSERT_EQ(network.channels.size(), 2u);
    EXPECT_EQ(network.channels[0].capacity, Sat{2});
    EXPECT_EQ(network.notes.repeated_channels, 2u);
}

TEST(GossipFile, KeepsTheNewerOfARepeatedNode) {
    const std::string key = key_hex(1);
    const Network network =
        read(R"({"nodes":[{"pub_key":")" + key + R"(","alias":"old","last_update":5},{"pub_key":")" + key +
             R"(","alias":"new","last_update":6}],"edges":[)" + EdgeJson{}.text() + "]}");
    EXPECT_EQ(network.nodes.at(0).alias, "new");
    EXPECT_EQ(network.notes.repeated_nodes, 1u);
}

TEST(GossipFile, LeavesOutAChannelFromANodeToItself) {
    const Network network = read(graph_json({EdgeJson{}, EdgeJson{.id = "5", .node1 = 2, .node2 = 2}}));
    EXPECT_EQ(network.channels.size(), 1u);
    EXPECT_EQ(network.notes.self_loops, 1u);
    EXPECT_EQ(network.notes.broken_channels, 0u);
}

TEST(GossipFile, KnowsPositionalIds) {
    std::string json = graph_json({EdgeJson{.id = "0"}});
    EXPECT_FALSE(read(json).positional_ids);
    json.replace(0, 1, R"({"positional_ids":true,)");
    EXPECT_TRUE(read(json).positional_ids);
}

TEST(GossipFile, TellsWhereANodeCanBeReached) {
    const auto node = [](std::uint32_t number, const std::string& addresses) {
        return R"({"pub_key":")" + key_hex(number) + R"(","addresses":)" + addresses + "}";
    };
    const Network network = read(R"({"nodes":[)" + node(1, R"([{"network":"tcp","addr":"1.2.3.4:9735"}])") + "," +
                                 node(2, R"([{"network":"tcp","addr":"abcdef.onion:9735"}])") + "," + node(3, "[]") +
                                 R"(],"edges":[)" + EdgeJson{}.text() + "]}");
    EXPECT_TRUE(network.nodes[0].has_clearnet && !network.nodes[0].has_tor);
    EXPECT_TRUE(network.nodes[1].has_tor && !network.nodes[1].has_clearnet);
    EXPECT_TRUE(!network.nodes[2].has_tor && !network.nodes[2].has_clearnet);
}

// Aliases.

struct AliasCase {
    std::string in_json;
    std::string shown;
    std::uint64_t cleaned;
};

TEST(GossipFile, CleansAliasesOfWhatDeceivesAndKeepsTheRest) {
    const AliasCase cases[] = {
        {"⚡ Node 🐺", "⚡ Node 🐺", 0},
        {"صرافة", "صرافة", 0},
        {R"(say \"hi\" \\ back)", R"(say "hi" \ back)", 0},
        {R"(2017\u0000\u0000\u0000)", "2017", 0},
        {R"(two\nlines\u001b[31m)", "twolines[31m", 1},
        {"a\u202Eb\u2066c", "abc", 1},
        {R"(cut \ud83d)", "cut \uFFFD", 0},
        {R"(\udc3a half)", "\uFFFD half", 0},
        {R"(\ud83d\udc3a)", "\U0001F43A", 0},
        {"bad \xFF\xC3 bytes", "bad \uFFFD\uFFFD bytes", 1},
    };
    for (const AliasCase& alias : cases) {
        const Network network = read(R"({"nodes":[{"pub_key":")" + key_hex(1) + R"(","alias":")" + alias.in_json +
                                     R"("}],"edges":[)" + EdgeJson{}.text() + "]}");
        EXPECT_EQ(network.nodes.at(0).alias, alias.shown);
        EXPECT_EQ(network.notes.cleaned_aliases, alias.cleaned) << alias.shown;
    }
}

// Broken records.

TEST(GossipFile, CountsABrokenChannelAndNamesTheFirst) {
    const Network network = read(graph_json({EdgeJson{}, EdgeJson{.id = "\"x\""}, EdgeJson{.capacity = "-1"},
                                             EdgeJson{.capacity = "2100000000000001"}, EdgeJson{.id = "{}"},
                                             EdgeJson{.last_update = "\"soon\""}}));
    EXPECT_EQ(network.channels.size(), 1u);
    EXPECT_EQ(network.notes.broken_channels, 5u);
    EXPECT_EQ(network.notes.first_broken, "edges[1].channel_id");
}

TEST(GossipFile, CountsListItemsThatAreNoRecords) {
    const Network network = read(R"({"nodes":[1,{"alias":"no key"},{"pub_key":"02ab"}],"edges":[null,[[]],"x",)" +
                                 EdgeJson{}.text() + "]}");
    EXPECT_EQ(network.notes.broken_nodes, 3u);
    EXPECT_EQ(network.notes.broken_channels, 3u);
    EXPECT_EQ(network.notes.first_broken, "nodes[0]");
}

TEST(GossipFile, TakesABrokenPolicyForNeverAnnounced) {
    const std::string faults[] = {R"({"fee_base_msat":"-1"})",
                                  R"({"fee_rate_milli_msat":4294967296})",
                                  R"({"time_lock_delta":70000})",
                                  R"({"disabled":"yes"})",
                                  R"({"min_htlc":"2100000000000000001"})",
                                  "{}",
                                  "[]",
                                  "17",
                                  R"({"inbound_fee_base_msat":2147483648})",
                                  R"({"max_htlc_msat":{}})"};
    for (const std::string& fault : faults) {
        const Network network = read(graph_json({EdgeJson{.node1_policy = fault}}));
        ASSERT_EQ(network.channels.size(), 1u) << fault;
        EXPECT_EQ(network.channels[0].policy[0], std::nullopt) << fault;
        EXPECT_EQ(network.notes.broken_policies, 1u) << fault;
        EXPECT_EQ(network.notes.first_broken.substr(0, 21), "edges[0].node1_policy") << fault;
    }
    EXPECT_EQ(read(graph_json({EdgeJson{.node1_policy = faults[0]}})).notes.first_broken,
              "edges[0].node1_policy.fee_base_msat");
}

// Dates.

TEST(GossipFile, TakesTheNewestUpdateForTheGraphsDate) {
    const Network network =
        read(graph_json({EdgeJson{.last_update = "1700000000"},
                         EdgeJson{.id = "2",
                                  .last_update = "1690000000",
                                  .node1_policy = R"({"fee_base_msat":1,"last_update":1700000900})"}}));
    EXPECT_EQ(network.as_of, at(1'700'000'900));
    EXPECT_EQ(network.channels[1].updated, at(1'700'000'900));
}

TEST(GossipFile, BelievesNoDateFarAfterAllOthers) {
    std::vector<EdgeJson> edges;
    for (int i = 0; i < 20; ++i) {
        edges.push_back({.id = std::to_string(i + 1), .last_update = std::to_string(1'700'000'000 + i)});
    }
    edges[3].last_update = "1900000000";
    const Network network = read(graph_json(edges));
    EXPECT_EQ(network.as_of, at(1'700'000'019));
    EXPECT_EQ(network.channels[3].updated, std::nullopt);
    EXPECT_EQ(network.notes.future_updates, 1u);
}

TEST(GossipFile, TakesDatesOutsideOf32BitsAndGosZeroTimeForNone) {
    for (const std::string date : {"0", "-62135596800", "2288912640", "1700000000000", "18446744011573954816"}) {
        EXPECT_EQ(read(graph_json({EdgeJson{.last_update = date}})).as_of, std::nullopt) << date;
    }
}

TEST(LatestHonestDate, AllowsTwoDaysAfterAlmostAllAnd14InSmallGraphs) {
    constexpr std::int64_t kDay = 86400;
    EXPECT_EQ(latest_honest_date({}), std::nullopt);
    EXPECT_EQ(latest_honest_date({at(100)}), at(100 + 14 * kDay));
    EXPECT_EQ(latest_honest_date({at(1'900'000'000), at(100)}), at(100 + 14 * kDay));
    std::vector<Time> many(2000, at(100));
    many[7] = at(1'900'000'000);
    EXPECT_EQ(latest_honest_date(many), at(100 + 2 * kDay));
}

// What is no graph.

TEST(GossipFile, RefusesWhatIsNoGraph) {
    EXPECT_EQ(refusal("<!DOCTYPE html><html>"),
              "is not JSON (wrong after byte 0); make it anew, and check that it is the right file");
    EXPECT_THAT(refusal("[]"), testing::HasSubstr("the JSON at byte 0 is no object"));
    EXPECT_THAT(refusal("17"), testing::HasSubstr("the JSON at byte 0 is no object"));
    EXPECT_THAT(
        refusal("{}"),
        testing::HasSubstr(
            "it has neither a list 'edges' nor a list 'channels'); known are what 'lncli describegraph' prints"));
    EXPECT_THAT(
        refusal(R"({"error":"permission denied","code":2,"details":[{"edges":[]}]})"),
        testing::HasSubstr(
            "it has neither a list 'edges' nor a list 'channels'); known are what 'lncli describegraph' prints"));
    EXPECT_THAT(refusal(R"({"edges":{}})"), testing::HasSubstr("'edges' is no list"));
    EXPECT_THAT(refusal(R"({"nodes":"x","edges":[]})"), testing::HasSubstr("'nodes' is no list"));
    EXPECT_THAT(refusal(R"({"nodes":[],"edges":null})"), testing::HasSubstr("a graph without channels"));
    EXPECT_EQ(refusal(R"({"edges":[{"channel_id":"x"}]})").substr(0, 73),
              "no channel can be read: 1 record is broken, the first at edges[0].channel");
    EXPECT_THAT(refusal(std::string(200'000, '[')), testing::HasSubstr("the JSON at byte 0 is no object"));
    EXPECT_THAT(refusal(R"({"edges":)" + std::string(200'000, '[')), testing::HasSubstr("more than 64 brackets"));
    EXPECT_EQ(refusal(""), "the JSON ends too early, at byte 0; make or copy it again");
}

TEST(GossipFile, SaysInWhichIllRecordTheTextBreaksOff) {
    EXPECT_THAT(refusal(R"({"nodes":[[1,)"), testing::StartsWith("nodes[0]: the JSON ends too early"));
    EXPECT_THAT(refusal(R"({"nodes":[[1],{"alias":)"), testing::StartsWith("nodes[1]: the JSON ends too early"));
    EXPECT_THAT(refusal(R"({"nodes":[{},7,[{"a":1}],[)"), testing::StartsWith("nodes[3]: the JSON ends too early"));
    EXPECT_THAT(refusal(R"({"nodes":[[],[]],"edges":[[?]]})"), testing::StartsWith("edges[0]: is not JSON"));
}

TEST(GossipFile, SaysInWhichRecordTheTextBreaksOff) {
    const std::string json = graph_json({EdgeJson{}, EdgeJson{.id = "2"}});
    const std::size_t cut = json.rfind("capacity");
    EXPECT_EQ(refusal(json.substr(0, cut)),
              "edges[1]: the JSON ends too early, at byte " + std::to_string(cut) + "; make or copy it again");
    EXPECT_THAT(refusal(json.substr(0, cut - 1) + "?"),
                testing::StartsWith("edges[1]: is not JSON (wrong after byte "));
    EXPECT_THAT(refusal(json + "{}"), testing::HasSubstr("at byte " + std::to_string(json.size())));
}

TEST(GossipFile, ReadsTheSameHoweverTheTextIsCut) {
    const std::string json =
        "\xEF\xBB\xBF" + graph_json({EdgeJson{}, EdgeJson{.id = "\"18446744073709551615\""}}) + "\n";
    for (std::size_t piece = 1; piece < 20; ++piece) {
        GraphParser parser;
        for (std::size_t from = 0; from < json.size(); from += piece) {
            ASSERT_TRUE(parser.write(std::string_view(json).substr(from, piece)));
        }
        const Result<Network> network = parser.finish();
        ASSERT_TRUE(network) << error_text(network.error());
        EXPECT_EQ(network->channels.at(1).id.value, UINT64_MAX);
        EXPECT_EQ(network->nodes.size(), 2u);
    }
}

} // namespace
} // namespace mcp::adapters
