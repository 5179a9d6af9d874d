#include "flow/node/node_watch.hpp"

#include "tests/support/fake_node_reader.hpp"
#include "tests/support/fake_store.hpp"
#include "tests/support/network_builder.hpp"
#include "tests/support/service_fakes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <stdexcept>

namespace mcp::flow {
namespace {

using namespace std::chrono_literals;
using domain::LinkKind;
using domain::NodeWatched;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Day kToday{std::chrono::year{2026} / 3 / 1};
constexpr Time kNow = Time(kToday) + 12h;

class NodeWatchTest : public testing::Test {
public:
    NodeWatchTest() {
        reader.fault = [this](const std::string& url) -> std::optional<Error> {
            return down.contains(url) ? std::optional(fault) : std::nullopt;
        };
        reader.takes = [](const std::string&) { return Timer::Span{}; };
        watch_every(15min);
    }
    ~NodeWatchTest() override { stop(); }

    void watch_every(Timer::Span every) {
        stop();
        crew.emplace(time.pool());
        watch.emplace(env, store, &reader, &vault, every, halt, time.pool());
    }
    void start() { crew->begin(watch->run()); }
    void stop() {
        if (crew) {
            time.run(crew->end());
            time.run(watch->end());
        }
    }
    /// As a restart does.
    void start_anew() {
        watch_every(15min);
        start();
    }
    static std::string name(int number) { return fmt::format("user-{:03}", number); }
    static std::string url(int number) { return fmt::format("https://node-{}.test", number); }
    void connect(int count, LinkKind kind = LinkKind::lnd) {
        for (int i = 0; i < count; ++i) {
            const std::string id = name(i);
            domain::User user{.id = id,
                              .tenant = "t",
                              .node = test::key_of(static_cast<std::uint32_t>(i)),
                              .language = domain::Language::en,
                              .daily_report = i % 2 == 0,
                              .created_at = kNow,
                              .updated_at = kNow};
            ASSERT_TRUE(time.run(store.put_user(std::move(user))));
            domain::NodeLink link{.user_id = id,
                                  .kind = kind,
                                  .url = url(i),
                                  .sealed = vault.seal(id, {"secret", {}}).value(),
                                  .agent_key = {},
                                  .expires_at = {},
                                  .created_at = kNow};
            ASSERT_TRUE(time.run(store.put_link(std::move(link))));
        }
    }
    [[nodiscard]] std::optional<NodeWatched> watched(int number, Day day = kToday) {
        return time.run(store.watched(name(number), day)).value();
    }

