// The byte vectors of rust-lightning's own tests, against what an independent decoder read in them.
#include "adapters/sources/rgs_parser.hpp"
#include "tests/support/graph_json.hpp"
#include "tests/support/network_text.hpp"
#include "tests/support/recorded.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>

namespace mcp::adapters {
namespace {

namespace json = boost::json;
using domain::Network;

std::vector<std::string> names() {
    std::vector<std::string> found;
    const std::string folder = test::recorded("graph/rgs");
    if (!folder.empty()) {
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (entry.path().extension() == ".lngossip") {
                found.push_back("graph/rgs/" + entry.path().stem().string());
            }
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::string value_or(const json::object& update, const char* member, const json::value& otherwise) {
    return json::serialize(update.contains(member) ? update.at(member) : otherwise);
}

/// The policies that the decoded vector tells of itself, as "id direction: min base ppm max on|off".
std::map<std::string, std::string> told_policies(const json::object& decoded) {
    std::map<std::string, std::string> told;
    std::map<std::string, bool> is_announced;
    for (const json::value& channel : decoded.at("announcements").as_array()) {
        is_announced[std::string(channel.at("scid").as_string())] = true;
    }
    for (const json::value& value : decoded.at("updates").as_array()) {
        const json::object& update = value.as_object();
        const std::string id(update.at("scid").as_string());
        if (update.contains("extra") || update.at("incremental").as_bool() || !is_announced[id]) {
            continue;
        }
        const json::array& defaults = decoded.at("defaults").as_array(); // cltv, min, base, ppm, max
        told[id + " " + json::serialize(update.at("dir"))] =
            fmt::format("{} {} {} {} {}", value_or(update, "htlc_min", defaults[1]),
                        value_or(update, "base", defaults[2]), value_or(update, "ppm", defaults[3]),
                        value_or(update, "htlc_max", defaults[4]), update.at("disable").as_bool() ? "off" : "on");
    }
    return told;
}

std::map<std::string, std::string> read_policies(const Network& network) {
    std::map<std::string, std::string> read;
    for (const domain::Channel& channel : network.channels) {
        for (const int side : {0, 1}) {
            if (const auto& policy = channel.policy[side]) {
                read[fmt::format("{} {}", channel.id.text(), side)] = fmt::format(
                    "{} {} {} {} {}", policy->min_htlc.value, policy->base_fee.value, policy->fee_rate.value,
                    policy->max_htlc.value_or(Msat{0}).value, policy->disabled ? "off" : "on");
            }
        }
    }
    return read;
}

void expect_as_decoded(const Network& network, const json::object& decoded) {
    const json::array& channels = decoded.at("announcements").as_array();
    ASSERT_EQ(network.channels.size(), channels.size());
    for (std::size_t i = 0; i < channels.size(); ++i) {
        const domain::Channel& channel = network.channels[i];
        EXPECT_EQ(channel.id.text(), channels[i].at("scid").as_string());
        EXPECT_EQ(network.nodes[channel.node[0]].key.hex(), channels[i].at("n1").as_string());
        EXPECT_EQ(network.nodes[channel.node[1]].key.hex(), channels[i].at("n2").as_string());
        const json::value& sats = channels[i].at("funding_sats");
        EXPECT_EQ(channel.capacity, sats.is_null() ? std::nullopt : std::optional(Sat{sats.as_int64()}));
    }
    EXPECT_EQ(read_policies(network), told_policies(decoded));
    EXPECT_EQ(network.as_of->time_since_epoch().count(), decoded.at("timestamp").as_int64());
    EXPECT_EQ(network.tells.addresses, decoded.at("version").as_int64() == 2);
}

TEST(RgsVectors, AreReadAsAnIndependentDecoderReadThem) {
    if (names().empty()) {
        GTEST_SKIP() << "no recorded snapshots of Rapid Gossip Sync on this machine";
    }
    for (const std::string& name : names()) {
        SCOPED_TRACE(name);
        const std::string bytes = test::recorded_bytes(name + ".lngossip");
        const json::object decoded = json::parse(test::recorded_bytes(name + ".decoded.json")).as_object();
        RgsParser parser;
        ASSERT_TRUE(parser.write(bytes));
        ASSERT_TRUE(parser.finish());
        const Result<Network> network = parser.graph().network();
        if (decoded.at("announcements").as_array().empty()) {
            EXPECT_EQ(network.error().what.key, "graph.rgs_no_channels");
            continue;
        }
        ASSERT_TRUE(network) << test::error_text(network.error());
        expect_as_decoded(*network, decoded);
        EXPECT_EQ(static_cast<std::int64_t>(network->notes.unread_bytes),
                  decoded.at("total").as_int64() - decoded.at("consumed").as_int64());
    }
}

TEST(RgsVectors, ChangesFollowAWholeSnapshotAsRustLightningAppliesThem) {
    if (names().empty()) {
        GTEST_SKIP() << "no recorded snapshots of Rapid Gossip Sync on this machine";
    }
    RgsParser parser;
    ASSERT_TRUE(parser.write(test::recorded_bytes(names().back() + ".lngossip")));
    ASSERT_TRUE(parser.finish());
    const std::string changes =
        "graph/rgs/05_v1_incremental_update_input_incremental_only_update_ignores_missing_channel";
    ASSERT_TRUE(parser.write(test::recorded_bytes(changes + ".lngossip")));
    ASSERT_TRUE(parser.finish());
    const Result<Network> network = parser.graph().network();
    ASSERT_TRUE(network);
    EXPECT_EQ(read_policies(*network),
              (std::map<std::string, std::string>{{"563648x539x0 0", "1 100 221 978679000 on"}, // ppm alone was changed
                                                  {"563648x539x0 1", "1000 1 125 978679000 on"},
                                                  {"712354x2086x1 0", "1000 1000 1 495000000 on"},
                                                  {"712354x2086x1 1", "1000 1000 1 495000000 on"}}));
    EXPECT_EQ(network->notes.stray_updates, 0u);
}

TEST(RgsVectors, TellAddressesInVersion2) {
    const std::string bytes =
        test::recorded_bytes("graph/rgs/02_v2_example_input_node_data_update_succeeds_with_v2.lngossip");
    if (bytes.empty()) {
        GTEST_SKIP() << "no recorded snapshots of Rapid Gossip Sync on this machine";
    }
    RgsParser parser;
    ASSERT_TRUE(parser.write(bytes));
    ASSERT_TRUE(parser.finish());
    const Result<Network> network = parser.graph().network();
    ASSERT_TRUE(network) << test::error_text(network.error());
    EXPECT_EQ(network->nodes.at(0).address, "127.0.0.1:9635");
    EXPECT_TRUE(network->nodes[0].has_clearnet && network->nodes[0].has_tor);
    EXPECT_FALSE(network->nodes[1].has_clearnet || network->nodes[1].has_tor);
}

} // namespace
} // namespace mcp::adapters
