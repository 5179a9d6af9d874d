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

TEST(ReportJson, NamesTheGraphThatServedAsTheSourceOfGaps) {
    const auto sources = [](const domain::Report& report) {
        const json::object document = document_of(report);
        std::set<std::string> names;
        for (const json::value& gap : document.at("absent").as_array()) {
            names.emplace(gap.at("source").as_string());
        }
        return names;
    };
    using testing::Contains;
    using testing::Not;
    EXPECT_THAT(sources(test::report_with_outside()), testing::AllOf(Contains("rgs"), Not(Contains("gossip_file"))));
    EXPECT_THAT(sources(test::report_with_changes()), testing::AllOf(Contains("gossip_file"), Not(Contains("rgs"))));
}

TEST(ReportJson, TellsWhatOtherSourcesSayWithSourceAndDate) {
    const json::object document = document_of(test::report_with_outside());
    EXPECT_EQ(document.at("onchain"), json::parse(R"({"fees": {"next_block_sat_vb": 2.2, "half_hour_sat_vb": 1.7,
        "hour_sat_vb": 1.2, "economy_sat_vb": 0.6, "minimum_sat_vb": 0.1}, "as_of": "2025-10-25T12:00:00Z",
        "usual_hour_sat_vb": 3, "days_compared": 8, "level": "cheap"})"));
    EXPECT_EQ(document.at("btc_price"),
              json::parse(R"({"usd": 60000, "eur": 55000, "as_of": "2025-10-25T11:55:00Z"})"));
    EXPECT_EQ(document.at("providers").at("network").at(0),
              json::parse(R"({"source": "mempool", "as_of": "2025-10-11T00:00:00Z", "asked_at": "2025-10-25T12:00:00Z",
        "channels": 32674, "nodes": 16237, "capacity_sats": 379451516560, "median_capacity_sats": 2042066,
        "median_fee_ppm": 100})"));
    EXPECT_EQ(document.at("providers").at("node").at(1),
              json::parse(R"({"source": "amboss", "alias": "us", "as_of": "2025-10-25T09:00:00Z",
        "asked_at": "2025-10-25T12:00:00Z", "first_seen": null, "capacity_sats": 4000000, "channels": 4,
        "closed_channels": 2, "capacity_rank": 4711, "channels_rank": 5012,
        "median_fee_ppm_out": 250, "median_fee_ppm_in": 99.5, "weighted_fee_ppm_out": 310.25,
        "weighted_fee_ppm_in": 120, "earlier_as_of": null, "capacity_sats_then": null, "channels_then": null})"));
    const json::value& of_mempool = document.at("providers").at("node").at(0);
    EXPECT_EQ(of_mempool.at("earlier_as_of"), "2025-10-04T00:00:00Z");
    EXPECT_EQ(of_mempool.at("capacity_sats_then"), 8'000'000);
    EXPECT_EQ(of_mempool.at("channels_then"), 8);
    EXPECT_TRUE(of_mempool.at("median_fee_ppm_out").is_null());
    std::vector<std::string> reasons;
    for (const json::value& gap : document.at("absent").as_array()) {
        if (gap.at("path") == "providers.node[].channels_then" ||
            gap.at("path") == "providers.node[].weighted_fee_ppm_in") {
            reasons.emplace_back(gap.at("reason").as_string());
        }
    }
    EXPECT_THAT(reasons, testing::UnorderedElementsAre("Amboss did not tell it", "mempool did not tell it"));
    const json::value& twice = document.at("closed_channels").at(2);
    EXPECT_EQ(twice.at("channel_id"), "600000x2x1");
    EXPECT_EQ(twice.at("told_by").at(0), json::parse(R"({"source": "mempool", "reason": "mutual",
        "closed_at": "2025-09-15T12:00:00Z", "closed_height": 900000, "capacity_sats": 1000000,
        "closed_by": null})"));
    EXPECT_TRUE(twice.at("told_by").at(1).at("reason").is_null());
}

TEST(ReportJson, TellsOfEachProviderWhyItToldNothing) {
    const json::object document = document_of(test::report_on({test::quiet_node().build()}));
    EXPECT_TRUE(document.at("providers").at("node").is_null());
    EXPECT_TRUE(document.at("closed_channels").is_null());
    std::vector<std::string> reasons;
    for (const json::value& gap : document.at("absent").as_array()) {
        if (gap.at("path") == "closed_channels") {
            reasons.emplace_back(gap.at("reason").as_string());
        }
    }
    EXPECT_THAT(reasons, testing::ElementsAre("mempool is not configured", "Amboss is not configured"));
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
