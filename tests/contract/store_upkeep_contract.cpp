#include "tests/contract/store_contract.hpp"

#include <gmock/gmock.h>

namespace mcp::test {
namespace {

using domain::User;
using ports::Snapshot;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr std::chrono::seconds kSecond{1};

// Snapshots

std::vector<Day> days_of(const std::vector<Snapshot>& snapshots) {
    std::vector<Day> days;
    days.reserve(snapshots.size());
    for (const Snapshot& snapshot : snapshots) {
        days.push_back(snapshot.day);
    }
    return days;
}

TEST_P(StoreContract, SnapshotsComeFromARangeOfDaysOldestFirst) {
    const User one = a_reader("user-1", 1);
    const User two = a_reader("user-2", 2);
    with(one, two);
    for (const int back : {1, 3, 0, 2}) {
        must(store().finish(a_report(one, kMonday - back * kOneDay)));
    }
    must(store().finish(a_report(two, kMonday - kOneDay)));
    const auto found = get(store().snapshots(node_number(1), kMonday - 2 * kOneDay, kMonday));
    EXPECT_THAT(days_of(found), ElementsAre(kMonday - 2 * kOneDay, kMonday - kOneDay));
    EXPECT_EQ(found.at(0).node, node_number(1));
    EXPECT_EQ(found.at(0).facts, "{\"capacity\": 1}");
    EXPECT_THAT(get(store().snapshots(node_number(1), kMonday, kMonday)), IsEmpty());
    EXPECT_THAT(get(store().snapshots(node_number(3), kMonday - 9 * kOneDay, kMonday)), IsEmpty());
}

TEST_P(StoreContract, ASnapshotOfTheSameDayIsReplaced) {
    const User user = a_reader("user-1", 1);
    with(user);
    must(store().finish(a_report(user, kMonday)));
    ports::FinishedReport again = a_report(user, kMonday);
    again.snapshot->facts = "newer";
    must(store().finish(again));
    const auto found = get(store().snapshots(node_number(1), kMonday, kMonday + kOneDay));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.at(0).facts, "newer");
}

TEST_P(StoreContract, AReportWithoutASnapshotLeavesTheKeptOneAlone) {
    const User user = a_reader("user-1", 1);
    with(user);
    must(store().finish(a_report(user, kMonday)));
    must(store().finish(a_failure(user, kMonday)));
    EXPECT_EQ(get(store().snapshots(node_number(1), kMonday, kMonday + kOneDay)).size(), 1U);
}

// Openings

TEST_P(StoreContract, OpeningsAreKeptOneForEachNode) {
    EXPECT_FALSE(get(store().openings(node_number(1))));
    must(store().keep_openings({node_number(1), "digest", kMonday, "advice"}));
    must(store().keep_openings({node_number(2), "other", kMonday, "other"}));
    must(store().keep_openings({node_number(1), "digest 2", kMonday + kOneDay, "advice 2"}));
    world_->reopen();
    const auto kept = get(store().openings(node_number(1)));
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->node, node_number(1));
    EXPECT_EQ(kept->channels, "digest 2");
    EXPECT_EQ(kept->computed_on, kMonday + kOneDay);
    EXPECT_EQ(kept->advice, "advice 2");
}

// Feedback

TEST_P(StoreContract, LaterFeedbackOfAUserOnAReportReplacesTheEarlier) {
    with(a_user("user-1"), a_user("user-2"));
    must(store().put_feedback({"report-1", "user-1", 3, "meh", at(kMonday, 7)}));
    must(store().put_feedback({"report-1", "user-2", 5, "", at(kMonday, 7)}));
    must(store().put_feedback({"report-2", "user-1", 0, "", at(kMonday, 7)}));
    must(store().put_feedback({"report-1", "user-1", 10, "⚡", at(kMonday, 8)}));
    EXPECT_THAT(get(store().feedback_scores(at(kMonday, 0))), UnorderedElementsAre(0, 5, 10));
}

TEST_P(StoreContract, FeedbackIsCountedFromAMomentOn) {
    with(a_user("user-1"));
    must(store().put_feedback({"report-1", "user-1", 3, "", at(kMonday, 7)}));
    must(store().put_feedback({"report-2", "user-1", 8, "", at(kMonday, 8)}));
    EXPECT_THAT(get(store().feedback_scores(at(kMonday, 8))), ElementsAre(8));
    EXPECT_THAT(get(store().feedback_scores(at(kMonday, 8) + kSecond)), IsEmpty());
}

