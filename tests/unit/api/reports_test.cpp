#include "tests/unit/api/api_world.hpp"

#include <gtest/gtest.h>

namespace mcp::test {
namespace {

namespace json = boost::json;

constexpr const char* kLatest = "/api/v1/reports/daily/latest";
constexpr const char* kHistory = "/api/v1/reports/daily/history";
const std::string kReports = "/api/v1/reports/daily/";

class ReportRoutes : public GateWorld, public testing::Test {
protected:
    static std::vector<std::int64_t> days_of(const Answer& answer) {
        std::vector<std::int64_t> days;
        const json::object page = answer.json();
        for (const json::value& report : page.at("reports").as_array()) {
            days.push_back(report.at("days_ago").as_int64());
        }
        return days;
    }

    domain::User alice_ = add_user("alice", kAliceKey, "acme");
    domain::User bob_ = add_user("bob", kBobKey, "acme");
};

using Days = std::vector<std::int64_t>;

TEST_F(ReportRoutes, LatestIsTheNewestCompletedOneAsItIsStored) {
    add_report(alice_, 2);
    const std::string id = add_report(alice_, 1);
    add_report(alice_, 0, ports::ReportEnd::failed);
    const Answer answer = get(kLatest, "alice@acme");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.text, R"({"status":"success","report":{"report_id": ")" + id +
                               R"(", "generation_status": "completed", "days_ago": 1}})"
                               "\n");
}

TEST_F(ReportRoutes, TheStoredDocumentIsNotCopied) {
    add_report(alice_, 0);
    const auto stored = time.run(store.latest("alice"));
    const Answer answer = get(kLatest, "alice@acme");
    const auto& pieces = answer.response.body.pieces();
    ASSERT_EQ(pieces.size(), 3U);
    EXPECT_EQ(std::get<api::Body::Shared>(pieces[1]), (*stored)->document);
}

TEST_F(ReportRoutes, WithoutAReportThereIsNoLatestOne) {
    const std::string detail =
        "there is no report yet; enable the daily report, and the first one comes with the next run";
    EXPECT_EQ(get(kLatest, "alice@acme").status, 404);
    add_report(alice_, 0, ports::ReportEnd::failed);
    EXPECT_EQ(get(kLatest, "alice@acme").detail(), detail);
    add_report(bob_, 0);
    EXPECT_EQ(get(kLatest, "alice@acme").detail(), detail) << "the report of another user";
    EXPECT_EQ(get(kLatest, "bob@evil").detail(), detail) << "the same name in another tenant";
}

