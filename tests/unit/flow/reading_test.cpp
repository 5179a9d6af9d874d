#include "flow/reading.hpp"

#include "tests/support/fake_store.hpp"
#include "tests/support/service_fakes.hpp"
#include "tests/support/virtual_time.hpp"

#include <gtest/gtest.h>

namespace mcp::test {
namespace {

using flow::FeedbackSummary;
using flow::summarise;
using std::chrono::days;
using std::chrono::hours;

constexpr Day kToday{std::chrono::year{2025} / 10 / 25};

TEST(FeedbackSummaries, OfNothingHaveNoMeanAndNoScore) {
    const FeedbackSummary nothing = summarise({});
    EXPECT_EQ(nothing.count, 0);
    EXPECT_EQ(nothing.mean, std::nullopt);
    EXPECT_EQ(nothing.nps, std::nullopt);
}

TEST(FeedbackSummaries, CountNineAndTenForAndZeroToSixAgainst) {
    EXPECT_EQ(summarise({9, 10}).nps, 100);
    EXPECT_EQ(summarise({0, 6}).nps, -100);
    EXPECT_EQ(summarise({7, 8}).nps, 0);
    EXPECT_EQ(summarise({10, 9, 8, 7, 6, 0, 9, 9}).nps, 25) << "4 for, 2 against, of 8";
    EXPECT_EQ(summarise({10, 9, 8, 7, 6, 0, 9, 9}).mean, 7.25);
    EXPECT_EQ(summarise({10, 9, 8, 7, 6, 0, 9, 9}).count, 8);
}

class ReadingReports : public testing::Test {
protected:
    ports::FinishedReport report(int days_ago, ports::ReportEnd end, double seconds, Time generated_at) {
        ports::FinishedReport finished;
        finished.report = {.report_id = std::to_string(days_ago),
                           .user_id = "alice",
                           .tenant_id = "acme",
                           .report_date = kToday - days{days_ago},
                           .generated_at = generated_at,
                           .end = end,
                           .document = std::make_shared<const std::string>("{}")};
        finished.seconds = seconds;
        return finished;
    }
    void must(Task<Result<void>> task) { ASSERT_TRUE(time_.run(std::move(task))); }
    void SetUp() override {
        domain::User alice;
        alice.id = "alice";
        alice.tenant = "acme";
        must(store_.put_user(alice));
    }

    VirtualTime time_{kToday + hours{10}};
    FakeStore store_;
    KeptLog log_;
    KeptMetrics metrics_;
    SeededChance chance_{1};
    Env env_{time_.clock(), time_.timer(), log_, metrics_, chance_, time_.pool(), time_.pool()};
    flow::Reading reading_{env_, store_};
    const ports::Caller alice_{.user_id = "alice", .tenant_id = "acme"};
};

TEST_F(ReadingReports, StatsAreOfTheUtcDayOnWhichReportsWereMade) {
    using enum ports::ReportEnd;
    for (int i = 1; i <= 20; ++i) { // made today, about other days too
        must(store_.finish(report(i, completed, i, kToday + hours{1})));
    }
    must(store_.finish(report(21, completed, 900, Time(kToday) - std::chrono::seconds{1})));
    must(store_.finish(report(22, failed, 900, kToday + hours{23})));
    must(store_.finish(report(23, failed, 900, kToday + hours{24})));
    const Result<flow::ServiceStats> stats = time_.run(reading_.stats());
    ASSERT_TRUE(stats);
    EXPECT_EQ(stats->completed_today, 20);
    EXPECT_EQ(stats->failed_today, 1);
    EXPECT_EQ(stats->reports_ever, 21);
    EXPECT_DOUBLE_EQ(stats->success_rate_today.value(), 20.0 / 21);
    EXPECT_DOUBLE_EQ(stats->mean_seconds_today.value(), 10.5);
    EXPECT_DOUBLE_EQ(stats->p95_seconds_today.value(), 19.05);
    EXPECT_EQ(stats->adoption_rate, std::nullopt) << "nobody has a node";
    EXPECT_EQ(stats->at, kToday + hours{10});
}

TEST_F(ReadingReports, HistoryEndsSoManyDaysBeforeToday) {
    for (const int days_ago : {0, 6, 7, 8}) {
        must(store_.finish(report(days_ago, ports::ReportEnd::completed, 1, kToday + hours{1})));
    }
    const auto total = [&](std::int64_t back) {
        flow::HistoryRequest request;
        request.days = back;
        return time_.run(reading_.history(alice_, request))->total;
    };
    EXPECT_EQ(total(7), 2) << "report_date > today - 7";
    EXPECT_EQ(total(8), 3);
    EXPECT_EQ(total(1), 1);
}

TEST_F(ReadingReports, WhatTheStoreCannotDoIsPassedOn) {
    store_.fault = Error{ErrorKind::unavailable, {"system.disk_full", {}}};
    EXPECT_EQ(time_.run(reading_.latest(alice_)).error().kind, ErrorKind::unavailable);
    EXPECT_EQ(time_.run(reading_.report(alice_, "x")).error().kind, ErrorKind::unavailable);
    EXPECT_EQ(time_.run(reading_.history(alice_, {})).error().kind, ErrorKind::unavailable);
    EXPECT_EQ(time_.run(reading_.give_feedback(alice_, "x", 1, "")).error().kind, ErrorKind::unavailable);
    EXPECT_EQ(time_.run(reading_.stats()).error().kind, ErrorKind::unavailable);
}

} // namespace
} // namespace mcp::test
