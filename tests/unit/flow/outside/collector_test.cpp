#include "flow/outside/collector.hpp"

#include "tests/support/fake_source.hpp"
#include "tests/support/fake_store.hpp"
#include "tests/support/network_builder.hpp"
#include "tests/support/service_fakes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdexcept>

namespace mcp::flow {
namespace {

using namespace std::chrono_literals;
using domain::PubKey;
using ports::KeptAnswer;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Time kNow{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + 5h};

const ports::Question kFees{.name = "fees", .of_node = false, .fresh = 1h, .nodes_max = 1, .keeps_days = true};
const ports::Question kNode{.name = "node", .of_node = true, .fresh = 20h, .nodes_max = 1, .keeps_days = false};
const ports::Question kClosed{.name = "closed", .of_node = true, .fresh = 20h, .nodes_max = 1, .keeps_days = false};
const ports::Question kNodesByTen{.name = "node", .of_node = true, .fresh = 20h, .nodes_max = 10, .keeps_days = false};

PubKey node(std::uint32_t number) {
    return test::key_of(number);
}

Error refused() {
    return {.kind = ErrorKind::unavailable, .what = {"outside.cut_off", {}}};
}

/// Users with nodes, sources that are asked, and the run that wants it.
class CollectorTest : public testing::Test {
public:
    CollectorTest() { restart(); }
    ~CollectorTest() override { time.run(collector->end()); }

    void restart() {
        env.emplace(Env{.clock = time.clock(),
                        .timer = time.timer(),
                        .log = log,
                        .metrics = metrics,
                        .chance = chance,
                        .compute = time.pool(),
                        .blocking = time.pool()});
        collector.emplace(*env, store, sources, halt, time.pool());
    }
    void add_users(std::uint32_t count) {
        for (std::uint32_t i = 0; i < count; ++i) {
            domain::User user{.id = fmt::format("user-{}", i),
                              .tenant = "t",
                              .node = node(i),
                              .language = domain::Language::en,
                              .daily_report = true,
                              .created_at = kNow,
                              .updated_at = kNow};
            ASSERT_TRUE(time.run(store.put_user(std::move(user))));
        }
    }
    void use(test::FakeSource& source, std::optional<std::size_t> budget = {}) {
        sources.push_back({.source = &source, .requests_max = budget});
        restart();
    }
    [[nodiscard]] ports::Run scheduled() const {
        return {.id = "run",
                .day = std::chrono::floor<std::chrono::days>(time.now()),
                .user_ids = {},
                .started_at = time.now()};
    }
    [[nodiscard]] ports::Run triggered(std::vector<std::string> users) const {
        ports::Run run = scheduled();
        run.kind = ports::RunKind::triggered;
        run.for_all = false;
        run.user_ids = std::move(users);
        return run;
    }
    void collect(const ports::Run& run, Timer::Span time_max = 1h) {
        const std::shared_ptr<Event> over = collector->begin(run, time_max);
        time.run_until_true([&] { return over->is_set(); });
        time.run_for(3s); // whoever was cut off has its last word
    }
    [[nodiscard]] std::vector<KeptAnswer> kept(const std::string& subject = {}) {
        return time.run(store.answers(subject)).value();
    }