TEST_P(StoreContract, FeedbackOfAUserWhoIsGoneIsNotFound) {
    const std::optional<Error> error = error_of(store().put_feedback({"report-1", "nobody", 3, "", at(kMonday, 7)}));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::not_found);
    EXPECT_THAT(get(store().feedback_scores(at(kMonday, 0))), IsEmpty());
}

// What grows old

TEST_P(StoreContract, ReportsGoByTheirDateAfterNinetyDays) {
    const User user = a_reader("user-1", 1);
    with(user);
    for (int back = 0; back < 3; ++back) {
        ports::FinishedReport report = a_report(user, kMonday - back * kOneDay);
        report.report.generated_at = at(kMonday, 12); // late: it does not matter
        report.snapshot.reset();
        must(store().finish(report));
    }
    EXPECT_EQ(get(store().sweep(Time(kMonday - kOneDay + ports::kKept))).reports, 1) << "what is exactly so old stays";
    EXPECT_EQ(get(store().count_reports("user-1")).completed, 2);
    EXPECT_EQ(get(store().sweep(Time(kMonday - kOneDay + ports::kKept) + kSecond)).reports, 1);
    EXPECT_EQ(get(store().latest("user-1"))->report_date, kMonday);
    EXPECT_EQ(get(store().sweep(Time(kMonday + ports::kKept))).reports, 0);
    EXPECT_EQ(get(store().sweep(Time(kMonday + ports::kKept) + kSecond)).reports, 1);
    EXPECT_EQ(get(store().latest("user-1")), std::nullopt);
    EXPECT_EQ(get(store().count_owed_assets()), 0);
    EXPECT_EQ(get(store().user("user-1")), user) << "users stay";
}

TEST_P(StoreContract, AllElseGoesNinetyDaysAfterItWasWritten) {
    const User user = a_reader("user-1", 1);
    with(user);
    get(store().claim(a_run("run-1", kMonday)));
    get(store().claim(a_triggered_run("run-2", {"user-1"})));
    ports::FinishedReport report = a_report(user, kMonday);
    report.snapshot->day = kMonday + 5 * kOneDay; // of whatever day
    finish_in("run-1", report);
    must(store().put_feedback({"report-1", "user-1", 3, "", at(kMonday, 6)}));
    must(store().keep_openings({node_number(1), "digest", kMonday, "advice"}));
    const Time written = at(kMonday, 6);

    get(store().sweep(written + ports::kKept));
    EXPECT_FALSE(get(store().openings(node_number(1)))) << "they are kept by their day";
    EXPECT_EQ(get(store().feedback_scores(written)).size(), 1U);
    EXPECT_EQ(get(store().snapshots(node_number(1), kMonday, kMonday + 9 * kOneDay)).size(), 1U);
    EXPECT_EQ(get(store().run("run-1"))->done, 1);

    EXPECT_GE(get(store().sweep(written + ports::kKept + kSecond)).others, 3);
    EXPECT_THAT(get(store().feedback_scores(written)), IsEmpty());
    EXPECT_THAT(get(store().snapshots(node_number(1), kMonday, kMonday + 9 * kOneDay)), IsEmpty());
    EXPECT_FALSE(get(store().run("run-1")));
    EXPECT_TRUE(get(store().run("run-2"))) << "started at noon";
    get(store().sweep(at(kMonday, 12) + ports::kKept + kSecond));
    EXPECT_FALSE(get(store().run("run-2")));
    const ports::SweepCounts nothing = get(store().sweep(at(kMonday, 12) + ports::kKept + kSecond));
    EXPECT_EQ(nothing.reports + nothing.others, 0);
}

TEST_P(StoreContract, ManyOldThingsGoInOneSweep) {
    const User user = a_reader("user-1", 1);
    with(user);
    for (int back = 0; back < 700; ++back) {
        ports::FinishedReport report = a_report(user, kMonday - back * kOneDay, std::string(2000, 'd'));
        must(store().finish(std::move(report)));
    }
    const ports::SweepCounts removed = get(store().sweep(at(kMonday, 6)));
    EXPECT_EQ(removed.reports, 610);
    EXPECT_EQ(get(store().count_reports("user-1")).completed, 90) << "today and eighty-nine days before";
}

TEST_P(StoreContract, AStoreThatWorksAnswersAPing) {
    must(store().ping());
}

} // namespace
} // namespace mcp::test
