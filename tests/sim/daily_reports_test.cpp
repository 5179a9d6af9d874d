#include "tests/sim/world.hpp"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>
#include <sqlite3.h>
#ifdef __SANITIZE_ADDRESS__
extern "C" std::size_t __sanitizer_get_current_allocated_bytes(); // g++ 12 ships the function without its header
#endif

namespace mcp::sim {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Day kFirst = std::chrono::floor<days>(kBegin);

void add_users(World& world, int count) {
    for (int i = 0; i < count; ++i) {
        world.add_user(fmt::format("user-{}", i), static_cast<std::uint32_t>(i));
    }
}

double completed(const World& world) {
    return world.metrics.of("daily_reports_generated_total{completed}");
}

TEST(DailyReports, ComeEveryDayAtSixForEveryUser) {
    World world(1);
    add_users(world, 10);
    world.start();
    world.time.run_until(Time(kFirst) + days{14} + hours{12});
    EXPECT_THAT(world.broken_promises(kFirst, kFirst + days{14}), IsEmpty());
    EXPECT_EQ(completed(world), 150);
    EXPECT_EQ(world.log.count("Daily report scheduler started - will run daily at 06:00 UTC"), 1);
    EXPECT_EQ(world.log.count("Starting scheduled daily reports generation"), 15);
    EXPECT_EQ(world.log.count("ERROR"), 0) << world.log.text();
    EXPECT_EQ(world.metrics.of("daily_reports_users_enabled_total"), 10);
    EXPECT_EQ(world.graphs.loads, 15) << "once a run, shared by all";
    world.stop_gently();
}

TEST(DailyReports, KeepNinetyDays) {
    World world(2);
    add_users(world, 1);
    world.start();
    world.time.run_until(Time(kFirst) + days{100} + hours{12});
    const auto page = world.time.run(world.store().history(
        {.user_id = "user-0", .after = kFirst - days{1}, .with_failures = true, .page = 1, .limit = 100}));
    ASSERT_TRUE(page);
    EXPECT_EQ(page->reports.back().report_date, kFirst + days{100} - ports::kKept + days{1});
    EXPECT_EQ(world.assets.files.begin()->first.second, page->reports.back().report_date);
    EXPECT_THAT(world.broken_promises(page->reports.back().report_date, kFirst + days{100}), IsEmpty());
}

TEST(DailyReports, AreOffWhenTheScheduleIs) {
    World world(3, {.schedule = {.enabled = false}});
    add_users(world, 2);
    world.start();
    world.time.run_for(days{3});
    EXPECT_EQ(world.log.count("Daily report scheduler is disabled"), 1);
    EXPECT_EQ(completed(world), 0);
    const auto triggered = world.time.run(world.runs().trigger(std::nullopt));
    ASSERT_TRUE(triggered);
    world.time.run_for(minutes{1});
    EXPECT_EQ(completed(world), 2) << "by hand they come all the same";
}

TEST(DailyReports, AreMadeUpOnceAfterANightThatTheProcessWasDown) {
    World world(4);
    add_users(world, 3);
    world.start();
    world.time.run_until(Time(kFirst) + hours{12});
    world.kill();
    world.time.run_until(Time(kFirst) + days{1} + hours{15});
    world.start();
    world.time.run_for(minutes{1});
    EXPECT_EQ(world.log.count("Making up the run that was due 9.0 h ago"), 1) << world.log.text();
    world.kill();
    world.start();
    world.time.run_for(minutes{1});
    EXPECT_EQ(world.log.count("Making up"), 1);
    EXPECT_THAT(world.broken_promises(kFirst, kFirst + days{1}), IsEmpty());
    EXPECT_EQ(completed(world), 6);
}

TEST(DailyReports, OfOneUserThatFailHarmNoOther) {
    World world(5);
    add_users(world, 5);
    world.add_user("elsewhere", 77); // a node that the graph does not know
    world.faults.broken_users = {"user-2"};
    world.start();
    world.time.run_until(Time(kFirst) + days{2} + hours{12});
    EXPECT_EQ(completed(world), 12);
    EXPECT_EQ(world.metrics.of("daily_reports_generated_total{failed}"), 3);
    EXPECT_EQ(world.metrics.of("daily_reports_errors_total{graph}"), 3) << "no retry helps a node that is not there";
    EXPECT_GT(world.log.count("ERROR"), 0);
    // THE CANARY: a report that was never made must not escape those who look.
    EXPECT_THAT(world.broken_promises(kFirst, kFirst + days{2}), testing::Contains("user-2: 0 reports of 2026-03-01"));
    world.faults.broken_users.clear();
    world.time.run_until(Time(kFirst) + days{3} + hours{5});
    const auto made_up = world.broken_promises(kFirst + days{2}, kFirst + days{2});
    EXPECT_THAT(made_up, IsEmpty()) << "what the store could not take stays owed for a day";
}

TEST(DailyReports, SucceedWhenTheStoreFailsNowAndThen) {
    World world(6);
    add_users(world, 10);
    world.faults.store_fails = 0.05;
    world.faults.store_slow = std::chrono::milliseconds{200};
    world.start();
    world.time.run_until(Time(kFirst) + days{14} + hours{20});
    world.faults.store_fails = 0;
    world.time.run_until(Time(kFirst) + days{16} + hours{20});
    EXPECT_THAT(world.broken_promises(kFirst, kFirst + days{16}), IsEmpty()) << world.log.text();
    EXPECT_GT(world.metrics.of("daily_reports_errors_total{store}"), 0) << "no fault was planted";
}

TEST(DailyReports, SurviveACalendarThatJumps) {
    World world(7);
    add_users(world, 3);
    world.start();
    world.time.run_until(Time(kFirst) + hours{5} + minutes{59});
    world.time.jump_calendar(hours{3});
    world.time.run_for(minutes{5});
    EXPECT_EQ(completed(world), 3);
    world.time.jump_calendar(-hours{4}); // 06:00 comes a second time
    world.time.run_for(hours{3});
    EXPECT_EQ(completed(world), 3) << "the day is claimed";
    world.time.jump_calendar(days{3});
    world.time.run_for(hours{1});
    const Day now = std::chrono::floor<days>(world.time.now());
    EXPECT_EQ(completed(world), 6) << "one run after a jump over days, of the day it is";
    EXPECT_THAT(world.broken_promises(now, now), IsEmpty());
}

TEST(DailyReports, WaitForAGraphThatComesLate) {
    World world(8);
    add_users(world, 2);
    const Time due = Time(kFirst) + hours{6};
    world.graphs.fault = [&](Day) -> std::optional<Error> {
        if (world.time.now() < due + minutes{3}) {
            return Error{.kind = ErrorKind::not_found, .what = {"system.no_such_file", {}}};
        }
        return std::nullopt;
    };
    world.start();
    world.time.run_until(due + minutes{10});
    EXPECT_EQ(completed(world), 2);
    EXPECT_EQ(world.log.count("ERROR"), 0) << world.log.text();
    EXPECT_EQ(world.log.count("WARNING"), 2);
}

TEST(DailyReports, LeaveAFailureWithItsReasonWhenThereIsNoGraph) {
    World world(9);
    add_users(world, 2);
    world.graphs.fault = [](Day) { return Error{.kind = ErrorKind::not_found, .what = {"system.no_such_file", {}}}; };
    world.start();
    world.time.run_until(Time(kFirst) + hours{12});
    EXPECT_EQ(world.metrics.of("daily_reports_generated_total{failed}"), 2);
    const auto page = world.time.run(world.store().history(
        {.user_id = "user-1", .after = kFirst - days{1}, .with_failures = true, .page = 1, .limit = 10}));
    ASSERT_TRUE(page);
    ASSERT_EQ(page->reports.size(), 1u);
    EXPECT_THAT(*page->reports[0].document, HasSubstr("\"generation_status\": \"failed\""));
    EXPECT_THAT(*page->reports[0].document, HasSubstr("no such file"));
    world.graphs.fault = nullptr; // the operator mends it and asks for the reports by hand
    ASSERT_TRUE(world.time.run(world.runs().trigger(std::nullopt)));
    world.time.run_for(minutes{1});
    EXPECT_EQ(completed(world), 2);
    EXPECT_THAT(world.broken_promises(kFirst, kFirst), IsEmpty());
}

TEST(DailyReports, OweAssetsUntilTheDiskTakesThem) {
    World world(10);
    add_users(world, 3);
    world.faults.assets_fail = world.assets.fails = true;
    world.start();
    world.time.run_until(Time(kFirst) + hours{7});
    EXPECT_EQ(completed(world), 3) << "the reports themselves are whole";
    EXPECT_EQ(world.metrics.of("mcp_rag_assets_owed"), 3);
    world.faults.assets_fail = world.assets.fails = false;
    world.time.run_for(hours{2});
    EXPECT_THAT(world.broken_promises(kFirst, kFirst), IsEmpty());
    EXPECT_EQ(world.metrics.of("mcp_rag_assets_owed"), 0);
}

TEST(DailyReports, TriggeredForAllAgainAndAgainAreOneRun) {
    World world(14);
    add_users(world, 3);
    world.faults.store_slow = std::chrono::milliseconds{50};
    world.start();
    std::vector<std::string> ids;
    const auto trigger = [](World& there, std::vector<std::string>& given) -> Task<void> {
        const Result<flow::TriggeredRun> run = co_await there.runs().trigger(std::nullopt);
        given.push_back(run ? run->task_id : "refused");
    };
    for (int i = 0; i < 5; ++i) { // at one moment, while it is claimed; then while its graph is loaded and reports made
        world.time.start(trigger(world, ids));
        world.time.start(trigger(world, ids));
        world.time.run_for(std::chrono::milliseconds{40});
    }
    world.time.run_for(minutes{1});
    EXPECT_EQ(ids.size(), 10u);
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 1u);
    EXPECT_EQ(completed(world), 3);
    world.time.start(trigger(world, ids));
    world.time.run_for(minutes{1});
    EXPECT_NE(ids.back(), ids.front()) << "that one has ended";
    EXPECT_EQ(completed(world), 6);
}

