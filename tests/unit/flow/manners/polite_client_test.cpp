#include "flow/crew.hpp"
#include "flow/tell.hpp"
#include "tests/support/shaky_store.hpp"
#include "tests/unit/flow/manners/manners_world.hpp"

#include <deque>
#include <gtest/gtest.h>

namespace mcp::flow {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using Span = Timer::Span;
using Reply = TimedSource::Reply;
using Replies = std::deque<Reply>;

constexpr double kShareOfBound = 0.97;

/// One reply after the other, then what goes well.
TimedSource::Behaviour in_order(Replies replies) {
    auto left = std::make_shared<Replies>(std::move(replies));
    return [left](const ports::HttpRequest&) {
        if (left->empty()) {
            return Reply{};
        }
        Reply reply = left->front();
        left->pop_front();
        return reply;
    };
}

TimedSource::Behaviour always(Reply reply) {
    return [reply = std::move(reply)](const ports::HttpRequest&) { return reply; };
}

std::vector<std::shared_ptr<Outcome>> start_many(MannersWorld& world, int many, Span time_max) {
    std::vector<std::shared_ptr<Outcome>> outcomes;
    for (int i = 0; i < many; ++i) {
        outcomes.push_back(world.start(MannersWorld::about(std::to_string(i), time_max)));
    }
    return outcomes;
}

bool have_all_ended(const std::vector<std::shared_ptr<Outcome>>& outcomes) {
    return std::all_of(outcomes.begin(), outcomes.end(), [](const auto& one) { return one->answer.has_value(); });
}

std::ptrdiff_t count_status(const std::vector<std::shared_ptr<Outcome>>& outcomes, int status) {
    return std::count_if(outcomes.begin(), outcomes.end(), [&](const auto& one) { return one->status() == status; });
}

// Spacing

TEST(PoliteClient, Keeps97PercentOfTheBoundWith500AtOnceAndAStoreThatTakesItsTime) {
    MannersWorld world;
    test::ShakyStore slow(world.store, [&](std::string_view, std::string) -> Task<std::optional<Error>> {
        constexpr milliseconds kTakes{20};
        co_await world.time.timer().wait(kTakes);
        co_return std::nullopt;
    });
    world.store_used = &slow;
    world.make();
    const Span before = world.time.passed();
    const auto outcomes = start_many(world, 500, minutes{20});
    world.time.run_until_true([&] { return have_all_ended(outcomes); });
    EXPECT_EQ(count_status(outcomes, 200), 500);
    EXPECT_GE(world.source.closest(), seconds{1});
    const double bound = 499 + 0.2;
    EXPECT_LE(seconds_of(world.time.passed() - before), bound / kShareOfBound);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        EXPECT_EQ(world.source.requests.at(i).url, MannersWorld::about(std::to_string(i)).url) << "in their order";
    }
}

TEST(PoliteClient, KeepsItTooWhenOneAsksFor500OneAfterTheOther) {
    MannersWorld world;
    const Span before = world.time.passed();
    for (int i = 0; i < 500; ++i) {
        ASSERT_EQ(world.ask(std::to_string(i)).status(), 200);
    }
    EXPECT_GE(world.source.closest(), seconds{1});
    EXPECT_LE(seconds_of(world.time.passed() - before), (499 + 0.2) / kShareOfBound);
    EXPECT_LE(world.store.calls, 150) << "not each request is written down";
}

TEST(PoliteClient, TellsAtOnceWhomItCannotServeInTimeAndUsesNothingUp) {
    MannersWorld world;
    const auto outcomes = start_many(world, 100, seconds{10});
    world.time.run_ready();
    const auto told = std::count_if(outcomes.begin(), outcomes.end(),
                                    [](const auto& one) { return one->is_error(ErrorKind::rate_limited); });
    EXPECT_EQ(told, 91) << "the ninth begins in second 8, with two seconds left";
    EXPECT_EQ(outcomes.back()->answer->error().what.key, "manners.too_late");
    world.time.run_until_true([&] { return have_all_ended(outcomes); });
    EXPECT_EQ(count_status(outcomes, 200), 9);
    EXPECT_EQ(world.source.starts.size(), 9U);
    EXPECT_EQ(world.metrics.of("mcp_source_held_back_total{mempool,turn}"), 91);
    EXPECT_EQ(world.metrics.of("mcp_source_requests_total{mempool,answered}"), 9);
    EXPECT_EQ(world.metrics.of("mcp_source_request_duration_seconds{mempool}"), 9);
}

