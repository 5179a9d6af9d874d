#include "tests/contract/store_contract.hpp"

#include <boost/asio/detached.hpp>
#include <gmock/gmock.h>

namespace mcp::test {
namespace {

using domain::User;
using ports::Claim;
using ports::RunKind;
using ports::RunState;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> ids_of(const std::vector<ports::Run>& runs) {
    std::vector<std::string> ids;
    ids.reserve(runs.size());
    for (const ports::Run& run : runs) {
        ids.push_back(run.id);
    }
    return ids;
}

ports::Run started(ports::Run run, Time when) {
    run.started_at = when;
    return run;
}

TEST_P(StoreContract, AClaimedRunComesBackAsItWas) {
    EXPECT_EQ(get(store().claim(a_run("run-1", kMonday))), Claim::ours);
    EXPECT_EQ(get(store().claim(a_triggered_run("run-2", {"user-2", "user-1"}))), Claim::ours);
    world_->reopen();
    const std::optional<ports::Run> scheduled = get(store().run("run-1"));
    ASSERT_TRUE(scheduled);
    EXPECT_EQ(scheduled->id, "run-1");
    EXPECT_EQ(scheduled->kind, RunKind::scheduled);
    EXPECT_EQ(scheduled->day, kMonday);
    EXPECT_TRUE(scheduled->for_all);
    EXPECT_THAT(scheduled->user_ids, IsEmpty());
    EXPECT_EQ(scheduled->state, RunState::going_on);
    EXPECT_EQ(scheduled->started_at, at(kMonday, 6));
    EXPECT_EQ(scheduled->ended_at, std::nullopt);
    EXPECT_EQ(scheduled->done, 0);
    EXPECT_EQ(scheduled->failed, 0);
    EXPECT_EQ(scheduled->failure, "");
    const std::optional<ports::Run> triggered = get(store().run("run-2"));
    ASSERT_TRUE(triggered);
    EXPECT_EQ(triggered->kind, RunKind::triggered);
    EXPECT_FALSE(triggered->for_all);
    EXPECT_THAT(triggered->user_ids, ElementsAre("user-2", "user-1"));
    EXPECT_FALSE(get(store().run("run-3")));
}

TEST_P(StoreContract, OfTwoScheduledRunsOfOneDayOneWins) {
    EXPECT_EQ(get(store().claim(a_run("run-1", kMonday))), Claim::ours);
    EXPECT_EQ(get(store().claim(a_run("run-2", kMonday))), Claim::day_taken);
    EXPECT_EQ(get(store().claim(a_run("run-1", kMonday))), Claim::day_taken) << "itself again";
    EXPECT_FALSE(get(store().run("run-2")));
    EXPECT_EQ(get(store().claim(a_run("run-2", kMonday + kOneDay))), Claim::ours);
    must(store().end_run("run-1", RunState::ended, at(kMonday, 7), ""));
    EXPECT_EQ(get(store().claim(a_run("run-3", kMonday))), Claim::day_taken) << "also when it has ended";
}

TEST_P(StoreContract, ATriggeredRunNeedsOnlyAFreeId) {
    EXPECT_EQ(get(store().claim(a_run("run-1", kMonday))), Claim::ours);
    EXPECT_EQ(get(store().claim(a_triggered_run("run-1", {}))), Claim::id_taken);
    EXPECT_EQ(get(store().claim(a_triggered_run("run-2", {}))), Claim::ours);
    EXPECT_EQ(get(store().claim(a_triggered_run("run-3", {}))), Claim::ours) << "as many a day as are wanted";
    EXPECT_EQ(get(store().claim(a_run("run-3", kMonday + kOneDay))), Claim::id_taken);
    EXPECT_EQ(get(store().run("run-1"))->kind, RunKind::scheduled);
}

Task<void> claim_one(ports::Store& store, ports::Run run, int& ours, int& taken) {
    const Result<Claim> claim = co_await store.claim(std::move(run));
    ours += claim && *claim == Claim::ours ? 1 : 0;
    taken += claim && *claim == Claim::day_taken ? 1 : 0;
}

TEST_P(StoreContract, OfManyClaimsAtOnceOneWins) {
    int ours = 0;
    int taken = 0;
    for (int i = 0; i < 20; ++i) {
        ports::Run run = a_run("run-" + std::to_string(i), kMonday);
        boost::asio::co_spawn(runner_.context(), claim_one(store(), std::move(run), ours, taken),
                              boost::asio::detached);
    }
    runner_.run_all();
    EXPECT_EQ(ours, 1);
    EXPECT_EQ(taken, 19);
}

TEST_P(StoreContract, ARunEndsWithItsStateAndReason) {
    get(store().claim(a_run("run-1", kMonday)));
    must(store().end_run("run-1", RunState::given_up, at(kMonday, 9), "no graph"));
    const std::optional<ports::Run> run = get(store().run("run-1"));
    EXPECT_EQ(run->state, RunState::given_up);
    EXPECT_EQ(run->ended_at, at(kMonday, 9));
    EXPECT_EQ(run->failure, "no graph");
    const std::optional<Error> error = error_of(store().end_run("run-2", RunState::ended, at(kMonday, 9), ""));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::not_found);
}

TEST_P(StoreContract, RunsThatNobodyEndedAreListedOldestFirst) {
    EXPECT_THAT(get(store().runs_going_on()), IsEmpty());
    get(store().claim(started(a_run("run-b", kMonday), at(kMonday, 8))));
    get(store().claim(started(a_triggered_run("run-a", {"user-1"}), at(kMonday, 7))));
    get(store().claim(started(a_triggered_run("run-c", {}), at(kMonday, 9))));
    get(store().claim(started(a_triggered_run("run-d", {}), at(kMonday, 5))));
    must(store().end_run("run-d", RunState::ended, at(kMonday, 6), ""));
    world_->reopen();
    const std::vector<ports::Run> left = get(store().runs_going_on());
    EXPECT_THAT(ids_of(left), ElementsAre("run-a", "run-b", "run-c"));
    EXPECT_THAT(left.at(0).user_ids, ElementsAre("user-1"));
    must(store().end_run("run-a", RunState::given_up, at(kMonday, 10), "late"));
    EXPECT_THAT(ids_of(get(store().runs_going_on())), ElementsAre("run-b", "run-c"));
}

TEST_P(StoreContract, TheLastScheduledRunIsToldWhateverItsState) {
    EXPECT_FALSE(get(store().last_scheduled_run()));
    get(store().claim(a_run("run-1", kMonday)));
    get(store().claim(a_run("run-2", kMonday - kOneDay)));
    get(store().claim(started(a_triggered_run("run-3", {}), at(kMonday, 23))));
    EXPECT_EQ(get(store().last_scheduled_run())->id, "run-1");
    must(store().end_run("run-1", RunState::given_up, at(kMonday, 9), "no graph"));
    EXPECT_EQ(get(store().last_scheduled_run())->state, RunState::given_up);
}

// Who is owed a report

TEST_P(StoreContract, ARunForAllOwesThoseWhoAreEnabledNow) {
    User disabled = a_reader("user-3", 3);
    disabled.daily_report = false;
    with(a_reader("user-2", 2), a_reader("user-1", 1), disabled);
    get(store().claim(a_run("run-1", kMonday)));
    EXPECT_THAT(owed_ids("run-1"), ElementsAre("user-1", "user-2"));
    EXPECT_EQ(get(store().owed_users("run-1", "", 100)).at(0), a_reader("user-1", 1)) << "whole profiles";
    must(store().set_daily_report("user-3", true, at(kMonday, 7)));
    must(store().set_daily_report("user-1", false, at(kMonday, 7)));
    with(a_reader("user-0", 9));
    EXPECT_THAT(owed_ids("run-1"), ElementsAre("user-0", "user-2", "user-3"));
    EXPECT_EQ(get(store().count_owed_users("run-1")), 3);
    EXPECT_TRUE(get(store().remove_user("user-2")));
    EXPECT_THAT(owed_ids("run-1"), ElementsAre("user-0", "user-3"));
    EXPECT_EQ(get(store().count_owed_users("run-1")), 2);
}

TEST_P(StoreContract, ARunForNamedUsersOwesThemAndNobodyElse) {
    User disabled = a_reader("user-2", 2);
    disabled.daily_report = false;
    with(a_reader("user-1", 1), disabled, a_reader("user-3", 3), a_reader("user-4", 4));
    get(store().claim(a_triggered_run("run-1", {"user-3", "user-2", "user-1", "unknown"})));
    EXPECT_THAT(owed_ids("run-1"), ElementsAre("user-1", "user-2", "user-3")) << "enabled or not";
    EXPECT_EQ(get(store().count_owed_users("run-1")), 3);
    EXPECT_TRUE(get(store().remove_user("user-1")));
    EXPECT_THAT(owed_ids("run-1"), ElementsAre("user-2", "user-3"));
}

TEST_P(StoreContract, WhoHadTheirEndInTheRunIsNotOwedAnyMore) {
    const User one = a_reader("user-1", 1);
    const User two = a_reader("user-2", 2);
    const User three = a_reader("user-3", 3);
    with(one, two, three);
    get(store().claim(a_run("run-1", kMonday)));
    get(store().claim(a_triggered_run("run-2", {"user-1", "user-2"})));
    finish_in("run-1", a_report(two, kMonday));
    EXPECT_THAT(owed_ids("run-1"), ElementsAre("user-1", "user-3"));
    EXPECT_THAT(owed_ids("run-2"), ElementsAre("user-1", "user-2")) << "another run";
    finish_in("run-1", a_failure(three, kMonday));
    world_->reopen();
    EXPECT_THAT(owed_ids("run-1"), ElementsAre("user-1"));
    finish_in("run-2", a_failure(one, kMonday));
    EXPECT_THAT(owed_ids("run-2"), ElementsAre("user-2"));
    const std::optional<ports::Run> run = get(store().run("run-1"));
    EXPECT_EQ(run->done, 1);
    EXPECT_EQ(run->failed, 1);
    finish_in("run-1", a_report(one, kMonday));
    EXPECT_EQ(get(store().count_owed_users("run-1")), 0);
}

TEST_P(StoreContract, OwedUsersComeInBatches) {
    std::vector<std::string> expected;
    for (int i = 10; i < 60; ++i) {
        const User user = a_reader("user-" + std::to_string(i), i);
        with(user);
        expected.push_back(user.id);
    }
    get(store().claim(a_run("run-1", kMonday)));
    std::vector<std::string> seen;
    while (true) {
        const std::vector<std::string> batch = owed_ids("run-1", seen.empty() ? "" : seen.back(), 7);
        seen.insert(seen.end(), batch.begin(), batch.end());
        for (const std::string& id : batch) {
            finish_in("run-1", a_report(*get(store().user(id)), kMonday)); // what was taken ends meanwhile
        }
        if (batch.size() < 7) {
            break;
        }
    }
    EXPECT_EQ(seen, expected);
}

TEST_P(StoreContract, AnUnknownRunOwesNobody) {
    with(a_reader("user-1", 1));
    EXPECT_THAT(owed_ids("run-1"), IsEmpty());
    EXPECT_EQ(get(store().count_owed_users("run-1")), 0);
    must(store().finish(a_report(a_reader("user-1", 1), kMonday))); // in a run that is not there
    EXPECT_TRUE(get(store().latest("user-1")));
}

TEST_P(StoreContract, OfTwoEndsOfOneJobASuccessCounts) {
    const User user = a_reader("user-1", 1);
    with(user);
    get(store().claim(a_run("run-1", kMonday)));
    finish_in("run-1", a_failure(user, kMonday));
    finish_in("run-1", a_report(user, kMonday));
    finish_in("run-1", a_failure(user, kMonday));
    const std::optional<ports::Run> run = get(store().run("run-1"));
    EXPECT_EQ(run->done, 1);
    EXPECT_EQ(run->failed, 0);
}

} // namespace
} // namespace mcp::test