    test::VirtualTime time{kNow};
    test::FakeStore store;
    test::KeptLog log;
    test::KeptMetrics metrics;
    test::SeededChance chance{1};
    Halt halt;
    std::optional<Env> env;
    std::vector<AskedSource> sources;
    std::optional<Collector> collector;
    test::FakeSource mempool{"mempool", {kFees, kNode}, time};
    test::FakeSource amboss{"amboss", {kNodesByTen}, time};
};

TEST_F(CollectorTest, AsksNobodyWhenNoSourceIsConfigured) {
    add_users(2);
    EXPECT_TRUE(collector->begin(scheduled(), 1h)->is_set());
    EXPECT_EQ(log.text(), "");
}

TEST_F(CollectorTest, AsksAndKeepsWhatIsNotFresh) {
    add_users(2);
    use(mempool);
    collect(scheduled());
    const KeptAnswer fees{.source = "mempool",
                          .question = "fees",
                          .subject = {},
                          .asked_at = kNow,
                          .answered_at = kNow,
                          .answer = "fees 5",
                          .failure = {}};
    EXPECT_THAT(kept(), ElementsAre(fees));
    ASSERT_THAT(kept(node(1).hex()), SizeIs(1));
    EXPECT_EQ(kept(node(1).hex())[0].answer, "node 5");
    EXPECT_THAT(log.lines(), ElementsAre("INFO sources mempool: 3 requests; 3 answers, 0 failures, 0 left for the "
                                         "next run"));
    collect(scheduled());
    EXPECT_THAT(mempool.requests, SizeIs(3)) << "all is fresh";
    time.run_for(1h);
    collect(scheduled());
    EXPECT_EQ(mempool.count("fees"), 2U);
    EXPECT_EQ(mempool.count("node"), 2U);
    time.run_for(20h);
    collect(scheduled());
    EXPECT_EQ(mempool.count("node"), 4U);
}

TEST_F(CollectorTest, KeepsWhatIsToldDailyByDay) {
    use(mempool);
    for (int i = 0; i < 3; ++i) {
        mempool.figure = i;
        collect(scheduled());
        time.run_for(24h);
    }
    const Day first = std::chrono::floor<std::chrono::days>(kNow);
    const auto days = time.run(store.answers_of_days("mempool", "fees", first, first + std::chrono::days{9}));
    ASSERT_TRUE(days);
    ASSERT_THAT(*days, SizeIs(3));
    EXPECT_EQ((*days)[1].answer, "fees 1");
}

TEST_F(CollectorTest, NeverSpendsMoreThanTheBudgetAndAsksThoseLongestNotAskedFirst) {
    add_users(10);
    use(mempool, 4);
    mempool.takes = 1s;
    std::vector<std::vector<PubKey>> runs;
    for (int run = 0; run < 5; ++run) {
        const std::size_t before = mempool.requests.size();
        collect(scheduled());
        collect(scheduled()); // the one that prepares, and the one of the run itself, share the budget
        runs.emplace_back();
        for (std::size_t i = before; i < mempool.requests.size(); ++i) {
            const auto& nodes = mempool.requests[i].nodes;
            runs.back().insert(runs.back().end(), nodes.begin(), nodes.end());
        }
        time.run_for(24h);
    }
    EXPECT_THAT(runs, Each(SizeIs(4)));
    const auto times = mempool.times_asked("node");
    EXPECT_THAT(times, SizeIs(10)) << "three runs are enough for each";
    EXPECT_THAT(times, Each(testing::Pair(testing::_, 2))) << "nobody a third time before all had their second";
    EXPECT_EQ(log.count("5 requests; 5 answers, 0 failures, 6 left"), 5) << log.text();
}

TEST_F(CollectorTest, KeepsToTheBudgetOverARestart) {
    add_users(10);
    use(mempool, 4);
    mempool.takes = 10s;
    const ports::Run run = scheduled();
    collector->begin(run, 1h);
    time.run_for(35s); // fees and two nodes have answered, the third has been asked
    time.crash();
    restart();
    collect(run);
    EXPECT_EQ(mempool.count("fees"), 1U) << "it was answered before";
    EXPECT_THAT(mempool.times_asked("node"), SizeIs(4));
    EXPECT_EQ(mempool.count("node"), 5U) << "the one whose answer was lost is asked again";
}

TEST_F(CollectorTest, PartsASmallBudgetAmongItsQuestionsFromDayToDay) {
    add_users(2);
    test::FakeSource both("mempool", {kNode, kClosed}, time);
    use(both, 1);
    for (int run = 0; run < 4; ++run) {
        collect(scheduled());
        time.run_for(24h);
    }
    EXPECT_THAT(both.times_asked("node"), ElementsAre(testing::Pair(node(0), 1), testing::Pair(node(1), 1)));
    EXPECT_THAT(both.times_asked("closed"), ElementsAre(testing::Pair(node(0), 1), testing::Pair(node(1), 1)));
}

TEST_F(CollectorTest, AsksAboutManyNodesInOneRequest) {
    add_users(25);
    use(amboss);
    collect(scheduled());
    EXPECT_THAT(amboss.requests, SizeIs(3));
    EXPECT_THAT(amboss.times_asked("node"), SizeIs(25));
    EXPECT_EQ(kept(node(24).hex())[0].answer, "node 5");
}

TEST_F(CollectorTest, KeepsAFailureBesideTheLastGoodAnswer) {
    add_users(1);
    use(mempool);
    collect(scheduled());
    time.run_for(24h);
    mempool.fault = [](const auto&) { return refused(); };
    collect(scheduled());
    const KeptAnswer fees = kept()[0];
    EXPECT_EQ(fees.answer, "fees 5");
    EXPECT_EQ(fees.answered_at, kNow);
    EXPECT_GE(fees.asked_at, kNow + 24h);
    EXPECT_THAT(fees.failure, HasSubstr(R"("kind":"unavailable","english":"no answer came)"));
    EXPECT_EQ(kept(node(0).hex())[0].answer, "node 5");
    EXPECT_THAT(kept(node(0).hex())[0].failure, HasSubstr("unavailable"));
    EXPECT_EQ(log.count("ERROR sources mempool: 2 requests; 0 answers, 2 failures"), 1) << log.text();
    mempool.fault = nullptr;
    time.run_for(24h);
    collect(scheduled());
    EXPECT_EQ(kept()[0].failure, "");
}

TEST_F(CollectorTest, LetsANodeThatNobodyCanTellOfComeLast) {
    add_users(3);
    use(mempool, 1);
    mempool.say = [](const auto& request, std::optional<PubKey> about) -> Result<std::string> {
        if (about == node(0)) {
            return fail(refused());
        }
        return request.question + " 1";
    };
    for (int run = 0; run < 3; ++run) {
        collect(scheduled());
        time.run_for(24h);
    }
    EXPECT_THAT(mempool.times_asked("node"), SizeIs(3));
}

TEST_F(CollectorTest, LeavesASourceAloneThatFailsThreeTimesInARow) {
    add_users(10);
    use(mempool);
    mempool.fault = [](const auto&) { return refused(); };
    collect(scheduled(), 60s);
    EXPECT_THAT(mempool.requests, SizeIs(3));
    EXPECT_EQ(log.count("ERROR sources mempool: 3 requests; 0 answers, 3 failures, 8 left for the next run; stopped, "
                        "because 3 requests in a row failed; last failure: no answer came"),
              1)
        << log.text();
}

TEST_F(CollectorTest, HasPatienceBeforeARunIsDueWithASourceThatFails) {
    add_users(5);
    use(mempool);
    const Time back = time.now() + 10min;
    mempool.fault = [&](const auto& request) { return request.at < back ? std::optional(refused()) : std::nullopt; };
    collect(scheduled(), 1h);
    EXPECT_EQ(log.count("in a row failed"), 0) << log.text();
    EXPECT_LE(time.now() - back, 2min);
    EXPECT_THAT(kept(node(4).hex())[0].answer, testing::StartsWith("node"));
    EXPECT_LE(mempool.requests.size(), 2U + 11 + 6) << "one a minute, and then what was still to be asked";
}

TEST_F(CollectorTest, HasPatienceBeforeARunIsDueWithASourceThatWantsAPause) {
    add_users(5);
    use(mempool);
    const Time back = time.now() + 10min;
    mempool.fault = [&](const auto& request) -> std::optional<Error> {
        const Error held_back{
            .kind = ErrorKind::rate_limited,
            .what = {"manners.too_late",
                     {{"source", "mempool"}, {"seconds", std::int64_t{9}}, {"waiting", std::int64_t{0}}}}};
        return request.at < back && request.question == "node" ? std::optional(held_back) : std::nullopt;
    };
    collect(scheduled(), 60s);
    EXPECT_EQ(mempool.count("node"), 1U) << "nobody who waits for a report waits for that";
    EXPECT_EQ(log.count("WARNING sources mempool: 1 requests; 1 answers, 0 failures, 5 left for the next run; "
                        "stopped, because requests are held back"),
              1)
        << log.text();
    EXPECT_THAT(kept(node(0).hex()), IsEmpty()) << "it was not asked about, and stays the first";
    collect(scheduled(), 1h);
    EXPECT_EQ(kept(node(4).hex())[0].answer, "node 5");
    EXPECT_LE(time.now() - back, 2min);
}

TEST_F(CollectorTest, GoesOnAfterNodesThatTheSourceCannotTellOf) {
    add_users(10);
    use(mempool);
    mempool.say = [](const auto&, const auto&) -> Result<std::string> { return fail(refused()); };
    collect(scheduled());
    EXPECT_THAT(mempool.requests, SizeIs(11));
}

TEST_F(CollectorTest, KeepsNoAnswerThatDoesNotSayWhatItPromises) {
    add_users(1);
    use(mempool);
    mempool.say = [](const auto&, const auto&) { return std::string("<html>"); };
    collect(scheduled());
    EXPECT_EQ(kept()[0].answer, "");
    EXPECT_THAT(kept()[0].failure,
                HasSubstr(R"("kind":"bad_upstream","english":"the answer is not what the source promises)"));
    EXPECT_EQ(kept()[0].answered_at, Time{});
    EXPECT_EQ(kept(node(0).hex())[0].answer, "");
}

TEST_F(CollectorTest, DoesNotTakeAnswersOfAnotherNumber) {
    add_users(5);
    class Miscounting final : public ports::Source {
    public:
        [[nodiscard]] std::string_view name() const override { return "amboss"; }
        [[nodiscard]] std::span<const ports::Question> questions() const override { return {&kNodesByTen, 1}; }
        Task<Result<std::vector<Result<std::string>>>> ask(const ports::Question&, std::vector<PubKey>) override {
            std::vector<Result<std::string>> one;
            one.emplace_back("node 5");
            co_return one;
        }
        [[nodiscard]] Result<void> read(const ports::Question&, std::string_view, Time,
                                        domain::Outside&) const override {
            return {};
        }
    } miscounting;
    sources.push_back({.source = &miscounting});
    restart();
    collect(scheduled());
    EXPECT_EQ(kept(node(0).hex())[0].answer, "") << "nobody knows whose it is";
}

TEST_F(CollectorTest, WaitsForASlowSourceNoLongerThanItMay) {
    add_users(2);
    use(mempool);
    use(amboss);
    mempool.takes = 24h * 365;
    const Time begun = time.now();
    const std::shared_ptr<Event> over = collector->begin(scheduled(), 60s);
    time.run_until_true([&] { return over->is_set(); });
    EXPECT_LE(time.now() - begun, 60s);
    EXPECT_EQ(kept(node(1).hex())[0].answer, "node 5") << "the other source told it";
    EXPECT_THAT(kept()[0].failure,
                HasSubstr(R"("kind":"timeout","english":"no answer came before the reports had to be made)"));
    EXPECT_EQ(log.count("mempool: 1 requests; 0 answers, 1 failures, 2 left for the next run; stopped, because the "
                        "time for it is over"),
              1)
        << log.text();
    time.run_for(1s);
    EXPECT_EQ(time.waiting(), 0U) << "nobody waits for it any more";
}

TEST_F(CollectorTest, TellsWhatItCutOffAsSuchHoweverItsClientSaysIt) {
    use(mempool);
    mempool.fault = [](const auto&) { return Error{.kind = ErrorKind::cancelled, .what = {"outside.fault", {}}}; };
    collect(scheduled());
    EXPECT_THAT(kept()[0].failure, HasSubstr(R"("kind":"timeout","english":"no answer came before the reports)"));
}

/// A client that cannot be interrupted.
class Deaf final : public ports::Source {
public:
    explicit Deaf(test::VirtualTime& time) : time_(time) {}
    [[nodiscard]] std::string_view name() const override { return "mempool"; }
    [[nodiscard]] std::span<const ports::Question> questions() const override { return {&kFees, 1}; }
    Task<Result<std::vector<Result<std::string>>>> ask(const ports::Question&, std::vector<PubKey>) override {
        const auto deaf = boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
        co_await deaf;
        co_await time_.timer().wait(1h);
        std::vector<Result<std::string>> answers;
        answers.emplace_back("fees 7");
        co_return answers;
    }
    [[nodiscard]] Result<void> read(const ports::Question&, std::string_view, Time, domain::Outside&) const override {
        return {};
    }

private:
    test::VirtualTime& time_;
};

TEST_F(CollectorTest, LetsNobodyWaitForAClientThatCannotBeInterrupted) {
    Deaf deaf(time);
    sources.push_back({.source = &deaf});
    restart();
    const std::shared_ptr<Event> over = collector->begin(scheduled(), 60s);
    time.run_until_true([&] { return over->is_set(); });
    EXPECT_LE(time.now() - kNow, 62s);
    EXPECT_THAT(kept(), IsEmpty());
    time.run_for(1h);
    EXPECT_EQ(kept()[0].answer, "fees 7") << "what comes late is kept all the same";
}

TEST_F(CollectorTest, ComesBackAtOnceWhenTheServiceStops) {
    add_users(5);
    use(mempool);
    mempool.takes = 10s;
    const std::shared_ptr<Event> over = collector->begin(scheduled(), 1h);
    time.run_for(25s);
    halt.is_asked = true;
    collector->halt();
    time.run(collector->end(), 1s);
    EXPECT_TRUE(over->is_set());
    EXPECT_EQ(log.count("INFO sources mempool: 3 requests; 2 answers, 0 failures, 4 left for the next run; stopped, "
                        "because the service stops"),
              1)
        << log.text();
    EXPECT_THAT(kept(node(1).hex()), IsEmpty()) << "that it was cut off is no fault of the source's";
    EXPECT_TRUE(collector->begin(scheduled(), 1h)->is_set());
}

TEST_F(CollectorTest, AsksAboutTheNodesOfNamedUsersOnly) {
    add_users(10);
    use(mempool);
    use(amboss);
    collect(triggered({"user-3", "user-7", "nobody"}));
    EXPECT_THAT(mempool.times_asked("node"), ElementsAre(testing::Pair(node(3), 1), testing::Pair(node(7), 1)));
    EXPECT_THAT(amboss.requests, SizeIs(1));
    collect(triggered({"user-3"}));
    EXPECT_EQ(mempool.count("node"), 2U) << "it is fresh";
}

TEST_F(CollectorTest, LeavesToAnotherRunForAllWhatThatAsksAlready) {
    add_users(10);
    use(mempool);
    mempool.takes = 1s;
    collector->begin(scheduled(), 1h);
    time.run_for(3s);
    ports::Run all = triggered({});
    all.for_all = true;
    collect(all, 60s);
    time.run_for(60s);
    EXPECT_EQ(mempool.count("node"), 10U);
    EXPECT_THAT(mempool.times_asked("node"), SizeIs(10));
}

TEST_F(CollectorTest, TakesOverFromOneWhoseTimeEnds) {
    add_users(10);
    use(mempool);
    mempool.takes = 4s;
    collector->begin(scheduled(), 20s);
    time.run_for(20s);
    collect(scheduled(), 60s);
    EXPECT_THAT(mempool.times_asked("node"), SizeIs(10));
    EXPECT_EQ(mempool.count("node"), 11U) << "the one that was cut off is asked about again";
}

TEST_F(CollectorTest, TriesAgainForANamedUserWhatFailedLately) {
    add_users(2);
    use(mempool);
    mempool.fault = [](const auto&) { return refused(); };
    collect(triggered({"user-1"}));
    mempool.fault = nullptr;
    collect(triggered({"user-1"}));
    EXPECT_EQ(kept(node(1).hex())[0].answer, "node 5");
    EXPECT_EQ(kept(node(1).hex())[0].failure, "");
}

TEST_F(CollectorTest, SurvivesAFaultOfTheProgramInASource) {
    add_users(2);
    use(mempool);
    mempool.fault = [](const auto&) -> std::optional<Error> { throw std::logic_error("planted"); };
    collect(scheduled());
    EXPECT_EQ(log.count("ERROR sources mempool: 1 requests; 0 answers, 1 failures, 2 left for the next run; stopped, "
                        "because of a fault of the program: planted"),
              1)
        << log.text();
}

TEST_F(CollectorTest, StopsWhenTheStoreFails) {
    add_users(2);
    use(mempool);
    store.fault = refused();
    collect(scheduled());
    EXPECT_THAT(mempool.requests, IsEmpty()) << "its answer could not be kept";
    EXPECT_EQ(log.count("ERROR sources mempool"), 1) << log.text();
    store.fault.reset();
}

TEST_F(CollectorTest, BeginsEarlyEnoughForItsBudget) {
    add_users(100);
    use(mempool);
    EXPECT_EQ(time.run(collector->lead()), 101s + 25'250ms + 5min) << "one request of the network, 100 of nodes";
    sources[0].requests_max = 7;
    restart();
    EXPECT_EQ(time.run(collector->lead()), 10s + 5min);
    sources[0].requests_max = 1'000'000;
    sources[0].spacing = 10min;
    restart();
    EXPECT_EQ(time.run(collector->lead()), kLeadMost);
}

} // namespace
} // namespace mcp::flow
