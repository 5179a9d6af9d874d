#include "adapters/sources/gossip_file.hpp"
#include "tests/support/cln_json.hpp"
#include "tests/support/network_text.hpp"
#include "tests/support/recorded.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

using domain::Network;
using test::listchannels;
using test::listnodes;
using test::RowJson;
using testing::HasSubstr;
using testing::Not;

Network read(const std::string& json) {
    Result<Network> network = parse_graph(json);
    EXPECT_TRUE(network.has_value()) << (network ? "" : test::error_text(network.error()));
    return network ? std::move(*network) : Network{};
}

std::string refusal(const std::string& json) {
    const Result<Network> network = parse_graph(json);
    return network ? "was read" : test::error_text(network.error());
}

RowJson way_back() {
    return {.source = 2, .destination = 1, .direction = "1", .flags = "1"};
}

std::string with_both_directions() {
    RowJson back = way_back();
    back.rate = "7";
    return listchannels({RowJson{}, back});
}

TEST(ClnGraph, ReadsBothDirectionsAsOneChannel) {
    const Network network = read(listnodes() + with_both_directions());
    ASSERT_EQ(network.channels.size(), 1u);
    const domain::Channel& channel = network.channels[0];
    EXPECT_EQ(channel.id.text(), "700000x1x0");
    EXPECT_EQ(channel.capacity, Sat{1'000'000});
    EXPECT_EQ(test::text_of(channel.policy[0]),
              "1000+250ppm in 0+0 min 1000 max 990000000 cltv 40 on 2023-11-14T22:13:20Z");
    EXPECT_EQ(channel.policy[1]->fee_rate, Ppm{7});
    EXPECT_EQ(network.as_of, Time(std::chrono::seconds(1'700'000'000)));
    EXPECT_EQ(network.notes.first_broken, "");
    EXPECT_FALSE(network.tells.inbound_fees);
    EXPECT_TRUE(network.tells.addresses && network.dates_updates());
}

TEST(ClnGraph, ReadsNodesWithTheirNamesAndAddresses) {
    const Network network = read(listnodes() + with_both_directions());
    ASSERT_EQ(network.nodes.size(), 2u);
    EXPECT_EQ(network.nodes[0].alias, "one");
    EXPECT_EQ(network.nodes[0].address, "[2001:db8::1]:9735");
    EXPECT_TRUE(network.nodes[0].has_tor && network.nodes[0].has_clearnet);
    EXPECT_EQ(network.nodes[0].updated, Time(std::chrono::seconds(1'700'000'000)));
    EXPECT_EQ(network.nodes[1].address, "");
}

TEST(ClnGraph, TakesNoAddressOfAHostOrAPortAlone) {
    const auto node_with = [](const std::string& address) {
        const std::string nodes =
            R"({"nodes":[{"nodeid":")" + test::key_hex(1) + R"(","addresses":[)" + address + "]}]}";
        return read(nodes + with_both_directions()).nodes.at(0);
    };
    EXPECT_EQ(node_with(R"({"type":"ipv4","address":"1.2.3.4","port":0})").address, "1.2.3.4:0");
    for (const char* part : {R"({"address":"1.2.3.4"})", R"({"address":"1.2.3.4","port":65536})",
                             R"({"address":"1.2.3.4","port":"x"})", R"({"port":9735})", "7", "{}"}) {
        EXPECT_FALSE(node_with(part).has_clearnet) << part;
    }
}

TEST(ClnGraph, IsTheSameInEitherOrderAndInOneDocument) {
    const std::string expected = test::text_of(read(listnodes() + with_both_directions()));
    EXPECT_EQ(test::text_of(read(with_both_directions() + "\n\n\t" + listnodes() + "\n")), expected);
    const std::string nodes = listnodes().substr(0, listnodes().rfind('}'));
    EXPECT_EQ(test::text_of(read(nodes + "," + with_both_directions().substr(1))), expected);
}

TEST(ClnGraph, NeedsNoNodeListButThenKnowsNeitherNamesNorAddresses) {
    const Network network = read(with_both_directions());
    EXPECT_EQ(network.nodes.size(), 2u);
    EXPECT_EQ(network.notes.unlisted_nodes, 2u);
    EXPECT_FALSE(network.tells.addresses);
}

TEST(ClnGraph, KeepsAChannelThatOneEndAnnounced) {
    const Network network = read(listchannels({way_back()}));
    EXPECT_EQ(network.channels.at(0).policy[0], std::nullopt);
    EXPECT_TRUE(network.channels[0].policy[1].has_value());
    EXPECT_EQ(network.nodes[network.channels[0].node[0]].key.hex(), test::key_hex(1));
}

TEST(ClnGraph, LeavesOutPrivateChannelsAndWhatIsNotSaidToBePublic) {
    RowJson own;
    own.destination = 9;
    own.id = "\"1x1x1\"";
    own.is_public = "false";
    RowJson own_back = own;
    std::swap(own_back.source, own_back.destination);
    own_back.direction = "1";
    RowJson unsaid{.destination = 8, .id = "\"2x2x2\"", .is_public = ""};
    const Network network = read(listchannels({own, own_back, RowJson{}, unsaid}));
    EXPECT_EQ(network.channels.size(), 1u);
    EXPECT_EQ(network.notes.private_channels, 1u);
    EXPECT_EQ(network.notes.broken_channels, 1u);
    EXPECT_EQ(network.notes.first_broken, "channels[3].public");
    EXPECT_THAT(test::text_of(network), Not(HasSubstr(test::key_hex(9)))) << "nor the peer of a private channel";
    EXPECT_THAT(test::text_of(network), Not(HasSubstr(test::key_hex(8))));
}

TEST(ClnGraph, TakesAmountsAsNumbersAndAsTexts) {
    RowJson row{.amount = "\"5000000999msat\"", .min = "\"7msat\"", .max = "\"8msat\""};
    const Network network = read(listchannels({row}));
    EXPECT_EQ(network.channels.at(0).capacity, Sat{5'000'000});
    EXPECT_EQ(network.channels[0].policy[0]->min_htlc, Msat{7});
    EXPECT_EQ(network.channels[0].policy[0]->max_htlc, Msat{8});
}

TEST(ClnGraph, LeavesOutWhatIsNotSaid) {
    const Network network = read(listchannels({{.direction = "", .amount = "", .last_update = "0", .max = ""}}));
    EXPECT_EQ(network.channels.at(0).capacity, std::nullopt);
    EXPECT_EQ(network.channels[0].policy[0]->max_htlc, std::nullopt);
    EXPECT_EQ(network.channels[0].updated, std::nullopt);
    EXPECT_EQ(network.notes.first_broken, "");
}

TEST(ClnGraph, TakesADirectionForDisabledByItsFlagOrWhenItIsNotActive) {
    EXPECT_FALSE(read(listchannels({RowJson{}})).channels.at(0).policy[0]->disabled);
    EXPECT_TRUE(read(listchannels({{.flags = "2"}})).channels.at(0).policy[0]->disabled);
    EXPECT_TRUE(read(listchannels({{.active = "false"}})).channels.at(0).policy[0]->disabled);
    EXPECT_FALSE(read(listchannels({way_back()})).channels.at(0).policy[1]->disabled) << "bit 0 is the direction";
}

TEST(ClnGraph, TakesAMissingFeeForNoPolicyRatherThanForNothing) {
    for (const char* missing : {"base", "rate", "delay", "min"}) {
        RowJson row;
        (missing[0] == 'b' ? row.base : missing[0] == 'r' ? row.rate : missing[0] == 'd' ? row.delay : row.min) = "";
        const Network network = read(listchannels({row}));
        EXPECT_EQ(network.channels.at(0).policy[0], std::nullopt) << missing;
        EXPECT_EQ(network.notes.broken_policies, 1u) << missing;
    }
}

TEST(ClnGraph, LosesOnlyThePolicyOrTheRowThatCannotBe) {
    const auto fault = [](const RowJson& row) {
        const Network network = read(listchannels({RowJson{.source = 3, .id = "\"1x1x1\"", .direction = "1"}, row}));
        const domain::ReadNotes& notes = network.notes;
        return fmt::format("{}/{} {} {}", notes.broken_channels, notes.broken_policies, network.channels.size(),
                           notes.first_broken);
    };
    EXPECT_EQ(fault({.rate = "-1"}), "0/1 2 channels[1].fee_per_millionth");
    EXPECT_EQ(fault({.rate = "4294967296"}), "0/1 2 channels[1].fee_per_millionth");
    EXPECT_EQ(fault({.base = "[1]"}), "0/1 2 channels[1].base_fee_millisatoshi");
    EXPECT_EQ(fault({.active = "1"}), "0/1 2 channels[1].active");
    EXPECT_EQ(fault({.min = "\"msat\""}), "0/1 2 channels[1].htlc_minimum_msat");
    EXPECT_EQ(fault({.id = "\"700000x1\""}), "1/0 1 channels[1].short_channel_id");
    EXPECT_EQ(fault({.id = "700000"}), "1/0 1 channels[1].short_channel_id");
    EXPECT_EQ(fault({.id = ""}), "1/0 1 channels[1].short_channel_id");
    EXPECT_EQ(fault({.is_public = "\"yes\""}), "1/0 1 channels[1].public");
    EXPECT_EQ(fault({.amount = "-1"}), "1/0 1 channels[1].amount_msat");
    EXPECT_EQ(fault({.amount = "2100000000000000001"}), "1/0 1 channels[1].amount_msat");
    EXPECT_EQ(fault({.direction = "1"}), "1/0 1 channels[1].direction") << "1 is from the larger key";
    EXPECT_EQ(fault({.direction = "2"}), "1/0 1 channels[1].direction");
    EXPECT_EQ(fault({.id = "\"1x1x1\""}), "1/0 1 channels[1].short_channel_id") << "of other ends";
    EXPECT_EQ(fault({.source = 3, .id = "\"1x1x1\"", .direction = "1", .amount = "1"}),
              "1/0 1 channels[1].short_channel_id")
        << "of another size";
}

TEST(ClnGraph, LeavesOutChannelsFromANodeToItself) {
    const Network network = read(listchannels({RowJson{}, {.source = 2, .id = "\"9x9x9\""}}));
    EXPECT_EQ(network.channels.size(), 1u);
    EXPECT_EQ(network.notes.self_loops, 1u);
}

TEST(ClnGraph, KeepsTheNewerOfARepeatedDirection) {
    const RowJson newer{.last_update = "1700000005", .rate = "5"};
    for (const auto& rows : {std::vector{RowJson{}, newer}, std::vector{newer, RowJson{}}}) {
        const Network network = read(listchannels(rows));
        EXPECT_EQ(network.channels.at(0).policy[0]->fee_rate, Ppm{5});
        EXPECT_EQ(network.notes.repeated_channels, 1u);
    }
}

TEST(ClnGraph, RefusesWhatIsNoGraph) {
    EXPECT_THAT(refusal(listnodes()), HasSubstr("neither a list 'edges' nor a list 'channels'"));
    EXPECT_THAT(refusal(R"({"channels":[]})"), HasSubstr("a graph without channels"));
    EXPECT_THAT(refusal(R"({"channels":7})"), HasSubstr("'channels' is no list"));
    EXPECT_THAT(refusal(R"({"channels":[{"remote_pubkey":"02","active":true}]})"),
                HasSubstr("no channel can be read: 1 record is broken, the first at channels[0].public"))
        << "listchannels of LND, a common mistake";
    EXPECT_THAT(refusal(with_both_directions() + R"({"edges":[]})"), HasSubstr("keep one graph only"));
    EXPECT_THAT(refusal(R"({"channels":[],"edges":[]})"), HasSubstr("keep one graph only"));
}

TEST(ClnGraph, RefusesWhatFollowsTheSecondDocument) {
    const std::string two = listnodes() + with_both_directions();
    EXPECT_THAT(refusal(two + "{}"),
                HasSubstr("something follows the end of the JSON, at byte " + std::to_string(two.size())));
    EXPECT_THAT(refusal(listnodes() + "error: no"),
                HasSubstr("something follows the end of the JSON, at byte " + std::to_string(listnodes().size())));
    const std::size_t cut = two.rfind("delay");
    EXPECT_EQ(refusal(two.substr(0, cut)),
              "channels[1]: the JSON ends too early, at byte " + std::to_string(cut) + "; make or copy it again");
}

TEST(ClnGraph, ReadsTheSameHoweverTheTextIsCut) {
    const std::string json = listnodes() + with_both_directions();
    const std::string whole = test::text_of(read(json));
    for (std::size_t piece = 1; piece < 60; ++piece) {
        GraphParser parser;
        for (std::size_t from = 0; from < json.size(); from += piece) {
            ASSERT_TRUE(parser.write(std::string_view(json).substr(from, piece)));
        }
        const Result<Network> network = parser.finish();
        ASSERT_TRUE(network) << test::error_text(network.error());
        ASSERT_EQ(test::text_of(*network), whole) << piece;
    }
}

TEST(ClnGraph, GivesTheNetworkThatDescribegraphGives) {
    const std::string path = test::recorded("graph/lnd-2024-03-19.subgraph-100.describegraph.json");
    if (path.empty()) {
        GTEST_SKIP() << "no recorded graph of LND on this machine";
    }
    Network lnd = load_graph(path).value().network;
    std::erase_if(lnd.channels, [](const auto& channel) { return !channel.policy[0] && !channel.policy[1]; });
    for (domain::Node& node : lnd.nodes) {
        std::erase_if(node.alias, [](char c) { return c == '"' || c == '\\'; });
    }
    for (domain::Channel& channel : lnd.channels) {
        for (auto& policy : channel.policy) {
            if (policy) { // Core Lightning does not tell them
                policy->inbound_base_fee = {};
                policy->inbound_fee_rate = {};
            }
        }
    }
    const Network cln = read(test::listnodes_of(lnd) + "\n" + test::listchannels_of(lnd));
    EXPECT_EQ(test::text_of(cln), test::text_of(lnd));
    EXPECT_GT(cln.channels.size(), 500u);
}

TEST(ClnGraph, ReadsTheAnswersThatItsOwnTestsRecorded) {
    const std::string nodes = test::recorded_answer("recorded/cln-node/listnodes.examples.json", 1);
    const std::string channels = test::recorded_answer("recorded/cln-node/listchannels.examples.json", 1);
    if (nodes.empty() || channels.empty()) {
        GTEST_SKIP() << "no recorded answers of Core Lightning on this machine";
    }
    const Network network = read(nodes + channels);
    EXPECT_EQ(network.nodes.size(), 4u);
    EXPECT_EQ(network.notes.first_broken, "");
    EXPECT_EQ(network.notes.unlisted_nodes + network.notes.private_channels, 0u);
    std::size_t policies = 0;
    for (const domain::Channel& channel : network.channels) {
        policies += (channel.policy[0] ? 1u : 0u) + (channel.policy[1] ? 1u : 0u);
        EXPECT_TRUE(channel.capacity && channel.updated);
    }
    EXPECT_EQ(policies, test::count_of(channels, "\"source\""));
    EXPECT_EQ(network.channels.at(0).id.text(), "116x1x1");
    EXPECT_EQ(network.channels[0].policy[0]->max_htlc, Msat{990'000'000});
}

} // namespace
} // namespace mcp::adapters
