#include "adapters/render/report_json.hpp"

#include "tests/unit/adapters/render/reports.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <set>

namespace mcp::adapters {
namespace {

using language::Language;
namespace json = boost::json;

json::object document_of(const domain::Report& report, Language language = Language::en) {
    return json::parse(report_json(report, language)).as_object();
}

/// Calls `see(path, value)` for all that is no list and no object; list positions as [].
template <typename See>
void walk(const json::value& value, const std::string& path, const See& see) {
    if (const json::object* object = value.if_object()) {
        for (const auto& member : *object) {
            walk(member.value(), path + (path.empty() ? "" : ".") + std::string(member.key()), see);
        }
    } else if (const json::array* array = value.if_array()) {
        for (const json::value& item : *array) {
            walk(item, path + "[]", see);
        }
    } else {
        see(path, value);
    }
}

std::set<std::string> null_figures(const json::object& document) {
    // null is an answer there: nobody, nothing, no error; and sources explain the gaps of others
    const std::set<std::string> answers = {"error_message",        "channels[].disabled_by", "changes[].before",
                                           "changes[].after",      "sources[].fetched_at",   "sources[].error",
                                           "sources[].age_seconds"};
    std::set<std::string> paths;
    walk(document, "", [&](const std::string& path, const json::value& value) {
        if (value.is_null() && !answers.contains(path)) {
            paths.insert(path);
        }
    });
    return paths;
}

std::set<std::string> explained(const json::object& document) {
    std::set<std::string> paths;
    for (const json::value& gap : document.at("absent").as_array()) {
        paths.emplace(gap.at("path").as_string());
        EXPECT_FALSE(gap.at("reason").as_string().empty());
    }
    return paths;
}

std::vector<std::string> numbers(const json::object& document) {
    std::vector<std::string> found;
    walk(document, "", [&](const std::string& path, const json::value& value) {
        if (value.is_number()) {
            found.push_back(path + " " + json::serialize(value));
        }
    });
    return found;
}

TEST(ReportJson, ExplainsEveryNullFigureAndNothingElse) {
    for (const auto& [name, report] : test::all_reports()) {
        const json::object document = document_of(report);
        EXPECT_EQ(null_figures(document), explained(document)) << name;
    }
}

TEST(ReportJson, TellsTheSameGapOfAListOnce) {
    const json::object document = document_of(test::report_with_changes());
    std::set<std::string> entries;
    for (const json::value& gap : document.at("absent").as_array()) {
        EXPECT_TRUE(entries.insert(json::serialize(gap)).second) << gap;
    }
}

TEST(ReportJson, HoldsTheSameNumbersInBothLanguages) {
    for (const auto& [name, report] : test::all_reports()) {
        EXPECT_EQ(numbers(document_of(report, Language::en)), numbers(document_of(report, Language::fr))) << name;
    }
}

TEST(ReportJson, KeepsAliasesAsTheyAre) {
    for (const auto& [name, report] : test::all_reports()) {
        EXPECT_EQ(document_of(report).at("node_alias").as_string(), report.node_alias) << name;
    }
    const json::object document = document_of(test::report_with_changes());
    std::set<std::string> peers;
    for (const json::value& peer : document.at("peers").as_array()) {
        peers.emplace(peer.at("peer_alias").as_string());
    }
    EXPECT_TRUE(peers.contains(test::kHuge));
    EXPECT_TRUE(peers.contains(test::kEmoji));
    EXPECT_TRUE(peers.contains(test::kRightToLeft));
    EXPECT_TRUE(peers.contains(""));
}

TEST(ReportJson, KnowsNoDateWhereTheGraphHasNone) {
    const json::object document = document_of(test::report_on({test::quiet_node().undated().build()}));
    EXPECT_TRUE(document.at("graph_as_of").is_null());
    EXPECT_TRUE(document.at("metrics").at("channels").at("active").is_null());
    EXPECT_EQ(document.at("report_date"), "2025-10-25T00:00:00Z");
}

TEST(ReportJson, TellsNoChangesRatherThanNoneWithoutYesterday) {
    EXPECT_TRUE(document_of(test::report_on({test::quiet_node().build()})).at("changes").is_null());
    const domain::Network yesterday = test::quiet_node().at(test::kNoon - std::chrono::days{1}).build();
    const json::object document = document_of(test::report_on({yesterday, test::quiet_node().build()}));
    EXPECT_EQ(document.at("changes").as_array().size(), 0U);
}

TEST(ReportJson, SaysOfAnAbsentPartOfTheScoreWhyItIsAbsent) {
    const json::object document = document_of(test::report_on({test::quiet_node().undated().build()}));
    for (const json::value& part : document.at("score").at("parts").as_array()) {
        if (part.at("name") == "availability") {
            EXPECT_TRUE(part.at("value").is_null());
            EXPECT_EQ(part.at("inputs"), "the graph carries no update times");
        }
    }
}

TEST(ReportJson, HasSevenDaysOfTrendsWithTheReportsOwnLast) {
    for (const auto& [name, report] : test::all_reports()) {
        const json::object document = document_of(report);
        for (const auto& series : document.at("trends").as_object()) {
            EXPECT_EQ(series.value().as_array().size(), 7U) << name << " " << series.key();
        }
        EXPECT_EQ(document.at("trends").at("dates_7d").as_array().back(), document.at("report_date")) << name;
    }
}

} // namespace
} // namespace mcp::adapters