TEST(DailyReports, TriggeredForNobodyWhoCanGetOneIsARunThatEndsAtOnce) {
    World world(15);
    add_users(world, 1);
    world.start();
    const std::vector<std::string> strangers = {"stranger", "stranger", "nobody"};
    const auto triggered = world.time.run(world.runs().trigger(strangers));
    ASSERT_TRUE(triggered);
    EXPECT_THAT(triggered->user_ids, IsEmpty());
    EXPECT_THAT(triggered->skipped, testing::ElementsAre("stranger", "nobody"));
    world.time.run_for(minutes{1});
    const auto progress = world.time.run(world.runs().progress(triggered->task_id));
    ASSERT_TRUE(progress && *progress);
    EXPECT_EQ((*progress)->run.state, ports::RunState::ended);
    EXPECT_EQ((*progress)->total, 0);
    EXPECT_EQ(completed(world), 0);
}

TEST(DailyReports, EndWithinTheirDeadline) {
    World world(11, {.job = {.retries_max = 10, .time_max = seconds{30}}});
    add_users(world, 1);
    world.faults.store_fails = 1;
    world.start();
    world.time.run_until(Time(kFirst) + hours{6});
    world.faults.store_fails = 0; // the claim goes through
    world.time.run_for(seconds{0});
    world.time.run_for(hours{1});
    EXPECT_EQ(completed(world), 1);
}