// Pauses

TEST(PoliteClient, LeavesASourceAloneForAsLongAsItAsks) {
    MannersWorld world;
    world.source.behaviour = in_order({with_status(429, {{"retry-after", "120"}})});
    const Outcome refused = world.ask("a");
    EXPECT_EQ(refused.status(), 429) << "its own word tells more than ours";
    EXPECT_LT(refused.at, seconds{6}) << "no time is spent on waiting in vain";
    EXPECT_TRUE(world.ask("b").is_error(ErrorKind::rate_limited));
    EXPECT_EQ(world.ask(MannersWorld::about("c", minutes{5})).status(), 200);
    ASSERT_EQ(world.source.starts.size(), 2U);
    EXPECT_GE(world.source.starts[1] - world.source.starts[0], seconds{120});
    EXPECT_LE(world.source.starts[1] - world.source.starts[0], seconds{122});
    EXPECT_EQ(world.log.count("mempool asks to be left alone for 120 s"), 1);
}

TEST(PoliteClient, TakesADateTooAndOfAServiceThatIsUnavailable) {
    MannersWorld world;
    world.source.behaviour = in_order({with_status(
        503, {{"date", "Mon, 14 Sep 2026 09:00:00 GMT"}, {"retry-after", "Mon, 14 Sep 2026 09:01:00 GMT"}})});
    EXPECT_EQ(world.ask(MannersWorld::about("a", minutes{5})).status(), 200);
    EXPECT_GE(world.source.starts.at(1) - world.source.starts.at(0), seconds{60});
}

TEST(PoliteClient, IsNotKeptAwayForEverByWhatASourceAsksFor) {
    MannersWorld world;
    world.source.behaviour =
        in_order({with_status(429, {{"retry-after", "9999999999"}}), with_status(429, {{"retry-after", "-1"}}),
                  with_status(500, {{"retry-after", "3000"}})});
    world.ask("a");
    EXPECT_EQ(world.ask(MannersWorld::about("b", hours{2})).status(), 200);
    ASSERT_EQ(world.source.starts.size(), 4U);
    EXPECT_GE(world.source.starts[1] - world.source.starts[0], hours{1});
    EXPECT_LE(world.source.starts[1] - world.source.starts[0], hours{1} + seconds{1});
    EXPECT_LE(world.source.starts[3] - world.source.starts[1], seconds{30});
}

TEST(PoliteClient, SlowsDownByItselfWhenASourceOnlySaysThatItIsTooMuch) {
    MannersWorld world;
    world.source.behaviour = always(with_status(429));
    EXPECT_EQ(world.ask(MannersWorld::about("a", minutes{5})).status(), 429);
    ASSERT_EQ(world.source.starts.size(), 3U);
    EXPECT_GE(world.source.starts[1] - world.source.starts[0], seconds{2});
    EXPECT_GE(world.source.starts[2] - world.source.starts[1], seconds{4});
    EXPECT_EQ(world.metrics.of("mcp_source_requests_total{mempool,slow_down}"), 3);
}

// Tries

