#include "tests/contract/store_contract.hpp"

#include <boost/asio/detached.hpp>
#include <gmock/gmock.h>

namespace mcp::test {
namespace {

using domain::User;
using ports::FinishedReport;
using ports::HistoryPage;
using ports::ReportEnd;
using ports::StoredReport;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Day> days_of(const HistoryPage& page) {
    std::vector<Day> days;
    days.reserve(page.reports.size());
    for (const StoredReport& report : page.reports) {
        days.push_back(report.report_date);
    }
    return days;
}

std::vector<std::string> ids_of(const std::vector<StoredReport>& reports) {
    std::vector<std::string> ids;
    ids.reserve(reports.size());
    for (const StoredReport& report : reports) {
        ids.push_back(report.report_id);
    }
    return ids;
}

FinishedReport generated(FinishedReport finished, Time when) {
    finished.report.generated_at = when;
    return finished;
}

void expect_same(const StoredReport& found, const StoredReport& expected) {
    EXPECT_EQ(found.report_id, expected.report_id);
    EXPECT_EQ(found.user_id, expected.user_id);
    EXPECT_EQ(found.tenant_id, expected.tenant_id);
    EXPECT_EQ(found.report_date, expected.report_date);
    EXPECT_EQ(found.generated_at, expected.generated_at);
    EXPECT_EQ(found.end, expected.end);
    ASSERT_TRUE(found.document);
    EXPECT_EQ(*found.document, *expected.document);
}

TEST_P(StoreContract, AFinishedReportIsFoundByUserAndById) {
    const User user = a_reader("user-1", 7);
    with(user);
    const FinishedReport finished = a_report(user, kMonday, std::string(12'000, 'd') + "⚡\"'\\");
    must(store().finish(finished));
    const auto latest = get(store().latest("user-1"));
    ASSERT_TRUE(latest);
    expect_same(*latest, finished.report);
    const auto by_id = get(store().report(finished.report.report_id));
    ASSERT_TRUE(by_id);
    expect_same(*by_id, finished.report);
    EXPECT_EQ(get(store().report("another id")), std::nullopt);
    EXPECT_EQ(get(store().latest("user-2")), std::nullopt);
}

TEST_P(StoreContract, GeneratingADayAgainReplacesTheReportAndKeepsItsIdAndCreation) {
    const User user = a_reader("user-1", 7);
    with(user);
    must(store().finish(generated(a_report(user, kMonday, "first"), at(kMonday, 6))));
    must(store().finish(generated(a_report(user, kMonday, "second"), at(kMonday, 8))));
    const auto latest = get(store().latest("user-1"));
    ASSERT_TRUE(latest);
    EXPECT_EQ(*latest->document, "second");
    EXPECT_EQ(latest->report_id, a_report(user, kMonday).report.report_id);
    EXPECT_EQ(latest->generated_at, at(kMonday, 8));
    EXPECT_EQ(get(store().created_at(latest->report_id)), at(kMonday, 6));
    EXPECT_EQ(get(store().count_reports("user-1")).completed, 1);
}

TEST_P(StoreContract, CreationOfAFirstFailureStaysToo) {
    const User user = a_reader("user-1", 7);
    with(user);
    const std::string id = a_report(user, kMonday).report.report_id;
    EXPECT_EQ(get(store().created_at(id)), std::nullopt);
    must(store().finish(generated(a_failure(user, kMonday), at(kMonday, 5))));
    must(store().finish(generated(a_report(user, kMonday), at(kMonday, 7))));
    EXPECT_EQ(get(store().created_at(id)), at(kMonday, 5));
}

TEST_P(StoreContract, AFailureNeverReplacesACompletedReportButIsAnEndOfItsJob) {
    const User user = a_reader("user-1", 7);
    with(user);
    const FinishedReport good = a_report(user, kMonday, "good");
    must(store().finish(good));
    get(store().claim(a_triggered_run("run-2", {"user-1"})));
    finish_in("run-2", generated(a_failure(user, kMonday), at(kMonday, 13)));
    const auto latest = get(store().latest("user-1"));
    ASSERT_TRUE(latest);
    expect_same(*latest, good.report);
    EXPECT_EQ(get(store().run("run-2"))->failed, 1);
    EXPECT_THAT(owed_ids("run-2"), IsEmpty());
    const ports::GenerationStats stats = get(store().generated_on(kMonday));
    EXPECT_EQ(stats.completed, 1);
    EXPECT_EQ(stats.failed, 0);
}

TEST_P(StoreContract, ASuccessReplacesAFailureAndAFailureAnotherFailure) {
    const User user = a_reader("user-1", 7);
    with(user);
    must(store().finish(a_failure(user, kMonday, "first")));
    EXPECT_EQ(get(store().latest("user-1")), std::nullopt);
    must(store().finish(generated(a_failure(user, kMonday, "second"), at(kMonday, 9))));
    const auto failure = get(store().report(a_failure(user, kMonday).report.report_id));
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->end, ReportEnd::failed);
    EXPECT_EQ(failure->generated_at, at(kMonday, 9));
    EXPECT_EQ(get(store().generated_on(kMonday)).failed, 1);
    must(store().finish(a_report(user, kMonday)));
    EXPECT_TRUE(get(store().latest("user-1")));
    EXPECT_EQ(get(store().generated_on(kMonday)).failed, 0);
}

TEST_P(StoreContract, TheLatestIsTheNewestDayThatWasCompleted) {
    const User user = a_reader("user-1", 7);
    with(user);
    must(store().finish(a_report(user, kMonday)));
    must(store().finish(generated(a_report(user, kMonday - 3 * kOneDay), at(kMonday, 20)))); // made up late
    must(store().finish(a_failure(user, kMonday + kOneDay)));
    EXPECT_EQ(get(store().latest("user-1"))->report_date, kMonday);
    const ports::ReportCounts counts = get(store().count_reports("user-1"));
    EXPECT_EQ(counts.completed, 2);
    EXPECT_EQ(counts.last_generated_at, at(kMonday, 6));
    EXPECT_EQ(get(store().count_reports("user-2")).completed, 0);
    EXPECT_EQ(get(store().count_reports("user-2")).last_generated_at, std::nullopt);
}

TEST_P(StoreContract, AReportOfAUserWhoIsGoneIsNotFound) {
    const User user = a_reader("user-1", 7);
    const std::optional<Error> unknown = error_of(store().finish(a_report(user, kMonday)));
    ASSERT_TRUE(unknown);
    EXPECT_EQ(unknown->kind, ErrorKind::not_found);
    with(user);
    const std::optional<Error> foreign = error_of(store().finish(a_report(a_reader("user-1", 7, "tenant-2"), kMonday)));
    ASSERT_TRUE(foreign);
    EXPECT_EQ(foreign->kind, ErrorKind::not_found);
    EXPECT_EQ(get(store().report(a_report(user, kMonday).report.report_id)), std::nullopt);
    EXPECT_THAT(get(store().snapshots(node_number(7), kMonday, kMonday + kOneDay)), IsEmpty()) << "nothing of it";
}

TEST_P(StoreContract, UsersOfTwoTenantsSeeNothingOfEachOther) {
    const User one = a_reader("user-1", 1, "tenant-1");
    const User two = a_reader("user-2", 2, "tenant-2");
    with(one, two);
    must(store().finish(a_report(one, kMonday, "of one")));
    must(store().finish(a_report(two, kMonday, "of two")));
    must(store().finish(a_report(two, kMonday - kOneDay, "of two")));
    EXPECT_EQ(*get(store().latest("user-1"))->document, "of one");
    EXPECT_EQ(get(store().latest("user-1"))->tenant_id, "tenant-1");
    EXPECT_EQ(get(store().count_reports("user-1")).completed, 1);
    const HistoryPage page = get(store().history({"user-1", kMonday - 9 * kOneDay, true, 1, 10}));
    EXPECT_EQ(page.total, 1);
    EXPECT_EQ(page.reports.at(0).user_id, "user-1");
    EXPECT_EQ(get(store().report(a_report(two, kMonday).report.report_id))->tenant_id, "tenant-2");
}

// History

TEST_P(StoreContract, HistoryIsPagedNewestFirst) {
    const User user = a_reader("user-1", 7);
    with(user);
    for (const int back : {3, 0, 4, 1, 2}) {
        must(store().finish(a_report(user, kMonday - back * kOneDay)));
    }
    const HistoryPage first = get(store().history({"user-1", kMonday - 30 * kOneDay, false, 1, 2}));
    EXPECT_EQ(first.total, 5);
    EXPECT_THAT(days_of(first), ElementsAre(kMonday, kMonday - kOneDay));
    EXPECT_THAT(days_of(get(store().history({"user-1", kMonday - 30 * kOneDay, false, 2, 2}))),
                ElementsAre(kMonday - 2 * kOneDay, kMonday - 3 * kOneDay));
    EXPECT_THAT(days_of(get(store().history({"user-1", kMonday - 30 * kOneDay, false, 3, 2}))),
                ElementsAre(kMonday - 4 * kOneDay));
    for (const std::int64_t page :
         {std::int64_t{4}, std::int64_t{1'000'000}, std::numeric_limits<std::int64_t>::max()}) {
        const HistoryPage beyond = get(store().history({"user-1", kMonday - 30 * kOneDay, false, page, 2}));
        EXPECT_EQ(beyond.total, 5);
        EXPECT_THAT(beyond.reports, IsEmpty());
    }
    expect_same(first.reports.at(0), a_report(user, kMonday).report);
}

TEST_P(StoreContract, HistoryBeginsAfterTheDayThatIsGiven) {
    const User user = a_reader("user-1", 7);
    with(user);
    for (int back = 0; back < 5; ++back) {
        must(store().finish(a_report(user, kMonday - back * kOneDay)));
    }
    const HistoryPage page = get(store().history({"user-1", kMonday - 2 * kOneDay, false, 1, 10}));
    EXPECT_EQ(page.total, 2);
    EXPECT_THAT(days_of(page), ElementsAre(kMonday, kMonday - kOneDay));
    EXPECT_EQ(get(store().history({"user-1", kMonday, false, 1, 10})).total, 0);
}

TEST_P(StoreContract, HistoryShowsFailuresWhenAsked) {
    const User user = a_reader("user-1", 7);
    with(user);
    must(store().finish(a_report(user, kMonday)));
    must(store().finish(a_failure(user, kMonday - kOneDay)));
    must(store().finish(a_report(user, kMonday - 2 * kOneDay)));
    const HistoryPage completed = get(store().history({"user-1", kMonday - 9 * kOneDay, false, 1, 10}));
    EXPECT_EQ(completed.total, 2);
    EXPECT_THAT(days_of(completed), ElementsAre(kMonday, kMonday - 2 * kOneDay));
    const HistoryPage all = get(store().history({"user-1", kMonday - 9 * kOneDay, true, 1, 10}));
    EXPECT_EQ(all.total, 3);
    EXPECT_THAT(days_of(all), ElementsAre(kMonday, kMonday - kOneDay, kMonday - 2 * kOneDay));
    EXPECT_EQ(all.reports.at(1).end, ReportEnd::failed);
}

// What was generated

TEST_P(StoreContract, GenerationIsCountedByTheDayItHappened) {
    const User one = a_reader("user-1", 1);
    const User two = a_reader("user-2", 2);
    const User three = a_reader("user-3", 3);
    with(one, two, three);
    FinishedReport slow = generated(a_report(one, kMonday), at(kMonday, 0));
    slow.seconds = 2.25;
    FinishedReport fast =
        generated(a_report(two, kMonday - 5 * kOneDay), at(kMonday, 23, 59) + std::chrono::seconds{59});
    fast.seconds = 0.125;
    must(store().finish(slow));
    must(store().finish(fast));
    must(store().finish(generated(a_failure(three, kMonday), at(kMonday, 12))));
    must(store().finish(generated(a_report(three, kMonday - kOneDay), at(kMonday + kOneDay, 0))));
    must(store().finish(generated(a_report(three, kMonday - 2 * kOneDay), at(kMonday, 0) - std::chrono::seconds{1})));
    const ports::GenerationStats stats = get(store().generated_on(kMonday));
    EXPECT_EQ(stats.completed_ever, 4);
    EXPECT_EQ(stats.completed, 2);
    EXPECT_EQ(stats.failed, 1);
    EXPECT_THAT(stats.seconds, ElementsAre(0.125, 2.25));
    const ports::GenerationStats quiet = get(store().generated_on(kMonday - 50 * kOneDay));
    EXPECT_EQ(quiet.completed_ever, 4);
    EXPECT_EQ(quiet.completed + quiet.failed, 0);
    EXPECT_THAT(quiet.seconds, IsEmpty());
}

TEST_P(StoreContract, TheLastSuccessIsTheNewestGenerationThatWasCompleted) {
    const User user = a_reader("user-1", 7);
    with(user);
    EXPECT_EQ(get(store().last_success()), std::nullopt);
    must(store().finish(a_failure(user, kMonday + kOneDay)));
    EXPECT_EQ(get(store().last_success()), std::nullopt);
    must(store().finish(a_report(user, kMonday)));
    must(store().finish(generated(a_report(user, kMonday - 9 * kOneDay), at(kMonday, 17))));
    world_->reopen();
    EXPECT_EQ(get(store().last_success()), at(kMonday, 17));
}

// The outbox

TEST_P(StoreContract, ACompletedReportOwesItsAssetUntilItIsSettled) {
    const User one = a_reader("user-1", 1);
    const User two = a_reader("user-2", 2);
    with(one, two);
    const FinishedReport first = a_report(one, kMonday);
    const FinishedReport second = a_report(two, kMonday);
    must(store().finish(second));
    must(store().finish(first));
    world_->reopen();
    EXPECT_EQ(get(store().count_owed_assets()), 2);
    const std::vector<StoredReport> owed = get(store().owed_assets("", 10));
    EXPECT_THAT(ids_of(owed), ElementsAre(first.report.report_id, second.report.report_id));
    expect_same(owed.at(0), first.report);
    EXPECT_THAT(ids_of(get(store().owed_assets("", 1))), ElementsAre(first.report.report_id));
    EXPECT_THAT(ids_of(get(store().owed_assets(first.report.report_id, 10))), ElementsAre(second.report.report_id));
    must(store().settle_asset(first.report.report_id, first.report.generated_at));
    EXPECT_THAT(ids_of(get(store().owed_assets("", 10))), ElementsAre(second.report.report_id));
    must(store().settle_asset(first.report.report_id, first.report.generated_at));
    must(store().settle_asset("no such report", at(kMonday, 6)));
    EXPECT_EQ(get(store().count_owed_assets()), 1);
}

TEST_P(StoreContract, AFailureOwesNoAsset) {
    const User user = a_reader("user-1", 7);
    with(user);
    must(store().finish(a_failure(user, kMonday)));
    EXPECT_EQ(get(store().count_owed_assets()), 0);
    must(store().finish(a_report(user, kMonday)));
    EXPECT_EQ(get(store().count_owed_assets()), 1);
    must(store().finish(a_failure(user, kMonday)));
    EXPECT_EQ(get(store().count_owed_assets()), 1) << "that of the completed one";
}

TEST_P(StoreContract, ANewerReportStaysOwedWhenAnOlderOneWasWrittenOut) {
    const User user = a_reader("user-1", 7);
    with(user);
    const FinishedReport older = generated(a_report(user, kMonday, "older"), at(kMonday, 6));
    const FinishedReport newer = generated(a_report(user, kMonday, "newer"), at(kMonday, 7));
    must(store().finish(older));
    must(store().finish(newer));
    must(store().settle_asset(older.report.report_id, older.report.generated_at));
    EXPECT_EQ(*get(store().owed_assets("", 10)).at(0).document, "newer");
    must(store().settle_asset(newer.report.report_id, newer.report.generated_at));
    EXPECT_EQ(get(store().count_owed_assets()), 0);
    must(store().finish(generated(a_report(user, kMonday, "newest"), at(kMonday, 8))));
    EXPECT_EQ(get(store().count_owed_assets()), 1) << "written anew, owed anew";
}

TEST_P(StoreContract, WhatFinishWritesIsThereAtOnceAndWhole) {
    const User user = a_reader("user-1", 7);
    with(user);
    get(store().claim(a_run("run-1", kMonday)));
    finish_in("run-1", a_report(user, kMonday));
    EXPECT_TRUE(get(store().latest("user-1")));
    EXPECT_EQ(get(store().count_owed_assets()), 1);
    EXPECT_EQ(get(store().snapshots(node_number(7), kMonday, kMonday + kOneDay)).size(), 1U);
    EXPECT_EQ(get(store().run("run-1"))->done, 1);
}

// Many at once

Task<void> finish_one(ports::Store& store, FinishedReport report, int& done) {
    const Result<void> finished = co_await store.finish(std::move(report));
    done += finished ? 1 : 0;
}

Task<void> read_one(ports::Store& store, std::string user_id, std::string document, int& wrong) {
    const Result<std::optional<StoredReport>> latest = co_await store.latest(std::move(user_id));
    const bool is_right = latest && (!*latest || *(*latest)->document == document);
    wrong += is_right ? 0 : 1;
}

TEST_P(StoreContract, TwoHundredReportsAtOnceAreAllKeptWhileOthersRead) {
    std::vector<User> users;
    for (int i = 0; i < 200; ++i) {
        users.push_back(a_reader("user-" + std::to_string(i), i + 1));
        with(users.back());
    }
    get(store().claim(a_run("run-1", kMonday)));
    int done = 0;
    int wrong = 0;
    for (const User& user : users) {
        FinishedReport report = a_report(user, kMonday, "of " + user.id + std::string(5000, '.'));
        report.run_id = "run-1";
        const std::string document = *report.report.document;
        boost::asio::co_spawn(runner_.context(), finish_one(store(), std::move(report), done), boost::asio::detached);
        boost::asio::co_spawn(runner_.context(), read_one(store(), user.id, document, wrong), boost::asio::detached);
    }
    // Among them one that must be refused, and harm none of its neighbours.
    int refused = 0;
    boost::asio::co_spawn(runner_.context(), finish_one(store(), a_report(a_reader("nobody", 999), kMonday), refused),
                          boost::asio::detached);
    runner_.run_all();
    EXPECT_EQ(done, 200);
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(refused, 0);
    EXPECT_EQ(get(store().generated_on(kMonday)).completed, 200);
    EXPECT_EQ(get(store().run("run-1"))->done, 200);
    for (const User& user : users) {
        ASSERT_EQ(get(store().latest(user.id))->user_id, user.id);
    }
}

} // namespace
} // namespace mcp::test
