#include "app/agent/agent.hpp"

#include "flow/node/statement.hpp"
#include "tests/support/fake_http.hpp"
#include "tests/support/network_builder.hpp"
#include "tests/support/own_nodes.hpp"
#include "tests/support/service_fakes.hpp"
#include "tests/support/virtual_time.hpp"

#include <gmock/gmock.h>

namespace mcp::app {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Day kDay = std::chrono::sys_days{std::chrono::year{2026} / 11 / 24};

/// A node that answers, or does not.
class FakeNode final : public ports::NodeReader {
public:
    explicit FakeNode(const Clock& clock) : clock_(clock) {}

    [[nodiscard]] Result<std::string> check_url(std::string_view url) const override { return std::string(url); }
    [[nodiscard]] Task<Result<domain::OwnNode>> read(ports::NodeAccess, Day day, std::vector<domain::NodeDayFlow> known,
                                                     Timer::Span) override {
        known_days.push_back(known.size());
        if (!is_up) {
            co_return fail(ErrorKind::invalid_input, {"agent.step_node", {}});
        }
        domain::OwnNode node = test::OwnNodes(1).node(key, day);
        node.read_at = clock_.now();
        node.watched = std::nullopt;
        node.days.clear();
        for (int back = domain::kFlowDays; back > 0; --back) {
            domain::NodeDayFlow& flow = node.days.emplace_back();
            flow.day = day - std::chrono::days{back};
            flow.chain = domain::ChainCosts{};
        }
        co_return node;
    }
    [[nodiscard]] Task<Result<ports::NodeTrial>> try_out(ports::NodeAccess, Timer::Span) override {
        co_return fail(ErrorKind::internal, {"agent.step_node", {}});
    }
    [[nodiscard]] Task<Result<void>> knock(ports::NodeAccess, Timer::Span) override {
        if (!is_up || knock_fault) {
            co_return fail(knock_fault.value_or(ErrorKind::unavailable), {"agent.step_node", {}});
        }
        co_return Result<void>();
    }

    domain::PubKey key = test::key_of(1);
    bool is_up = true;
    std::optional<ErrorKind> knock_fault; ///< what a knock meets
    std::vector<std::size_t> known_days;  ///< that each reading was given

private:
    const Clock& clock_;
};

struct AgentTest : testing::Test {
    explicit AgentTest() {
        http.otherwise([](const auto&) { return ports::HttpResponse{.status = 201}; });
    }

    Agent make(AgentMemory memory = {}) {
        return Agent({env, node, post,
                      [this](const AgentMemory& told) {
                          kept = told;
                          return Result<void>();
                      }},
                     {.access = {}, .schedule = {.enabled = true, .at = 5h + 40min}}, std::move(memory));
    }

    /// What the service got, each as it reads it.
    std::vector<domain::OwnNode> got() {
        std::vector<domain::OwnNode> nodes;
        for (const ports::HttpRequest& request : http.requests()) {
            nodes.push_back(flow::read_statement(request.body).value());
        }
        return nodes;
    }