TEST(PoliteClient, TriesAgainWhatMayPassAndNothingElse) {
    const auto tries_of = [](const Reply& first) {
        MannersWorld world;
        world.source.behaviour = in_order({first});
        world.ask("a");
        return world.source.starts.size();
    };
    EXPECT_EQ(tries_of(with_status(429)), 2U);
    EXPECT_EQ(tries_of(with_status(500)), 2U);
    EXPECT_EQ(tries_of(with_status(503)), 2U);
    EXPECT_EQ(tries_of(with_error(ErrorKind::unavailable)), 2U);
    EXPECT_EQ(tries_of({.answer = ports::HttpResponse{.status = 200}, .after = minutes{1}}), 2U) << "a timeout";
    EXPECT_EQ(tries_of(with_status(200)), 1U);
    EXPECT_EQ(tries_of(with_status(301)), 1U);
    EXPECT_EQ(tries_of(with_status(404)), 1U);
    EXPECT_EQ(tries_of(with_status(400)), 1U);
    EXPECT_EQ(tries_of(with_error(ErrorKind::bad_upstream)), 1U);
    EXPECT_EQ(tries_of(with_error(ErrorKind::cancelled)), 1U);
    EXPECT_EQ(tries_of(with_error(ErrorKind::invalid_input)), 1U);
}

TEST(PoliteClient, TakesForAnAnswerWhatTheCallerDoes) {
    MannersWorld world;
    world.source.behaviour = always(with_status(500));
    for (int i = 0; i < 20; ++i) {
        ports::HttpRequest request = MannersWorld::about(std::to_string(i));
        request.is_answer = [](const ports::HttpResponse& response) { return response.body == "said"; };
        EXPECT_EQ(world.ask(request).status(), 500);
    }
    EXPECT_EQ(world.source.starts.size(), 20U);
    EXPECT_EQ(world.metrics.of("mcp_source_requests_total{mempool,answered}"), 20);
    EXPECT_EQ(world.metrics.of("mcp_source_breaker_open{mempool}"), 0);
}

TEST(PoliteClient, EndsByTheDeadlineWhateverTheSourceDoes) {
    for (const Reply& reply :
         {with_status(500), with_status(429), with_status(429, {{"retry-after", "7"}}),
          Reply{.answer = ports::HttpResponse{.status = 200}, .after = hours{1}}, with_error(ErrorKind::timeout)}) {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            MannersWorld world(seed);
            world.source.behaviour = always(reply);
            const auto outcomes = start_many(world, 8, seconds{30});
            world.time.run_until_true([&] { return have_all_ended(outcomes); });
            for (const auto& outcome : outcomes) {
                EXPECT_LE(outcome->at, seconds{30});
            }
        }
    }
}

TEST(PoliteClient, TriesWhatIsReadPieceByPieceOnceAndGivesItAllItsTime) {
    MannersWorld world;
    world.source.behaviour = always(with_status(503));
    ports::HttpRequest request = MannersWorld::about("graph", minutes{9});
    request.on_body = [](std::string_view) { return true; };
    const auto one = world.start(request);
    const auto other = world.start(request);
    world.time.run_until_true([&] { return one->answer && other->answer; });
    EXPECT_EQ(world.source.starts.size(), 2U) << "each its own body";
    EXPECT_EQ(world.source.requests.at(0).time_max, minutes{9});
}

// The breaker

TEST(PoliteClient, LeavesASourceAloneThatFailsAndProbesItWithOneRequest) {
    MannersWorld world;
    world.source.behaviour = always(with_error(ErrorKind::unavailable));
    world.ask("a");
    const Outcome second = world.ask("b");
    EXPECT_TRUE(second.is_error(ErrorKind::unavailable));
    EXPECT_EQ(second.answer->error().what.key, "fetch.refused") << "what the source did tells more";
    ASSERT_EQ(world.source.starts.size(), 5U);
    EXPECT_EQ(world.metrics.of("mcp_source_breaker_open{mempool}"), 1);
    EXPECT_EQ(world.log.count("ERROR sources mempool failed 5 times in a row"), 1);

    const Outcome third = world.ask("c");
    EXPECT_TRUE(third.is_error(ErrorKind::unavailable));
    EXPECT_EQ(third.answer->error().what.key, "manners.left_alone");
    EXPECT_EQ(world.source.starts.size(), 5U);
    EXPECT_EQ(world.metrics.of("mcp_source_held_back_total{mempool,breaker}"), 2);

    world.time.run_for(seconds{60});
    const auto outcomes = start_many(world, 10, seconds{30});
    world.time.run_until_true([&] { return have_all_ended(outcomes); });
    EXPECT_EQ(world.source.starts.size(), 6U) << "one probe";

    world.source.behaviour = always(with_status(200));
    world.time.run_for(seconds{60});
    EXPECT_EQ(world.ask("d").status(), 200);
    EXPECT_EQ(world.ask("e").status(), 200);
    EXPECT_EQ(world.metrics.of("mcp_source_breaker_open{mempool}"), 0);
    EXPECT_EQ(world.log.count("INFO sources mempool answers again"), 1);
}

