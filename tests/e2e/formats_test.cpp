// The graphs of Core Lightning and of Rapid Gossip Sync, from the command line.
#include "adapters/sources/gossip_file.hpp"
#include "tests/e2e/in_folder.hpp"
#include "tests/e2e/small_graph.hpp"
#include "tests/support/cln_json.hpp"
#include "tests/support/rgs_bytes.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <set>

namespace mcp::e2e {
namespace {

using testing::HasSubstr;
namespace json = boost::json;

class Formats : public InFolder {
protected:
    [[nodiscard]] json::value document(const std::string& call) const {
        const Outcome outcome = run("mcp-api " + call + " --format json");
        EXPECT_EQ(outcome.status, 0) << call << ": " << outcome.err;
        return outcome.status == 0 ? json::parse(outcome.out) : json::value();
    }
    [[nodiscard]] std::string refusal(const std::string& file) const {
        const Outcome facts = run("mcp-api graph facts " + file);
        const Outcome report = run("mcp-api report --graph " + file + " --node 02");
        EXPECT_EQ(facts.status, 1);
        EXPECT_EQ(report.status, 1);
        EXPECT_EQ(facts.err, report.err);
        return facts.err;
    }
};

/// Paths of all that is null, lists told once.
void add_nulls(const json::value& value, const std::string& path, std::set<std::string>& found) {
    if (value.is_null()) {
        found.insert(path);
    } else if (value.is_array()) {
        for (const json::value& item : value.as_array()) {
            add_nulls(item, path + "[]", found);
        }
    } else if (value.is_object()) {
        for (const auto& member : value.as_object()) {
            add_nulls(member.value(), (path.empty() ? "" : path + ".") + std::string(member.key()), found);
        }
    }
}

TEST_F(Formats, CoreLightningGivesTheReportThatLndGives) {
    const std::string lnd = SmallGraph{}.text();
    const domain::Network network = adapters::parse_graph(lnd).value();
    write("lnd.json", lnd);
    write("cln.json", test::listnodes_of(network) + "\n" + test::listchannels_of(network) + "\n");
    EXPECT_EQ(document("graph facts cln.json"), document("graph facts lnd.json"));
    const json::value ours = document("report --graph cln.json --node hub");
    const json::value theirs = document("report --graph lnd.json --node hub");
    for (const char* same : {"summary", "score", "trends", "node_pubkey", "report_date"}) {
        EXPECT_EQ(ours.at(same), theirs.at(same)) << same;
    }
    EXPECT_TRUE(ours.at("channels").at(0).at("own_fee").at("inbound_ppm").is_null());
    EXPECT_EQ(theirs.at("channels").at(0).at("own_fee").at("inbound_ppm").as_int64(), 0);
}

TEST_F(Formats, ReportsOnRapidGossipSyncNameEveryGap) {
    write("graph.rgs", test::rgs_graph());
    const json::value report = document("report --graph graph.rgs --node " + test::key_hex(2));
    EXPECT_EQ(report.at("summary").at("channels_count").as_int64(), 2);
    EXPECT_TRUE(report.at("summary").at("capacity_btc").is_null());
    EXPECT_TRUE(report.at("channels").at(0).at("last_update_days").is_null());
    std::set<std::string> told;
    for (const json::value& gap : report.at("absent").as_array()) {
        told.insert(std::string(gap.at("path").as_string()));
    }
    std::set<std::string> nulls;
    add_nulls(report.at("channels"), "channels", nulls);
    add_nulls(report.at("metrics"), "metrics", nulls);
    for (const std::string& path : nulls) {
        const bool says_so_itself = path == "channels[].disabled_by"; // null is nobody
        EXPECT_TRUE(told.contains(path) || says_so_itself) << path;
    }
    EXPECT_TRUE(nulls.contains("channels[].own_fee.inbound_ppm"));
}

TEST_F(Formats, TheErrorNamesTheFaultOfTheFormat) {
    write("cut.rgs", test::rgs_graph().substr(0, 150));
    EXPECT_THAT(refusal("cut.rgs"), HasSubstr("cut.rgs: the Rapid Gossip Sync snapshot ends too early, at byte 150"));
    write("v3.rgs", test::RgsWriter::head(3, test::kRgsTime).bytes);
    EXPECT_THAT(refusal("v3.rgs"), HasSubstr("of version 3; versions 1 and 2 are known"));
    write("nodes.json", test::listnodes());
    EXPECT_THAT(refusal("nodes.json"), HasSubstr("neither a list 'edges' nor a list 'channels'"));
    write("cut.json", test::listnodes() + test::listchannels({test::RowJson{}}).substr(0, 200));
    EXPECT_THAT(refusal("cut.json"), HasSubstr("cut.json: channels[0]: the JSON ends too early"));
}

} // namespace
} // namespace mcp::e2e