    test::VirtualTime time{Time(kDay) + 12h};
    test::KeptLog log;
    test::KeptMetrics metrics;
    test::SeededChance chance{1};
    Env env{.clock = time.clock(),
            .timer = time.timer(),
            .log = log,
            .metrics = metrics,
            .chance = chance,
            .compute = time.pool(),
            .blocking = time.pool()};
    FakeNode node{time.clock()};
    test::FakeHttp http;
    SnapshotPost post{
        http, "https://reports.example.org", {"alice", "k", [](std::string_view) { return std::string("s"); }}};
    AgentMemory kept;
};

TEST_F(AgentTest, DeliversAtOnceAndThenEveryDayBeforeSix) {
    Agent agent = make();
    time.start(agent.deliver_daily());
    time.run_for(1s);
    ASSERT_THAT(http.requests(), SizeIs(1));
    time.run_until(Time(kDay) + 24h + 5h + 39min);
    EXPECT_THAT(http.requests(), SizeIs(1));
    time.run_until(Time(kDay) + 24h + 5h + 41min);
    time.run_until(Time(kDay) + 72h);
    const std::vector<domain::OwnNode> nodes = got();
    ASSERT_THAT(nodes, SizeIs(3));
    EXPECT_EQ(nodes[0].day, kDay);
    EXPECT_EQ(nodes[1].day, kDay + std::chrono::days{1});
    EXPECT_EQ(nodes[2].day, kDay + std::chrono::days{2});
    EXPECT_THAT(node.known_days, ElementsAre(0, 6, 6)) << "the oldest one is looked back at no more";
}

TEST_F(AgentTest, TriesAgainWhileTheNodeOrTheServiceIsAway) {
    node.is_up = false;
    http.will_answer(503, "");
    http.will_answer(401, R"({"detail":"nobody knows this key"})");
    Agent agent = make();
    time.start(agent.deliver_daily());
    time.run_for(20min);
    EXPECT_THAT(http.requests(), IsEmpty());
    node.is_up = true;
    time.run_for(40min);
    EXPECT_THAT(http.requests(), SizeIs(3)) << "away, unknown, then taken";
    EXPECT_EQ(log.count("The service took the snapshot"), 1);
    EXPECT_EQ(log.count("nobody knows this key"), 1);
    EXPECT_GE(node.known_days.size(), 4U);
    EXPECT_LE(node.known_days.size(), 50U) << "nobody is asked all the time";
}

TEST_F(AgentTest, DoesNotRepeatWhatTheServiceWillNeverTake) {
    http.will_answer(409, R"({"detail":"newer"})");
    http.will_answer(400, R"({"detail":"wrong"})");
    Agent agent = make();
    time.start(agent.deliver_daily());
    time.run_for(10h);
    EXPECT_THAT(http.requests(), SizeIs(1));
    time.run_for(24h);
    EXPECT_THAT(http.requests(), SizeIs(2));
    EXPECT_EQ(log.count("ERROR agent"), 2);
}

TEST_F(AgentTest, TellsHowLongTheNodeWasReachedOnTheDayBefore) {
    time.jump_calendar(12h); // midnight
    Agent agent = make();
    time.start(agent.watch());
    time.run_until(Time(kDay) + 24h + 6h + 7min);
    node.is_up = false;
    time.run_until(Time(kDay) + 24h + 8h + 7min);
    node.is_up = true;
    time.run_until(Time(kDay) + 48h + 1h);
    const Result<std::string> statement = time.run(agent.read());
    ASSERT_TRUE(statement);
    const std::optional<domain::NodeWatched> watched = flow::read_statement(*statement).value().watched;
    ASSERT_TRUE(watched);
    EXPECT_EQ(watched->watched, 24h);
    EXPECT_EQ(watched->reached, 22h);
    EXPECT_EQ(log.count("does not answer"), 1);
    EXPECT_EQ(log.count("answers again"), 1);
}

TEST_F(AgentTest, CountsNoTimeTwiceWhenTheCalendarGoesBack) {
    Agent agent = make();
    time.start(agent.watch());
    for (int i = 0; i < 4; ++i) {
        time.run_for(9h);
        time.jump_calendar(-9h);
    }
    EXPECT_LE(kept.watched.at(kDay).watched, 24h);
    EXPECT_GT(kept.watched.at(kDay).watched, 23h);
    EXPECT_TRUE(read_memory(memory_text(kept)));
}

TEST_F(AgentTest, CountsNothingBeforeItsFirstKnockAndWhereAKnockDoesNotTell) {
    Agent agent = make();
    time.start(agent.watch());
    time.run_for(1s);
    EXPECT_TRUE(kept.watched.empty());
    time.run_for(15min);
    EXPECT_EQ(kept.watched.at(kDay).watched, 15min);
    node.knock_fault = ErrorKind::forbidden;
    time.run_for(15min);
    node.knock_fault = ErrorKind::unauthenticated;
    time.run_for(15min);
    EXPECT_EQ(kept.watched.at(kDay).watched, 15min);
    time.run_for(15min);
    EXPECT_EQ(kept.watched.at(kDay).watched, 30min) << "who refuses us can be reached";
    EXPECT_EQ(kept.watched.at(kDay).reached, 30min);
    EXPECT_EQ(log.lines(), std::vector<std::string>());
}

TEST_F(AgentTest, GoesOnWhereAnEarlierOneEnded) {
    {
        Agent before = make();
        ASSERT_TRUE(time.run(before.read()));
    }
    Agent agent = make(*read_memory(memory_text(kept)));
    ASSERT_TRUE(time.run(agent.read()));
    EXPECT_THAT(node.known_days, ElementsAre(0, 7));
}

TEST_F(AgentTest, ForgetsWhatItKnewOfAnotherNode) {
    Agent agent = make({.watched = {{kDay - std::chrono::days{1}, {24h, 24h}}}, .statement = ""});
    ASSERT_TRUE(time.run(agent.read()));
    node.key = test::key_of(2);
    const Result<std::string> statement = time.run(agent.read());
    ASSERT_TRUE(statement);
    EXPECT_THAT(node.known_days, ElementsAre(0, 7, 0)) << "read anew, without the other's days";
    EXPECT_FALSE(flow::read_statement(*statement).value().watched);
}

TEST_F(AgentTest, ForgetsDaysThatNobodyAsksAboutAnyMore) {
    Agent agent = make();
    time.start(agent.watch());
    time.run_for(24h * 10);
    EXPECT_LE(kept.watched.size(), 3U);
}

} // namespace
} // namespace mcp::app