TEST(PoliteClient, TellsThoseWhoWaitWhenTheBreakerOpens) {
    MannersWorld world;
    world.source.behaviour = always(with_status(500));
    const auto outcomes = start_many(world, 200, minutes{10});
    world.time.run_until_true([&] { return have_all_ended(outcomes); });
    EXPECT_LE(world.source.starts.size(), 6U);
    EXPECT_LE(world.time.passed(), seconds{10}) << "and not after their ten minutes";
}

TEST(PoliteClient, AProbeThatIsCutOffIsNoVerdict) {
    MannersWorld world;
    world.source.behaviour = always(with_status(500));
    world.ask("a");
    world.ask("b");
    world.time.run_for(seconds{60});
    world.source.behaviour = always({.after = seconds{10}});
    Crew crew(world.time.pool());
    const auto cut_off = std::make_shared<Outcome>();
    crew.begin(MannersWorld::keep(*world.client, world.time.timer(), MannersWorld::about("c"), cut_off));
    world.time.run_for(seconds{5});
    EXPECT_EQ(world.source.starts.size(), 6U);
    world.time.run(crew.end());
    EXPECT_FALSE(cut_off->answer);
    EXPECT_EQ(world.ask("d").status(), 200) << "the next one is the probe";
}

// One flight

TEST(PoliteClient, AsksOnceWhatManyWantToKnowAtOnce) {
    MannersWorld world;
    std::vector<std::shared_ptr<Outcome>> outcomes;
    for (int i = 0; i < 10; ++i) {
        outcomes.push_back(world.start(MannersWorld::about("same")));
    }
    world.time.run_until_true([&] { return have_all_ended(outcomes); });
    EXPECT_EQ(count_status(outcomes, 200), 10);
    EXPECT_EQ(world.source.starts.size(), 1U);
    EXPECT_EQ(world.ask("same").status(), 200);
    EXPECT_EQ(world.source.starts.size(), 2U) << "only while it is under way";
}

TEST(PoliteClient, KeepsApartWhatIsNotTheSameQuestion) {
    MannersWorld world;
    ports::HttpRequest plain = MannersWorld::about("a");
    ports::HttpRequest post = plain;
    post.method = "POST";
    ports::HttpRequest body = post;
    body.body = "{}";
    ports::HttpRequest key = plain;
    key.headers.emplace_back("authorization", "Bearer x");
    ports::HttpRequest short_of_time = plain;
    short_of_time.time_max = seconds{29};
    std::vector<std::shared_ptr<Outcome>> outcomes;
    for (const ports::HttpRequest& request : {plain, post, body, key, short_of_time}) {
        outcomes.push_back(world.start(request));
    }
    world.time.run_until_true([&] { return have_all_ended(outcomes); });
    EXPECT_EQ(world.source.starts.size(), 5U);
}

TEST(PoliteClient, AsksOnForTheOthersWhenWhoAskedFirstIsCutOff) {
    MannersWorld world;
    world.source.behaviour = always({.after = seconds{5}});
    Crew crew(world.time.pool());
    const auto cut_off = std::make_shared<Outcome>();
    crew.begin(MannersWorld::keep(*world.client, world.time.timer(), MannersWorld::about("same"), cut_off));
    world.time.run_for(milliseconds{100});
    const auto one = world.start(MannersWorld::about("same"));
    const auto other = world.start(MannersWorld::about("same"));
    world.time.run_for(seconds{2});
    world.time.run(crew.end());
    world.time.run_until_true([&] { return one->answer && other->answer; });
    EXPECT_EQ(one->status(), 200);
    EXPECT_EQ(other->status(), 200);
    EXPECT_EQ(world.source.starts.size(), 2U);
}

