#include "tests/e2e/in_folder.hpp"
#include "tests/e2e/small_graph.hpp"
#include "tests/support/packed.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <stdexcept>

namespace mcp::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
namespace json = boost::json;

class Report : public InFolder {
protected:
    void SetUp() override {
        write("today.json", SmallGraph{.hub_to_alice_ppm = 250}.text());
        write("yesterday.json", SmallGraph{.updated = kToday - kOneDay, .with_carol = false}.text());
    }

    /// What a call that succeeds and has nothing to remark prints.
    [[nodiscard]] std::string printed(const std::string& shell_line) const {
        const Outcome outcome = run(shell_line);
        EXPECT_EQ(outcome.status, 0) << shell_line;
        EXPECT_EQ(outcome.err, "") << shell_line;
        return outcome.out;
    }
    [[nodiscard]] json::value document(const std::string& options) const {
        return json::parse(printed("mcp-api report --format json " + options));
    }
};

/// A report without the moment of its making (in "sources" that of reading), which no two have in common.
json::value without_moment(json::value report) {
    for (const char* moment : {"generation_timestamp", "created_at", "updated_at", "sources"}) {
        report.as_object().erase(moment);
    }
    return report;
}

/// The first change of that kind.   @pre there is one
json::value change_of(std::string_view kind, const json::value& report) {
    for (const json::value& change : report.at("changes").as_array()) {
        if (change.at("kind").as_string() == kind) {
            return change;
        }
    }
    throw std::logic_error("no change " + std::string(kind));
}

std::string day_of(const json::value& report) {
    return std::string(report.at("report_date").as_string()).substr(0, std::string_view("2025-10-24").size());
}

TEST_F(Report, TellsPeopleOfANodeByItsAlias) {
    const std::string page = printed("mcp-api report --graph today.json --node hub");
    EXPECT_THAT(page, StartsWith("hub\n" + key(1)));
    EXPECT_THAT(page, HasSubstr("Report of 24 October 2025"));
    EXPECT_THAT(with_plain_spaces(page), HasSubstr("5,000,000 sat"));
    EXPECT_THAT(page, Not(HasSubstr("\x1b"))) << "no colours for a pipe";
    EXPECT_THAT(printed("mcp-api report --graph today.json --node hub --lang fr"), HasSubstr("Rapport du 24 octobre"));
}

TEST_F(Report, FindsTheNodeHoweverItIsNamed) {
    for (const std::string& name : {std::string("hub"), std::string("HUB"), key(1), key(1).substr(0, 8)}) {
        EXPECT_EQ(document("--graph today.json --node " + name).at("node_pubkey").as_string().c_str(), key(1)) << name;
    }
}

TEST_F(Report, IsOneJsonDocumentWithWhatTheGraphSays) {
    const json::value report = document("--graph today.json --node hub");
    EXPECT_EQ(report.at("graph_as_of").as_string(), "2025-10-24T10:00:00Z");
    EXPECT_EQ(report.at("language").as_string(), "en");
    EXPECT_EQ(report.at("metrics").at("capacity").at("total_sats").as_int64(), 5'000'000);
    EXPECT_EQ(report.at("metrics").at("network").at("peer_count").as_int64(), 5);
    EXPECT_EQ(report.at("channels").as_array().size(), 5u);
    EXPECT_TRUE(report.at("changes").is_null()) << "there is no day before";
    EXPECT_TRUE(report.at("metrics").at("capacity").at("local_balance").is_null());
    EXPECT_FALSE(report.at("absent").as_array().empty());
}

TEST_F(Report, TellsWhatChangedSinceTheDayBefore) {
    const json::value report = document("--graph today.json --node hub --history yesterday.json");
    ASSERT_EQ(report.at("changes").as_array().size(), 2u);
    EXPECT_EQ(change_of("opened", report).at("peer_alias").as_string(), "Carol");
    const json::value repriced = change_of("repriced", report);
    EXPECT_EQ(repriced.at("peer_alias").as_string(), "Alice");
    EXPECT_EQ(repriced.at("side").as_string(), "own");
    EXPECT_EQ(repriced.at("before").at("fee").at("ppm").as_int64(), 100);
    EXPECT_EQ(repriced.at("after").at("fee").at("ppm").as_int64(), 250);
    const json::array& capacity = report.at("trends").at("capacity_evolution_7d").as_array();
    EXPECT_EQ(capacity, json::array({nullptr, nullptr, nullptr, nullptr, nullptr, 4'000'000, 5'000'000}));
}