TEST_F(ReportRoutes, HistoryIsNewestFirstWithThirtyDaysAndTenAPage) {
    for (int day = 0; day < 35; ++day) {
        add_report(alice_, day);
    }
    const Answer first = get(kHistory, "alice@acme");
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(days_of(first), (Days{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
    EXPECT_EQ(first.json().at("status"), "success");
    EXPECT_EQ(first.json().at("pagination"), (json::object{{"page", 1}, {"limit", 10}, {"total", 30}, {"pages", 3}}));
    const Answer last = get(std::string(kHistory) + "?page=3&limit=13", "alice@acme");
    EXPECT_EQ(days_of(last), (Days{26, 27, 28, 29}));
    EXPECT_EQ(last.json().at("pagination"), (json::object{{"page", 3}, {"limit", 13}, {"total", 30}, {"pages", 3}}));
    EXPECT_EQ(days_of(get(std::string(kHistory) + "?page=4", "alice@acme")), Days{}) << "after the last page";
}

TEST_F(ReportRoutes, HistoryOfSevenDaysHoldsSevenReports) {
    for (int day = 0; day < 10; ++day) {
        add_report(alice_, day);
    }
    const Answer week = get(std::string(kHistory) + "?days=7", "alice@acme");
    EXPECT_EQ(days_of(week), (Days{0, 1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(days_of(get(std::string(kHistory) + "?days=1", "alice@acme")), (Days{0}));
}

TEST_F(ReportRoutes, FailuresAreShownWhenAskedFor) {
    add_report(alice_, 1);
    add_report(alice_, 0, ports::ReportEnd::failed);
    EXPECT_EQ(days_of(get(kHistory, "alice@acme")), (Days{1}));
    EXPECT_EQ(days_of(get(std::string(kHistory) + "?status=all", "alice@acme")), (Days{0, 1}));
    EXPECT_EQ(days_of(get(std::string(kHistory) + "?status=completed", "alice@acme")), (Days{1}));
}

TEST_F(ReportRoutes, AnEmptyHistoryHasNoPages) {
    const Answer answer = get(kHistory, "alice@acme");
    EXPECT_EQ(answer.text, R"({"status":"success","reports":[],"pagination":{"page":1,"limit":10,"total":0,"pages":0}})"
                           "\n");
}

TEST_F(ReportRoutes, EveryFaultOfAQueryIsNamedWithItsRange) {
    const Answer answer =
        get(std::string(kHistory) + "?days=91&page=0&limit=ten&status=failed&nonsense=1", "alice@acme");
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.detail(), "days must be a whole number from 1 to 90, not '91', "
                               "page must be a whole number from 1 to 1,000,000, not '0', "
                               "limit must be a whole number from 1 to 100, not 'ten', "
                               "status must be one of completed, all, not 'failed'");
}

TEST_F(ReportRoutes, QueriesThatAreOddAreFaults) {
    for (const char* query : {"?days=", "?days=1.0", "?days=+5", "?days=5x", "?days=99999999999999999999", "?days=-1",
                              "?days=0x10", "?days=%20 5", "?days=5&days=6", "?days=%zz", "?%ff=1", "?limit=%00"}) {
        EXPECT_EQ(get(std::string(kHistory) + query, "alice@acme").status, 400) << query;
    }
    EXPECT_EQ(get(std::string(kHistory) + "?d%61ys=5&&unknown&x=%41", "alice@acme").status, 200);
}

TEST_F(ReportRoutes, HistoryWithoutAProfileOrOfAnotherTenantIsNotFound) {
    add_report(alice_, 0);
    EXPECT_EQ(get(kHistory, "alice@evil").status, 404);
    EXPECT_EQ(get(kHistory, "alice@evil").detail(), get(kHistory, "nobody").detail());
}

TEST_F(ReportRoutes, AReportIsFoundByItsOwnUserOnly) {
    const std::string id = add_report(alice_, 0);
    const std::string failed = add_report(alice_, 1, ports::ReportEnd::failed);
    EXPECT_EQ(get(kReports + id, "alice@acme").json().at("report").at("report_id"), json::value(id));
    EXPECT_EQ(get(kReports + failed, "alice@acme").json().at("report").at("generation_status"), "failed");
    Answer unknown = get(kReports + "00000000-0000-5000-8000-999999999999", "alice@acme");
    for (const char* other : {"bob@acme", "alice@evil", "admin!"}) {
        Answer foreign = get(kReports + id, other);
        EXPECT_EQ(foreign.status, 404);
        json::object a = unknown.json();
        json::object b = foreign.json();
        a["request_id"] = b["request_id"] = "";
        EXPECT_EQ(json::serialize(a), json::serialize(b)) << other;
        EXPECT_EQ(unknown.text.size(), foreign.text.size());
        EXPECT_EQ(unknown.response.headers.size(), foreign.response.headers.size());
    }
}

TEST_F(ReportRoutes, IdsOfAnyShapeAreOnlyUnknown) {
    for (const char* id : {"x", "..", "%2e%2e%2fetc", "a%2Fb", "%0d%0aSet-Cookie:x", "'; DROP TABLE reports; --",
                           "latest ", "%F0%9F%92%A9"}) {
        EXPECT_EQ(get(kReports + id, "alice@acme").status, 404) << id;
    }
    EXPECT_EQ(get(kReports + "a%00b", "alice@acme").status, 400);
    EXPECT_EQ(get(kReports + "%ff", "alice@acme").status, 400);
}

TEST_F(ReportRoutes, FeedbackIsKeptAndALaterOneReplacesIt) {
    const std::string id = add_report(alice_, 0);
    const Answer first = post(kReports + id + "/feedback", "alice@acme", R"({"score": 3, "comment": "two\nlines"})");
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.json(), (json::object{{"status", "success"},
                                          {"feedback",
                                           {{"report_id", json::value(id)},
                                            {"score", 3},
                                            {"comment", "two\nlines"},
                                            {"at", "2025-10-25T10:00:00Z"}}}}));
    EXPECT_TRUE(post(kReports + id + "/feedback", "alice@acme", R"({"score": 10})")
                    .json()
                    .at("feedback")
                    .at("comment")
                    .is_null());
    EXPECT_EQ(time.run(store.feedback_scores(kMorning)), std::vector<int>{10});
}

TEST_F(ReportRoutes, FeedbackOnWhatIsNotOnesOwnIsNotFound) {
    const std::string id = add_report(alice_, 0);
    EXPECT_EQ(post(kReports + id + "/feedback", "bob@acme", R"({"score": 3})").status, 404);
    EXPECT_EQ(post(kReports + id + "/feedback", "alice@evil", R"({"score": 3})").status, 404);
    EXPECT_EQ(post(kReports + "unknown/feedback", "alice@acme", R"({"score": 3})").status, 404);
    EXPECT_EQ(time.run(store.feedback_scores(kMorning)), std::vector<int>{});
}

TEST_F(ReportRoutes, FeedbackThatIsNoneIsRefused) {
    const std::string target = kReports + add_report(alice_, 0) + "/feedback";
    for (const char* body :
         {"", "  ", "{}", R"({"score": 11})", R"({"score": -1})", R"({"score": 5.5})", R"({"score": "5"})",
          R"({"score": null})", R"({"score": true})", R"({"score": [5]})", R"({"score": 1e99})",
          R"({"score": 5, "comment": 7})", R"({"score": 5, "coment": "x"})", R"({"comment": "x"})"}) {
        EXPECT_EQ(post(target, "alice@acme", body).status, 400) << body;
    }
    EXPECT_EQ(post(target, "alice@acme").detail(),
              R"(the body is missing; send JSON such as {"score": 9, "comment": "The fee advice paid for itself."})");
    EXPECT_EQ(post(target, "alice@acme", R"({"score": 11, "coment": "x"})").detail(),
              "coment is unknown; did you mean comment?, score must be a whole number from 0 to 10");
    EXPECT_EQ(post(target, "alice@acme", R"({"score": 5, "comment": null})").status, 200);
    EXPECT_EQ(post(target, "alice@acme", R"({"score": 5.0})").status, 200) << "a whole number written with a point";
}

TEST_F(ReportRoutes, CommentsAreCountedInCharactersAndCleaned) {
    const std::string target = kReports + add_report(alice_, 0) + "/feedback";
    std::string lightning;
    for (int i = 0; i < 2000; ++i) {
        lightning += "⚡";
    }
    EXPECT_EQ(post(target, "alice@acme", R"({"score": 5, "comment": ")" + lightning + "\"}").status, 200);
    EXPECT_EQ(post(target, "alice@acme", R"({"score": 5, "comment": ")" + lightning + "⚡\"}").status, 400);
    const Answer cleaned = post(target, "alice@acme", R"({"score": 5, "comment": "a\u0000\u001b[31mb\u202ec\n"})");
    EXPECT_EQ(cleaned.json().at("feedback").at("comment"), "a[31mbc\n");
}

} // namespace
} // namespace mcp::test