// Restarts

TEST(PoliteClient, KeepsTheSpacingOverCrashesWhereverTheyHit) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        MannersWorld world(seed);
        test::SeededChance when(seed);
        test::ShakyStore slow(world.store, [&](std::string_view, std::string) -> Task<std::optional<Error>> {
            const milliseconds takes{when.bits() % 700};
            co_await world.time.timer().wait(takes);
            co_return std::nullopt;
        });
        world.store_used = &slow;
        world.source.behaviour = [&](const ports::HttpRequest&) { // failures are written down too
            return Reply{.answer = ports::HttpResponse{.status = when.bits() % 3 == 0 ? 500 : 200},
                         .after = milliseconds{when.bits() % 3000}};
        };
        world.make();
        for (int i = 0; i < 12; ++i) {
            start_many(world, 10, seconds{30});
            world.time.run_for(milliseconds{when.bits() % 9000});
            world.crash();
        }
        EXPECT_GE(world.source.closest(), seconds{1}) << "seed " << seed;
        EXPECT_GE(world.source.starts.size(), 4U) << "and a restart costs some seconds only";
    }
}

TEST(PoliteClient, KeepsAPauseOverACrash) {
    MannersWorld world;
    world.source.behaviour = in_order({with_status(429, {{"retry-after", "600"}})});
    world.ask("a");
    world.crash();
    EXPECT_TRUE(world.ask("b").is_error(ErrorKind::rate_limited));
    EXPECT_EQ(world.ask(MannersWorld::about("c", hours{1})).status(), 200);
    EXPECT_GE(world.source.starts.at(1) - world.source.starts.at(0), seconds{600});
    EXPECT_LE(world.source.starts.at(1) - world.source.starts.at(0), seconds{610});
}

TEST(PoliteClient, KeepsTheBreakerOverACrash) {
    MannersWorld world;
    world.source.behaviour = always(with_status(502));
    world.ask("a");
    world.crash();
    world.ask("b");
    EXPECT_EQ(world.source.starts.size(), 5U) << "failures are counted on";
    world.crash();
    EXPECT_EQ(world.metrics.of("mcp_source_breaker_open{mempool}"), 1);
    EXPECT_EQ(world.ask("c").answer->error().what.key, "manners.left_alone");
    EXPECT_EQ(world.source.starts.size(), 5U);
    EXPECT_EQ(world.time.run(world.store.manners())->at(0).failure, "HTTP status 502");
    world.source.behaviour = always(with_status(200));
    world.time.run_for(seconds{62});
    EXPECT_EQ(world.ask("d").status(), 200);
    world.crash();
    EXPECT_EQ(world.metrics.of("mcp_source_breaker_open{mempool}"), 0);
    EXPECT_EQ(world.time.run(world.store.manners())->at(0).failure, "");
}

TEST(PoliteClient, IsNotKeptAwayByACalendarThatWasWrong) {
    MannersWorld world;
    world.time.jump_calendar(hours{24 * 365});
    world.source.behaviour = always(with_status(500));
    world.ask("a");
    world.ask("b");
    world.time.jump_calendar(-hours{24 * 365});
    world.crash();
    world.source.behaviour = always(with_status(200));
    world.time.run_for(hours{1});
    EXPECT_EQ(world.ask("c").status(), 200);
}

TEST(PoliteClient, AsksOnWhenNothingCanBeKept) {
    MannersWorld world;
    world.store.fault = Error{ErrorKind::unavailable, {"system.disk_full", {}}};
    for (int i = 0; i < 30; ++i) {
        EXPECT_EQ(world.ask(std::to_string(i)).status(), 200);
    }
    EXPECT_EQ(world.log.count("How mempool is to be treated could not be kept"), 1) << "told once";
    world.make();
    EXPECT_FALSE(world.loaded);
    EXPECT_EQ(world.ask("more").status(), 200);
}