    test::VirtualTime time{kNow};
    test::FakeStore store;
    test::FakeVault vault;
    test::FakeNodeReader reader{time};
    std::set<std::string> down;
    Error fault{.kind = ErrorKind::unavailable, .what = {"live.lnd_starting", {}}};
    test::KeptLog log;
    test::KeptMetrics metrics;
    test::SeededChance chance{1};
    Halt halt;
    Env env{.clock = time.clock(),
            .timer = time.timer(),
            .log = log,
            .metrics = metrics,
            .chance = chance,
            .compute = time.pool(),
            .blocking = time.pool()};
    std::optional<NodeWatch> watch;
    std::optional<Crew> crew;
};

TEST_F(NodeWatchTest, IsOffWithoutAnIntervalOrAReader) {
    connect(1);
    watch_every(0min);
    start();
    NodeWatch without_reader(env, store, nullptr, &vault, 15min, halt, time.pool());
    time.run(without_reader.run());
    time.run_for(1h);
    EXPECT_THAT(reader.knocks, IsEmpty());
}

TEST_F(NodeWatchTest, CountsTheTimeBetweenTwoKnocks) {
    connect(2);
    start();
    time.run_for(1min);
    EXPECT_THAT(reader.knocks, SizeIs(2)) << "also of one whose user wants no daily report";
    EXPECT_EQ(watched(0), std::nullopt) << "one knock tells nothing of the time before it";
    time.run_for(1h);
    EXPECT_EQ(watched(0), (NodeWatched{1h, 1h}));
    down = {url(0)};
    time.run_for(30min);
    EXPECT_EQ(watched(0), (NodeWatched{90min, 1h}));
    EXPECT_EQ(watched(1), (NodeWatched{90min, 90min}));
    EXPECT_EQ(metrics.of("mcp_nodes_watched"), 2);
    EXPECT_EQ(metrics.of("mcp_nodes_reached"), 1);
}

TEST_F(NodeWatchTest, PartsTheTimeAtMidnight) {
    connect(1);
    time.run_until(Time(kToday) + 23h + 50min);
    start();
    time.run_for(16min);
    EXPECT_EQ(watched(0), (NodeWatched{10min, 10min}));
    EXPECT_EQ(watched(0, kToday + std::chrono::days{1}), (NodeWatched{5min, 5min}));
    const auto spans = spans_before("u", Time(kToday) + 30min, std::chrono::hours{49}, false);
    ASSERT_THAT(spans, SizeIs(4));
    EXPECT_EQ(spans[0].span, (NodeWatched{30min, 0s}));
    EXPECT_EQ(spans[1].span, (NodeWatched{24h, 0s}));
    EXPECT_EQ(spans[3].day, kToday);
}

TEST_F(NodeWatchTest, CountsNothingOfTheTimeThatTheServiceWasDown) {
    connect(1);
    start();
    time.run_for(31min);
    stop();
    crew.reset();
    time.run_for(5h);
    start_anew();
    time.run_for(16min);
    EXPECT_EQ(watched(0), (NodeWatched{45min, 45min}));
}

TEST_F(NodeWatchTest, CountsTwoIntervalsAtMost) {
    connect(1);
    start();
    time.run_for(1min);
    store.fault = Error{.kind = ErrorKind::unavailable, .what = {"system.disk_full", {}}}; // nobody can be found
    time.run_for(15min);
    store.fault.reset();
    time.run_for(15min);
    EXPECT_EQ(watched(0), std::nullopt) << "who was not met is as one never knocked at";
    time.run_for(15min);
    EXPECT_EQ(watched(0), (NodeWatched{15min, 15min}));
    EXPECT_EQ(log.count("ERROR node Cannot tell which nodes are to be watched"), 1);
}

TEST_F(NodeWatchTest, DoesNotCountAgainstThemWhatIsSoonerOurOwnFault) {
    connect(4);
    start();
    time.run_for(16min);
    down = {url(0), url(1), url(2), url(3)};
    time.run_for(15min);
    EXPECT_EQ(watched(0), (NodeWatched{15min, 15min})) << "when nobody at all answers, it may be us";
    EXPECT_EQ(log.count("WARNING node None of 4 nodes answers"), 1);
    down.erase(url(3));
    time.run_for(15min);
    EXPECT_EQ(watched(0), (NodeWatched{30min, 15min}));
}

TEST_F(NodeWatchTest, TakesARefusalForAnAnswer) {
    connect(2);
    start();
    time.run_for(1min);
    down = {url(0)};
    fault = {.kind = ErrorKind::unauthenticated, .what = {"live.lnd_macaroon_expired", {}}};
    time.run_for(15min);
    EXPECT_EQ(watched(0), (NodeWatched{15min, 15min}));
    fault = {.kind = ErrorKind::forbidden, .what = {"outside.fault", {}}};
    time.run_for(15min);
    EXPECT_EQ(watched(0), (NodeWatched{15min, 15min})) << "where we may not knock, nothing is known";
    EXPECT_EQ(watched(1), (NodeWatched{30min, 30min}));
}

TEST_F(NodeWatchTest, KnowsNothingOfANodeWhoseSecretItCannotOpen) {
    connect(1);
    vault.is_locked = true;
    start();
    time.run_for(1h);
    EXPECT_THAT(reader.knocks, IsEmpty());
    EXPECT_EQ(watched(0), std::nullopt);
}

TEST_F(NodeWatchTest, LeavesAgentsAlone) {
    connect(1, LinkKind::agent);
    start();
    time.run_for(1h);
    EXPECT_THAT(reader.knocks, IsEmpty());
}

TEST_F(NodeWatchTest, KnocksAtSixteenAtOnceForTenSecondsEach) {
    connect(250);
    reader.takes = [](const std::string&) { return 1min; };
    start();
    time.run_for(10min);
    EXPECT_EQ(reader.most_at_once, 16);
    EXPECT_THAT(reader.knocks, SizeIs(250));
    EXPECT_EQ(reader.knocks.back().at, kNow + 150s) << "sixteen rounds of ten seconds";
}

TEST_F(NodeWatchTest, CountsEachNodeOfManyOnce) {
    connect(250);
    down = {url(7)};
    start();
    time.run_for(46min);
    for (int i = 0; i < 250; ++i) {
        ASSERT_EQ(watched(i), (NodeWatched{45min, i == 7 ? 0min : 45min})) << i;
    }
}

TEST_F(NodeWatchTest, OutlivesAFaultOfTheProgram) {
    connect(2);
    start();
    time.run_for(16min);
    reader.fault = [](const std::string& asked) -> std::optional<Error> {
        if (asked == url(0)) {
            throw std::logic_error("out of range");
        }
        return std::nullopt;
    };
    time.run_for(15min);
    EXPECT_EQ(log.count("ERROR node Watching a node met a fault of the program: out of range"), 1);
    EXPECT_EQ(watched(1), (NodeWatched{30min, 30min}));
}

TEST_F(NodeWatchTest, StopsAtOnce) {
    connect(100);
    reader.takes = [](const std::string&) { return 9s; };
    start();
    time.run_for(1s);
    const Timer::Span before = time.passed();
    halt.is_asked = true;
    watch->halt();
    stop();
    EXPECT_EQ(time.passed(), before);
    EXPECT_EQ(time.waiting(), 0U);
    crew.reset();
}

} // namespace
} // namespace mcp::flow