TEST_F(Report, TakesHistoryInAnyOrder) {
    write("monday.json", SmallGraph{.updated = kToday - 2 * kOneDay}.text());
    const std::string call = "--graph today.json --node hub ";
    EXPECT_EQ(without_moment(document(call + "--history monday.json --history yesterday.json")),
              without_moment(document(call + "--history yesterday.json --history monday.json")));
}

TEST_F(Report, ReadsStandardInputAndPackedFilesAsTheyAre) {
    const std::string graph = SmallGraph{.hub_to_alice_ppm = 250}.text();
    write("graph.gz", test::gzipped(graph));
    write("graph.xz", test::xz_packed(graph));
    write("graph.zst", test::zstd_packed(graph));
    const json::value plain = without_moment(document("--graph today.json --node hub"));
    for (const char* way : {"- <today.json", "- <graph.xz", "graph.gz", "graph.xz", "graph.zst"}) {
        EXPECT_EQ(without_moment(document(std::string("--node hub --graph ") + way)), plain) << way;
    }
}

TEST_F(Report, IsTheSameFromTheCache) {
    const std::string call = "mcp-api report --progress --graph today.json --node hub";
    const Outcome first = run(call);
    const Outcome second = run(call);
    EXPECT_THAT(first.err, HasSubstr("computing the position of every node in today.json"));
    EXPECT_THAT(second.err, Not(HasSubstr("computing the position")));
    EXPECT_EQ(first.out, second.out);
}

TEST_F(Report, WorksWhereNothingCanBeKept) {
    EXPECT_THAT(printed("export XDG_CACHE_HOME=/proc; mcp-api report --graph today.json --node hub"),
                StartsWith("hub\n"));
    EXPECT_THAT(printed("unset XDG_CACHE_HOME HOME; mcp-api report --graph today.json --node hub"),
                StartsWith("hub\n"));
}

TEST_F(Report, GoesToAFileWhole) {
    write("report.txt", "yesterday's");
    EXPECT_EQ(printed("mcp-api report --graph today.json --node hub --out report.txt"), "");
    EXPECT_EQ(folder_.content("report.txt"), printed("mcp-api report --graph today.json --node hub"));
    EXPECT_EQ(printed("mcp-api report --graph today.json --node hub --format json --out report.json"), "");
    EXPECT_EQ(json::parse(folder_.content("report.json")).at("node_alias").as_string(), "hub");
    EXPECT_EQ(names(), "report.json\nreport.txt\ntoday.json\nyesterday.json\n");
}

TEST_F(Report, TakesADashForStandardOutput) {
    const std::string call = "mcp-api report --graph today.json --node hub";
    EXPECT_EQ(printed(call + " --out -"), printed(call));
    EXPECT_EQ(names(), "today.json\nyesterday.json\n");
}

TEST_F(Report, TakesTheDayThatAGraphDoesNotTell) {
    write("undated.json", SmallGraph{.updated = 0}.text());
    const json::value report = document("--graph undated.json --node hub --date 2025-10-24");
    EXPECT_EQ(day_of(report), "2025-10-24");
    EXPECT_TRUE(report.at("graph_as_of").is_null());
}

TEST_F(Report, ToleratesADateOneDayFromTheGraphs) {
    EXPECT_EQ(day_of(document("--graph today.json --node hub --date 2025-10-25")), "2025-10-25");
}

TEST_F(Report, SaysOfBrokenRecordsThatTheyWereLeftOut) {
    write("scratched.json", SmallGraph{.more_edges = R"(,{"channel_id":"x"})"}.text());
    const Outcome outcome = run("mcp-api report --graph scratched.json --node hub");
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(count_lines(outcome.err), 1);
    EXPECT_THAT(outcome.err, HasSubstr("scratched.json: 1 record left out, the first: edges[7]"));
    EXPECT_THAT(outcome.out, HasSubstr("1 broken record was left out"));
}

} // namespace
} // namespace mcp::e2e