TEST(PoliteClient, WorksWithoutAStore) {
    MannersWorld world;
    world.store_used = nullptr;
    world.make();
    EXPECT_TRUE(world.loaded);
    EXPECT_EQ(world.ask("a").status(), 200);
    EXPECT_EQ(world.ask("b").status(), 200);
    EXPECT_GE(world.source.closest(), seconds{1});
}

TEST(PoliteClient, GivesEachSourceItsOwnManners) {
    MannersWorld world;
    world.source.behaviour = always(with_status(500));
    world.ask("a");
    world.ask("b");
    world.manners.name = "amboss";
    world.make();
    world.source.behaviour = always(with_status(200));
    EXPECT_EQ(world.ask("c").status(), 200);
}

// Thirty days

/// Dies and comes back, for minutes and for days.
struct Health {
    explicit Health(std::uint64_t seed) {
        test::SeededChance chance(seed);
        Span at{0};
        while (at < hours{24 * 30}) {
            const Span up = minutes{1 + chance.bits() % (chance.bits() % 3 == 0 ? 3000 : 300)};
            const Span down = minutes{1 + chance.bits() % (chance.bits() % 4 == 0 ? 2000 : 30)};
            falls.emplace_back(at + up, at + up + down);
            at += up + down;
        }
    }
    [[nodiscard]] bool is_down_between(Span from, Span to) const {
        return std::any_of(falls.begin(), falls.end(),
                           [&](const auto& fall) { return to >= fall.first && from < fall.second; });
    }
    [[nodiscard]] bool is_down(Span at) const { return is_down_between(at, at); }

    std::vector<std::pair<Span, Span>> falls;
};

Reply in_trouble(test::SeededChance& chance) {
    switch (chance.bits() % 4) {
    case 0:
        return with_status(503);
    case 1:
        return with_status(429);
    case 2:
        return {.answer = ports::HttpResponse{.status = 200}, .after = hours{1}};
    default:
        return with_error(ErrorKind::unavailable);
    }
}

TEST(PoliteClient, UsesASourceThatComesBackWithinItsProbeTimeForThirtyDays) {
    constexpr seconds kEach{187};
    constexpr hours kAll{24 * 30};
    MannersWorld world;
    const Health health(7);
    test::SeededChance trouble(11);
    world.source.behaviour = [&](const ports::HttpRequest&) {
        return health.is_down(world.time.passed()) ? in_trouble(trouble) : Reply{};
    };
    // a probe may be under way, and hang, when the source comes back
    const Span settled = world.manners.breaker.probe_after + world.manners.try_time_max + seconds{2};
    int must_succeed = 0;
    int failed = 0;
    for (int i = 0; i * kEach < kAll; ++i) {
        if (i % 600 == 599) {
            world.crash();
        }
        const bool is_settled = !health.is_down_between(world.time.passed() - settled, world.time.passed() + kEach);
        const auto outcome = world.start(MannersWorld::about(std::to_string(i)));
        world.time.run_for(kEach);
        ASSERT_TRUE(outcome->answer);
        ASSERT_TRUE(!is_settled || outcome->status() == 200) << "at second " << seconds_of(world.time.passed());
        must_succeed += is_settled ? 1 : 0;
        failed += outcome->status() == 200 ? 0 : 1;
    }
    EXPECT_GE(health.falls.size(), 20U);
    EXPECT_GT(must_succeed, 5000);
    EXPECT_GT(failed, 500);
    EXPECT_GE(world.source.closest(), seconds{1});
    const auto in_vain = std::count_if(world.source.starts.begin(), world.source.starts.end(),
                                       [&](Span at) { return health.is_down(at); });
    EXPECT_LE(in_vain, failed + 3 * std::ssize(health.falls))
        << "five tries of two questions open it, then one is a probe";
    EXPECT_LE(world.store.calls, in_vain * 2 + std::ssize(world.source.starts) + 100);
}

} // namespace
} // namespace mcp::flow
