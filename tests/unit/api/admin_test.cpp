#include "tests/unit/api/api_world.hpp"

#include <gtest/gtest.h>

namespace mcp::test {
namespace {

namespace json = boost::json;

constexpr const char* kTrigger = "/api/v1/admin/reports/daily/trigger";
constexpr const char* kStats = "/api/v1/admin/reports/daily/stats";
const std::string kTasks = "/api/v1/admin/tasks/";

class AdminRoutes : public GateWorld, public testing::Test {};

TEST_F(AdminRoutes, AreForAdminsOnly) {
    for (const Answer& answer : {post(kTrigger, "alice"), get(kStats, "alice"), get(kTasks + "x", "alice")}) {
        EXPECT_EQ(answer.status, 403);
        EXPECT_EQ(answer.detail(), "only an admin may do this; the token names none");
    }
    EXPECT_TRUE(runs.triggered.empty());
    EXPECT_EQ(store.calls, 0);
    EXPECT_EQ(post(kTrigger, "").status, 401);
}

TEST_F(AdminRoutes, ATriggerWithoutABodyIsForAll) {
    for (const char* body : {"", "{}", R"({"user_ids": null})"}) {
        const Answer answer = post(kTrigger, "root!", body);
        EXPECT_EQ(answer.status, 202) << body;
        EXPECT_EQ(answer.json(), (json::object{{"status", "started"},
                                               {"task_id", "daily_reports_20251025_101500"},
                                               {"message", "Reports for all users who enabled theirs are being made."},
                                               {"user_ids", "all"},
                                               {"skipped", json::array()}}));
    }
    EXPECT_EQ(runs.triggered.size(), 3U);
    EXPECT_EQ(runs.triggered[0], std::nullopt);
}

TEST_F(AdminRoutes, ATriggerForSomeTellsWhoWasSkipped) {
    const Answer answer = post(kTrigger, "root!", R"({"user_ids": ["alice", "ghost", "../..", "⚡"]})");
    EXPECT_EQ(answer.status, 202);
    EXPECT_EQ(answer.json().at("user_ids"), (json::array{"alice", "../..", "⚡"}));
    EXPECT_EQ(answer.json().at("skipped"), (json::array{"ghost"}));
    EXPECT_EQ(answer.json().at("message"), "Reports for 3 users are being made.");
}

TEST_F(AdminRoutes, ATriggerForNobodyWhoCanGetOneIsTakenOnAndSaysSo) {
    const Answer answer = post(kTrigger, "root!", R"({"user_ids": ["ghost", "ghost-2"]})");
    EXPECT_EQ(answer.status, 202);
    EXPECT_EQ(answer.json().at("user_ids"), json::array());
    EXPECT_EQ(answer.json().at("skipped"), (json::array{"ghost", "ghost-2"}));
    EXPECT_EQ(answer.json().at("message"),
              "No report is made: none of these users is known and has the daily report enabled.");
}

TEST_F(AdminRoutes, ATriggerThatNamesNobodyOrNoListIsRefused) {
    for (const char* body :
         {R"({"user_ids": []})", R"({"user_ids": "alice"})", R"({"user_ids": [1]})", R"({"user_ids": [""]})",
          R"({"user_ids": [null]})", R"({"userids": ["alice"]})", R"([ "alice" ])", "null"}) {
        EXPECT_EQ(post(kTrigger, "root!", body).status, 400) << body;
    }
    json::array many(1001, "x");
    EXPECT_EQ(post(kTrigger, "root!", json::serialize(json::object{{"user_ids", many}})).status, 400);
    EXPECT_TRUE(runs.triggered.empty());
    EXPECT_EQ(post(kTrigger, "root!", R"({"userids": ["alice"]})").detail(),
              "userids is unknown; did you mean user_ids?");
}

TEST_F(AdminRoutes, WhatTheRunsRefuseIsPassedOn) {
    runs.fault = Error{ErrorKind::rate_limited, {"http.too_many_requests", {{"seconds", std::int64_t{9}}}}};
    const Answer answer = post(kTrigger, "root!");
    EXPECT_EQ(answer.status, 429);
    ASSERT_NE(answer.response.header("Retry-After"), nullptr);
    runs.fault = Error{ErrorKind::unavailable, {"system.disk_full", {}}};
    EXPECT_EQ(post(kTrigger, "root!").status, 503);
}

TEST_F(AdminRoutes, ATaskTellsHowFarItHasCome) {
    flow::RunProgress progress;
    progress.run = {.id = "daily_reports_20251025_060000",
                    .kind = ports::RunKind::scheduled,
                    .day = std::chrono::floor<std::chrono::days>(kMorning),
                    .user_ids = {},
                    .started_at = kMorning,
                    .done = 57,
                    .failed = 1};
    progress.total = 120;
    progress.per_second = 14.25;
    progress.seconds_left = 4.5;
    runs.tasks[progress.run.id] = progress;
    const Answer running = get(kTasks + progress.run.id, "root!");
    EXPECT_EQ(running.status, 200);
    EXPECT_EQ(running.json(), (json::object{{"status", "success"},
                                            {"task",
                                             {{"task_id", "daily_reports_20251025_060000"},
                                              {"state", "running"},
                                              {"kind", "scheduled"},
                                              {"report_date", "2025-10-25T00:00:00Z"},
                                              {"total", 120},
                                              {"done", 57},
                                              {"failed", 1},
                                              {"per_second", 14.25},
                                              {"seconds_left", 4.5},
                                              {"started_at", "2025-10-25T10:00:00Z"},
                                              {"ended_at", nullptr},
                                              {"error", nullptr}}}}));
}

TEST_F(AdminRoutes, ATaskIsQueuedThenRunningThenCompletedOrFailed) {
    flow::RunProgress progress;
    progress.run.id = "t";
    progress.run.kind = ports::RunKind::triggered;
    const auto task = [&] {
        runs.tasks["t"] = progress;
        return get(kTasks + "t", "root!").json().at("task").as_object();
    };
    progress.queued = true;
    EXPECT_EQ(task().at("state"), "queued");
    EXPECT_TRUE(task().at("total").is_null());
    EXPECT_TRUE(task().at("per_second").is_null());
    EXPECT_TRUE(task().at("seconds_left").is_null());
    EXPECT_EQ(task().at("kind"), "triggered");
    progress.queued = false;
    EXPECT_EQ(task().at("state"), "running");
    progress.run.state = ports::RunState::ended;
    progress.run.ended_at = kMorning;
    EXPECT_EQ(task().at("state"), "completed");
    EXPECT_EQ(task().at("ended_at"), "2025-10-25T10:00:00Z");
    progress.run.state = ports::RunState::given_up;
    progress.run.failure = "no graph";
    EXPECT_EQ(task().at("state"), "failed");
    EXPECT_EQ(task().at("error"), "no graph");
}

TEST_F(AdminRoutes, AnUnknownTaskIsNotFound) {
    EXPECT_EQ(get(kTasks + "nothing", "root!").status, 404);
}

TEST_F(AdminRoutes, StatsWithoutAnythingToMeasureAreNull) {
    const json::object stats = get(kStats, "root!").json().at("stats").as_object();
    EXPECT_EQ(stats, (json::object{{"users_with_workflow_enabled", 0},
                                   {"users_with_pubkey", 0},
                                   {"adoption_rate", nullptr},
                                   {"total_reports_generated", 0},
                                   {"reports_generated_today", 0},
                                   {"reports_failed_today", 0},
                                   {"success_rate_today", nullptr},
                                   {"mean_duration_seconds_today", nullptr},
                                   {"p95_duration_seconds_today", nullptr},
                                   {"feedback_90d", {{"n", 0}, {"mean", nullptr}, {"nps", nullptr}}},
                                   {"timestamp", "2025-10-25T10:00:00Z"}}));
}

TEST_F(AdminRoutes, StatsCountToday) {
    const domain::User alice = add_user("alice", kAliceKey);
    domain::User bob = add_user("bob", kBobKey);
    bob.daily_report = false;
    must(store.put_user(bob));
    add_report(alice, 1, ports::ReportEnd::completed, 100);
    const std::string id = add_report(alice, 0, ports::ReportEnd::completed, 2);
    add_report(bob, 0, ports::ReportEnd::failed);
    must(store.put_feedback({id, "alice", 10, "", kMorning}));
    must(store.put_feedback({id, "bob", 6, "", kMorning - std::chrono::days{89}}));
    must(store.put_feedback({"long ago", "bob", 0, "", kMorning - std::chrono::days{91}}));
    EXPECT_EQ(get(kStats, "root!").json().at("stats"),
              (json::object{{"users_with_workflow_enabled", 1},
                            {"users_with_pubkey", 2},
                            {"adoption_rate", 0.5},
                            {"total_reports_generated", 2},
                            {"reports_generated_today", 1},
                            {"reports_failed_today", 1},
                            {"success_rate_today", 0.5},
                            {"mean_duration_seconds_today", 2},
                            {"p95_duration_seconds_today", 2},
                            {"feedback_90d", {{"n", 2}, {"mean", 8}, {"nps", 0}}},
                            {"timestamp", "2025-10-25T10:00:00Z"}}));
}

} // namespace
} // namespace mcp::test