/// Killed at any moment and started again: all is made that was owed, nothing twice.
class KilledAt : public testing::TestWithParam<int> {};

TEST_P(KilledAt, AnyMomentOfARunLosesNothing) {
    World world(100 + static_cast<std::uint64_t>(GetParam()));
    add_users(world, 10);
    world.faults.store_slow = std::chrono::milliseconds{100}; // so that a run takes time
    world.start();
    world.time.run_until(Time(kFirst) + hours{6});
    world.time.run_for(std::chrono::milliseconds{70 * GetParam()});
    world.kill();
    world.time.run_for(seconds{5});
    world.start();
    world.time.run_for(minutes{30});
    EXPECT_THAT(world.broken_promises(kFirst, kFirst), IsEmpty()) << world.log.text();
    EXPECT_EQ(world.log.count("ERROR"), 0) << world.log.text();
}

INSTANTIATE_TEST_SUITE_P(Moments, KilledAt, testing::Range(0, 24));

TEST(DailyReports, StopGentlyInTheMiddleAndGoOnLater) {
    World world(12, {.run = {.max_concurrent = 2}});
    add_users(world, 10);
    world.faults.store_slow = std::chrono::milliseconds{400};
    world.start();
    world.time.run_until(Time(kFirst) + hours{6} + seconds{3});
    world.stop_gently();
    const double before = completed(world);
    EXPECT_GT(before, 0);
    EXPECT_LT(before, 10);
    world.start();
    world.time.run_for(minutes{30});
    EXPECT_EQ(completed(world), 10) << "each once";
    EXPECT_THAT(world.broken_promises(kFirst, kFirst), IsEmpty());
}

TEST(DailyReports, AreTheSameForTheSameSeed) {
    const auto story = [](std::uint64_t seed) {
        World world(seed);
        add_users(world, 5);
        world.faults.store_fails = 0.1;
        world.start();
        world.time.run_for(days{3});
        return world.log.text();
    };
    EXPECT_EQ(story(42), story(42));
    EXPECT_NE(story(42), story(43));
}

/// What the process holds just now, but for what allocators keep for themselves, and for SQLite's page cache, which
/// fills up to its own bound as the file grows.
std::size_t allocated_bytes() {
#ifdef __SANITIZE_ADDRESS__
    const std::size_t all = __sanitizer_get_current_allocated_bytes();
#else
    const std::size_t all = mallinfo2().uordblks;
#endif
    return all - static_cast<std::size_t>(sqlite3_memory_used());
}

std::ptrdiff_t open_descriptors() {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
}

TEST(DailyReports, LeakNeitherMemoryNorDescriptorsInAMonth) {
    World world(13);
    add_users(world, 10);
    world.start();
    world.time.run_until(Time(kFirst) + days{40} + hours{12}); // until caches and statements are full
    world.log.clear();
    world.assets.files.clear();
    const std::size_t before = allocated_bytes();
    const std::ptrdiff_t descriptors = open_descriptors();
    world.time.run_until(Time(kFirst) + days{70} + hours{12});
    EXPECT_EQ(completed(world), 710);
    world.log.clear();
    world.assets.files.clear();
    EXPECT_LT(allocated_bytes(), before + 300'000) << "300 reports of 30 kB and more went through";
    EXPECT_EQ(open_descriptors(), descriptors);
}

} // namespace
} // namespace mcp::sim
