#include "app/commands/graph_diff.hpp"
#include "app/commands/graph_facts.hpp"

#include "tests/support/cln_json.hpp"
#include "tests/support/rgs_bytes.hpp"

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

namespace mcp::app {
namespace {

using language::Language;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kFirst = "020000000000000000000000000000000000000000000000000000000000000001";
constexpr const char* kSecond = "020000000000000000000000000000000000000000000000000000000000000002";

class NoClock final : public Clock {
public:
    [[nodiscard]] Time now() const override { return Time{}; }
};

/// One channel between two nodes, as lncli prints it; `fee` is what the first one asks.
std::string graph_json(const std::string& fee, const std::string& updated, const std::string& more = "") {
    return std::string(R"({"nodes":[{"pub_key":")") + kFirst + R"(","alias":"=one"},{"pub_key":")" + kSecond +
           R"(","alias":"two"}],"edges":[{"channel_id":"1099511693312","capacity":"1000000","node1_pub":")" + kFirst +
           R"(","node2_pub":")" + kSecond + R"(","node1_policy":{"fee_base_msat":"0","fee_rate_milli_msat":")" + fee +
           R"(","min_htlc":"1000","time_lock_delta":40,"disabled":false,"last_update":)" + updated +
           R"(},"node2_policy":null})" + more + "]}";
}

class GraphCommands : public testing::Test {
protected:
    /// A file that lives as long as the test.
    std::string file(const std::string& name, const std::string& content) {
        const std::filesystem::path folder = testing::TempDir() + "mcp_graph_commands";
        std::filesystem::create_directories(folder);
        std::ofstream(folder / name, std::ios::binary) << content;
        return folder / name;
    }

    std::string older() { return file("older.json", graph_json("10", "1761200000")); }
    std::string newer() { return file("newer.json", graph_json("25", "1761300000")); }

    std::ostringstream out_;
    std::ostringstream err_;
    NoClock clock_;
    Io io_{.out = out_, .err = err_, .clock = clock_};
};

TEST_F(GraphCommands, FactsTellTotalsWithTheirDefinitions) {
    ASSERT_EQ(graph_facts({.graph_file = newer(), .format = "json"}, io_), ExitStatus::kDone);
    const boost::json::value facts = boost::json::parse(out_.str());
    EXPECT_EQ(facts.at("as_of").as_string(), "2025-10-24T10:00:00Z");
    EXPECT_EQ(facts.at("nodes").as_int64(), 2);
    EXPECT_EQ(facts.at("channels").as_int64(), 1);
    EXPECT_EQ(facts.at("channels_usable").as_int64(), 0);
    EXPECT_EQ(facts.at("capacity_sats").as_int64(), 1'000'000);
    EXPECT_EQ(facts.at("fee_ppm").at("median").as_int64(), 25);
    EXPECT_EQ(facts.at("fee_ppm").at("directions").as_int64(), 1);
    for (const auto& member : facts.as_object()) {
        EXPECT_TRUE(member.key() == "definitions" || facts.at("definitions").as_object().contains(member.key()))
            << member.key() << " has no definition";
    }
    EXPECT_THAT(err_.str(), IsEmpty());
}

TEST_F(GraphCommands, FactsAreWrittenForPeopleInBothLanguages) {
    ASSERT_EQ(graph_facts({.graph_file = newer()}, io_), ExitStatus::kDone);
    EXPECT_THAT(out_.str(), HasSubstr("The Lightning network on 24 October 2025, 10:00 UTC"));
    out_.str("");
    io_.language = Language::fr;
    ASSERT_EQ(graph_facts({.graph_file = newer()}, io_), ExitStatus::kDone);
    EXPECT_THAT(out_.str(), HasSubstr("Le réseau Lightning au 24 octobre 2025"));
}

TEST_F(GraphCommands, FactsOfAGraphWithoutDatesSayNothingOfSilence) {
    const std::string undated = file("undated.json", graph_json("10", "0"));
    ASSERT_EQ(graph_facts({.graph_file = undated, .format = "json"}, io_), ExitStatus::kDone);
    const boost::json::value facts = boost::json::parse(out_.str());
    EXPECT_TRUE(facts.at("as_of").is_null());
    EXPECT_TRUE(facts.at("channels_silent").is_null());
    EXPECT_TRUE(facts.at("directions").at("silent").is_null());
}

TEST_F(GraphCommands, FactsOfRapidGossipSyncTellNeitherCapacityNorSilence) {
    const std::string rgs = file("graph.rgs", test::rgs_graph() + "rest");
    ASSERT_EQ(graph_facts({.graph_file = rgs, .format = "json"}, io_), ExitStatus::kDone);
    const boost::json::value facts = boost::json::parse(out_.str());
    EXPECT_EQ(facts.at("as_of").as_string(), "2023-11-14T22:13:20Z");
    EXPECT_EQ(facts.at("channels").as_int64(), 2);
    EXPECT_EQ(facts.at("channels_without_capacity").as_int64(), 2);
    EXPECT_EQ(facts.at("fee_ppm").at("median").as_int64(), 100);
    for (const char* unknown : {"capacity_sats", "capacity_usable_sats", "channels_silent"}) {
        EXPECT_TRUE(facts.at(unknown).is_null()) << unknown;
    }
    EXPECT_TRUE(facts.at("directions").at("silent").is_null());
    EXPECT_THAT(err_.str(), HasSubstr("4 bytes after the end of the snapshot not read"));
    out_.str("");
    ASSERT_EQ(graph_facts({.graph_file = rgs}, io_), ExitStatus::kDone);
    EXPECT_THAT(out_.str(), Not(HasSubstr(" sat")));
}

TEST_F(GraphCommands, FactsOfCoreLightningCountNoPrivateChannel) {
    const test::RowJson own{.destination = 9, .id = "\"1x1x1\"", .is_public = "false"};
    const std::string cln = file("cln.json", test::listnodes() + test::listchannels({test::RowJson{}, own}));
    ASSERT_EQ(graph_facts({.graph_file = cln, .format = "json"}, io_), ExitStatus::kDone);
    const boost::json::value facts = boost::json::parse(out_.str());
    EXPECT_EQ(facts.at("nodes").as_int64(), 2);
    EXPECT_EQ(facts.at("channels").as_int64(), 1);
    EXPECT_EQ(facts.at("capacity_sats").as_int64(), 1'000'000);
    EXPECT_THAT(err_.str(), HasSubstr("1 private channel left out"));
}

TEST_F(GraphCommands, DiffRefusesGraphsOfDifferentKindsOfSource) {
    const std::string cln = file("cln.json", test::listchannels({{.last_update = "1761300001"}}));
    EXPECT_EQ(graph_diff({.older_file = older(), .newer_file = cln}, io_), ExitStatus::kCallWrong);
    EXPECT_THAT(err_.str(), HasSubstr("the graphs come from different kinds of source"));
    EXPECT_THAT(out_.str(), IsEmpty());
}

TEST_F(GraphCommands, DiffOfRapidGossipSyncCountsNoUpdates) {
    const std::string before = file("before.rgs", test::rgs_graph());
    const std::string after = file("after.rgs", test::rgs_graph(1, test::kRgsTime + 86'400));
    ASSERT_EQ(graph_diff({.older_file = before, .newer_file = after, .format = "json"}, io_), ExitStatus::kDone);
    const boost::json::value diff = boost::json::parse(out_.str());
    EXPECT_TRUE(diff.at("updates").is_null());
    EXPECT_EQ(diff.at("fee_changes").as_int64(), 0);
}

TEST_F(GraphCommands, FactsAsCsvDisarmAliases) {
    ASSERT_EQ(graph_facts({.graph_file = newer(), .format = "csv"}, io_), ExitStatus::kDone);
    EXPECT_THAT(out_.str(), HasSubstr(std::string(kFirst) + ",\"'=one\",1,1000000"));
}

TEST_F(GraphCommands, WarnOfRecordsThatWereLeftOut) {
    const std::string broken = file("broken.json", graph_json("10", "1761200000", R"(,{"channel_id":"x"})"));
    ASSERT_EQ(graph_facts({.graph_file = broken}, io_), ExitStatus::kDone);
    EXPECT_THAT(err_.str(), HasSubstr("1 record left out, the first: edges[1]"));
}

TEST_F(GraphCommands, ShowProgressOnlyToWhoWatches) {
    io_.progress = true;
    ASSERT_EQ(graph_facts({.graph_file = newer(), .format = "csv"}, io_), ExitStatus::kDone);
    EXPECT_THAT(err_.str(), HasSubstr("reading "));
    EXPECT_THAT(err_.str(), HasSubstr("betweenness"));
}

TEST_F(GraphCommands, AFileThatIsNoGraphEndsInOneLineAndStatusOne) {
    EXPECT_EQ(graph_facts({.graph_file = file("page.html", "<html></html>")}, io_), ExitStatus::kWorldFailed);
    EXPECT_EQ(graph_facts({.graph_file = file("empty.json", "")}, io_), ExitStatus::kWorldFailed);
    EXPECT_EQ(graph_diff({.older_file = older(), .newer_file = "/no/such/file"}, io_), ExitStatus::kWorldFailed);
    const std::string told = err_.str();
    EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 3) << told;
    EXPECT_THAT(out_.str(), IsEmpty());
}

TEST_F(GraphCommands, DiffCountsAndListsChanges) {
    ASSERT_EQ(graph_diff({.older_file = older(), .newer_file = newer(), .format = "json", .list = true}, io_),
              ExitStatus::kDone);
    const boost::json::value diff = boost::json::parse(out_.str());
    EXPECT_EQ(diff.at("opened").as_int64(), 0);
    EXPECT_EQ(diff.at("gone").as_int64(), 0);
    EXPECT_EQ(diff.at("fee_changes").as_int64(), 1);
    EXPECT_EQ(diff.at("disable_flips").as_int64(), 0);
    EXPECT_EQ(diff.at("updates").as_int64(), 1);
    const boost::json::value& change = diff.at("list").at("directions").at(0);
    EXPECT_EQ(change.at("channel_id").as_string(), "1x1x0");
    EXPECT_EQ(change.at("by").as_string(), kFirst);
    EXPECT_EQ(change.at("before").at("ppm").as_int64(), 10);
    EXPECT_EQ(change.at("after").at("ppm").as_int64(), 25);
}

TEST_F(GraphCommands, DiffListsNamesForPeople) {
    ASSERT_EQ(graph_diff({.older_file = older(), .newer_file = newer(), .list = true}, io_), ExitStatus::kDone);
    EXPECT_THAT(out_.str(), HasSubstr("-> 0\u00A0msat + 25\u00A0ppm  =one > two"));
}

TEST_F(GraphCommands, DiffRefusesTheWrongOrder) {
    EXPECT_EQ(graph_diff({.older_file = newer(), .newer_file = older()}, io_), ExitStatus::kCallWrong);
    EXPECT_THAT(err_.str(), HasSubstr("give the older one first"));
    EXPECT_THAT(out_.str(), IsEmpty());
}

TEST_F(GraphCommands, DiffRefusesGraphsWithoutIds) {
    std::string positional = graph_json("10", "0");
    positional.insert(1, R"("positional_ids":true,)");
    EXPECT_EQ(graph_diff({.older_file = older(), .newer_file = file("positions.json", positional)}, io_),
              ExitStatus::kCallWrong);
    EXPECT_THAT(err_.str(), HasSubstr("only positions"));
}

TEST_F(GraphCommands, RefuseFormatsTheyDoNotKnow) {
    EXPECT_EQ(graph_facts({.graph_file = newer(), .format = "xml"}, io_), ExitStatus::kCallWrong);
    EXPECT_EQ(graph_diff({.older_file = older(), .newer_file = newer(), .format = "csv"}, io_), ExitStatus::kCallWrong);
    EXPECT_THAT(err_.str(), HasSubstr("--format takes text, json, not 'csv'"));
    EXPECT_THAT(err_.str(), Not(HasSubstr("reading")));
}

} // namespace
} // namespace mcp::app
