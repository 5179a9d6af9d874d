#include "flow/node/node_round.hpp"

#include "adapters/log/line_log.hpp"
#include "flow/node/statement.hpp"
#include "flow/outside/failure.hpp"
#include "language/language.hpp"
#include "tests/support/fake_node_reader.hpp"
#include "tests/support/fake_store.hpp"
#include "tests/support/network_builder.hpp"
#include "tests/support/service_fakes.hpp"
#include "tests/support/shaky_store.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdexcept>

namespace mcp::flow {
namespace {

using namespace std::chrono_literals;
using domain::LinkKind;
using domain::NodeLink;
using domain::OwnNode;
using ports::Statement;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr Day kToday{std::chrono::year{2026} / 3 / 1};
constexpr Time kNow = Time(kToday) + 5h + 30min;
constexpr std::string_view kSecret = "0201036c6e64-macaroon";

std::string name(int number) {
    return fmt::format("user-{:04}", number);
}

std::string url(int number) {
    return fmt::format("https://me:pass{}@node-{:04}.test:8080", kSecret, number);
}

int number_of(std::string_view url) {
    return std::stoi(std::string(url.substr(url.find("node-") + 5, 4)));
}

/// A node that forwarded once each day.
OwnNode node_of(int number, Day day) {
    OwnNode node;
    node.key = test::key_of(static_cast<std::uint32_t>(number));
    node.day = day;
    node.block_height = 900'000;
    for (int back = domain::kFlowDays; back > 0; --back) {
        domain::NodeDayFlow flow;
        flow.day = day - std::chrono::days{back};
        flow.forwards = {{{1}, {2}, number + 1, Msat{1'001}, Msat{1'000}}};
        flow.chain = domain::ChainCosts{};
        node.days.push_back(std::move(flow));
    }
    return node;
}

/// Users who connected their nodes, the nodes, and the runs that want them.
class NodeRoundTest : public testing::Test {
public:
    NodeRoundTest() {
        reader.tell = [](const test::FakeNodeReader::Request& request) -> Result<OwnNode> {
            return node_of(number_of(request.url), request.day);
        };
        restart();
    }
    ~NodeRoundTest() override { time.run(round->end()); }

    void restart() {
        env.emplace(Env{.clock = time.clock(),
                        .timer = time.timer(),
                        .log = log,
                        .metrics = metrics,
                        .chance = chance,
                        .compute = time.pool(),
                        .blocking = time.pool()});
        round.emplace(*env, store, &reader, &vault, halt, time.pool());
    }
    void add_user(int number, bool daily_report = true) {
        domain::User user{.id = name(number),
                          .tenant = "t",
                          .node = test::key_of(static_cast<std::uint32_t>(number)),
                          .language = domain::Language::en,
                          .daily_report = daily_report,
                          .created_at = kNow,
                          .updated_at = kNow};
        ASSERT_TRUE(time.run(store.put_user(std::move(user))));
    }
    void connect(int number, LinkKind kind = LinkKind::lnd) {
        NodeLink link{.user_id = name(number),
                      .kind = kind,
                      .url = kind == LinkKind::agent ? "" : url(number),
                      .sealed = vault.seal(name(number), {std::string(kSecret), {}}).value(),
                      .agent_key = kind == LinkKind::agent ? fmt::format("{:064x}", number) : "",
                      .expires_at = {},
                      .created_at = kNow};
        ASSERT_TRUE(time.run(store.put_link(std::move(link))));
    }
    void add_linked(int count) {
        for (int i = 0; i < count; ++i) {
            add_user(i);
            connect(i);
        }
    }
    [[nodiscard]] ports::Run scheduled(Day day = kToday) const {
        return {.id = "run", .day = day, .user_ids = {}, .started_at = time.now()};
    }
    [[nodiscard]] ports::Run triggered(std::vector<std::string> users) const {
        ports::Run run = scheduled();
        run.kind = ports::RunKind::triggered;
        run.for_all = false;
        run.user_ids = std::move(users);
        return run;
    }
    /// @return how long the run had to wait
    Timer::Span read(const ports::Run& run, Timer::Span time_max = 1h) {
        const Timer::Span begun = time.passed();
        const std::shared_ptr<Event> over = round->begin(run, time_max);
        time.run_until_true([&] { return over->is_set(); });
        return time.passed() - begun;
    }
    [[nodiscard]] std::vector<Statement> kept(int number, Day day = kToday) {
        return time.run(store.statements(name(number), day, day + std::chrono::days{1})).value();
    }
    [[nodiscard]] OwnNode told(int number, Day day = kToday) {
        const std::vector<Statement> all = kept(number, day);
        return read_statement(all.at(0).text).value();
    }
    [[nodiscard]] NodeLink link(int number) { return time.run(store.link(name(number))).value().value(); }
    [[nodiscard]] std::string failure(int number) {
        return language::render(failure_message(link(number).failure), language::Language::en);
    }

    test::VirtualTime time{kNow};
    test::FakeStore store;
    test::FakeVault vault;
    test::FakeNodeReader reader{time};
    test::KeptLog log;
    test::KeptMetrics metrics;
    test::SeededChance chance{1};
    Halt halt;
    std::optional<Env> env;
    std::optional<NodeRound> round;
};

TEST_F(NodeRoundTest, IsOverAtOnceWhenNoReaderOrNoVaultIsThere) {
    add_linked(1);
    NodeRound without_reader(*env, store, nullptr, &vault, halt, time.pool());
    NodeRound without_vault(*env, store, &reader, nullptr, halt, time.pool());
    EXPECT_TRUE(without_reader.begin(scheduled(), 1h)->is_set());
    EXPECT_TRUE(without_vault.begin(scheduled(), 1h)->is_set());
    EXPECT_EQ(time.run(without_reader.lead()), Timer::Span::zero());
}

TEST_F(NodeRoundTest, ReadsEachConnectedNodeAndKeepsWhatItTells) {
    add_linked(3);
    add_user(3); // connected nothing
    add_user(4);
    connect(4, LinkKind::agent);
    add_user(5, false);
    connect(5); // wants no report
    read(scheduled());
    EXPECT_THAT(reader.reads, SizeIs(3));
    for (int i = 0; i < 3; ++i) {
        ASSERT_THAT(kept(i), SizeIs(1));
        EXPECT_EQ(kept(i)[0].node, test::key_of(static_cast<std::uint32_t>(i)));
        EXPECT_EQ(kept(i)[0].read_at, kNow + 1s);
        EXPECT_EQ(told(i).days[6].forwards[0].count, i + 1);
        EXPECT_EQ(link(i).read_at, kNow + 1s);
        EXPECT_EQ(link(i).failure, "");
    }
    EXPECT_EQ(reader.reads[0].secret, kSecret);
    EXPECT_EQ(metrics.of("mcp_node_reads_total{read}"), 3);
    EXPECT_EQ(metrics.of("mcp_node_read_duration_seconds"), 3);
    EXPECT_THAT(log.lines(), ElementsAre("INFO node The users' own nodes: 3 read, 0 could not be read, 0 were read "
                                         "before; 1.0 s"));
}

TEST_F(NodeRoundTest, ReadsOnlyTheNodesOfThoseWhomATriggeredRunNames) {
    add_linked(5);
    add_user(5);
    read(triggered({name(4), name(1), name(5), "nobody"}));
    ASSERT_THAT(reader.reads, SizeIs(2));
    EXPECT_EQ(reader.times_read(url(4)), 1);
    EXPECT_EQ(reader.times_read(url(1)), 1);
}

TEST_F(NodeRoundTest, DoesNotAskAgainForADayWhatItWasToldJustNow) {
    add_linked(2);
    read(scheduled());
    restart();
    time.run_for(39min);
    read(scheduled());
    EXPECT_THAT(reader.reads, SizeIs(2));
    time.run_for(2min);
    read(scheduled());
    EXPECT_THAT(reader.reads, SizeIs(4)) << "figures are to be fresh";
}

TEST_F(NodeRoundTest, AsksAgainWhenTheLastTryWasNoReading) {
    add_linked(1);
    ASSERT_TRUE(time.run(store.note_link_try({name(0), kNow, ""}))); // the user tried it out
    read(scheduled());
    EXPECT_THAT(kept(0), SizeIs(1));
}

TEST_F(NodeRoundTest, DoesNotReplaceADaysFiguresByThoseOfALaterDay) {
    add_linked(1);
    read(scheduled());
    time.run_for(24h);
    read(scheduled(kToday)); // made up, late
    EXPECT_THAT(reader.reads, SizeIs(1));
    EXPECT_EQ(kept(0)[0].read_at, kNow + 1s);
}

TEST_F(NodeRoundTest, AsksOnlyForDaysThatWereNotToldCompletely) {
    add_linked(1);
    read(scheduled());
    EXPECT_THAT(reader.reads.back().known, IsEmpty());
    time.run_for(24h);
    read(scheduled(kToday + std::chrono::days{1}));
    EXPECT_THAT(reader.reads.back().known, SizeIs(6)) << "all but yesterday";
    EXPECT_EQ(reader.reads.back().known.back(), kToday - std::chrono::days{1});
    time.run_for(24h * 3);
    read(scheduled(kToday + std::chrono::days{4}));
    EXPECT_THAT(reader.reads.back().known, SizeIs(4)) << "three days were missed";
    time.run_for(24h * 9);
    read(scheduled(kToday + std::chrono::days{13}));
    EXPECT_THAT(reader.reads.back().known, IsEmpty()) << "too long ago";
}

TEST_F(NodeRoundTest, TakesADayForCompleteOnlyWhenItHadSettled) {
    OwnNode node = node_of(0, kToday);
    node.read_at = Time(kToday) + 9min;
    EXPECT_THAT(complete_days(node, kToday), SizeIs(6)) << "ten minutes past midnight nothing is under way any more";
    node.read_at = Time(kToday) + 10min;
    EXPECT_THAT(complete_days(node, kToday), SizeIs(7));
    EXPECT_THAT(complete_days(node, kToday + std::chrono::days{2}), SizeIs(5));
    node.days[3].chain.reset();
    EXPECT_THAT(complete_days(node, kToday), SizeIs(6)) << "its costs may be told the next time";
    node.gaps = {{domain::NodePart::chain_costs, {ErrorKind::forbidden, {"live.lnd_macaroon_weak", {}}}}};
    EXPECT_THAT(complete_days(node, kToday), SizeIs(7)) << "they will not";
    node.gaps.push_back({.part = domain::NodePart::forwards, .why = {ErrorKind::unavailable, {"job.gone", {}}}});
    EXPECT_THAT(complete_days(node, kToday), SizeIs(0)) << "nobody knows of which day forwards are missing";
}

TEST_F(NodeRoundTest, TellsWhyANodeCouldNotBeReadAndKeepsNothingOfIt) {
    add_linked(3);
    reader.fault = [](const std::string& asked) -> std::optional<Error> {
        return number_of(asked) == 1 ? std::optional(Error{ErrorKind::unavailable, {"live.lnd_locked", {}}})
                                     : std::nullopt;
    };
    read(scheduled());
    EXPECT_THAT(kept(0), SizeIs(1));
    EXPECT_THAT(kept(1), IsEmpty());
    EXPECT_THAT(kept(2), SizeIs(1));
    EXPECT_EQ(failure(1), "cannot be reached: the wallet of LND is locked; unlock it with 'lncli unlock'");
    EXPECT_EQ(link(1).tried_at, kNow + 1s);
    EXPECT_EQ(link(1).read_at, std::nullopt);
    EXPECT_EQ(metrics.of("mcp_node_reads_total{unreachable}"), 1);
    EXPECT_EQ(log.count("WARNING node The node at node-0001.test:8080 could not be read: the wallet of LND is locked"),
              1);
    EXPECT_THAT(log.text(), Not(HasSubstr(std::string(kSecret)))) << "neither of the seal nor of the URL";
}

TEST_F(NodeRoundTest, LetsNoNodePlantInTheLogWhatScriptsLookFor) {
    add_linked(1);
    NodeLink named = link(0);
    named.url = "https://generation_duration:8080/node-0000";
    named.kind = LinkKind::cln;
    ASSERT_TRUE(time.run(store.put_link(named)));
    reader.fault = [](const std::string&) -> std::optional<Error> {
        return Error{ErrorKind::invalid_input,
                     {"live.said", {{"status", 400}, {"text", "daily_report ERROR 999 scheduler"}}}};
    };
    test::TemporaryFolder folder;
    const auto clock = [] { return std::chrono::time_point_cast<std::chrono::milliseconds>(kNow); };
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    const auto opened = adapters::LineLog::open({.file = folder.path("app.log"), .error_descriptor = nowhere}, clock);
    ::close(nowhere);
    ASSERT_TRUE(opened);
    Env told{.clock = time.clock(),
             .timer = time.timer(),
             .log = **opened,
             .metrics = metrics,
             .chance = chance,
             .compute = time.pool(),
             .blocking = time.pool()};
    NodeRound telling(told, store, &reader, &vault, halt, time.pool());
    const std::shared_ptr<Event> over = telling.begin(scheduled(), 1h);
    time.run_until_true([&] { return over->is_set(); });
    time.run(telling.end());
    const std::string written = folder.content("app.log");
    EXPECT_THAT(written, HasSubstr("WARNING node The node at generation-duration:8080 could not be read"));
    EXPECT_THAT(written, HasSubstr("daily-report Error 999 Scheduler"));
    for (const char* word : {"generation_duration", "daily_report", "ERROR", "scheduler"}) {
        EXPECT_THAT(written, Not(HasSubstr(word)));
    }
}

TEST_F(NodeRoundTest, RefusesAnotherNodeThanTheProfiles) {
    add_linked(2);
    reader.tell = [](const auto& request) -> Result<OwnNode> { return node_of(7, request.day); };
    read(triggered({name(1)}));
    EXPECT_THAT(kept(1), IsEmpty());
    EXPECT_THAT(failure(1), HasSubstr("the node names itself " + test::key_of(7).hex() + ", but the profile names"));
    EXPECT_EQ(metrics.of("mcp_node_reads_total{other_node}"), 1);
}

TEST_F(NodeRoundTest, RefusesWhatNoNodeCanTell) {
    add_linked(1);
    reader.tell = [](const auto& request) -> Result<OwnNode> {
        OwnNode node = node_of(number_of(request.url), request.day);
        node.days[2].forwards[0].amount_out = Msat{2'000};
        return node;
    };
    read(scheduled());
    EXPECT_THAT(kept(0), IsEmpty());
    EXPECT_THAT(failure(0), HasSubstr("its answer cannot be used: days[2].forwards[0] cannot be"));
    EXPECT_EQ(metrics.of("mcp_node_reads_total{bad_answer}"), 1);
}

TEST_F(NodeRoundTest, OutlivesAFaultOfTheProgramInOneReading) {
    add_linked(2);
    reader.tell = [](const auto& request) -> Result<OwnNode> {
        if (number_of(request.url) == 0) {
            throw std::logic_error("out of range");
        }
        return node_of(1, request.day);
    };
    read(scheduled());
    EXPECT_THAT(kept(1), SizeIs(1));
    EXPECT_THAT(failure(0), HasSubstr("a fault of the program"));
    EXPECT_EQ(log.count("ERROR node Reading a node met a fault of the program: out of range"), 1);
}

TEST_F(NodeRoundTest, TellsThatASecretCannotBeOpened) {
    add_linked(1);
    vault.is_locked = true;
    read(scheduled());
    EXPECT_THAT(reader.reads, IsEmpty());
    EXPECT_NE(link(0).failure, "");
    EXPECT_EQ(metrics.of("mcp_node_reads_total{secret}"), 1);
}

TEST_F(NodeRoundTest, KeepsNothingOfALinkThatChangedMeanwhile) {
    add_linked(2);
    reader.takes = [](const std::string&) { return 10s; };
    const std::shared_ptr<Event> over = round->begin(scheduled(), 1h);
    time.run_for(5s);
    NodeLink other = link(0);
    other.url = url(9);
    ASSERT_TRUE(time.run(store.put_link(other)));
    ASSERT_TRUE(time.run(store.remove_link(name(1))));
    time.run_until_true([&] { return over->is_set(); });
    EXPECT_THAT(kept(0), IsEmpty());
    EXPECT_EQ(link(0).tried_at, std::nullopt) << "the new link was not tried";
    EXPECT_EQ(log.count("WARNING"), 0);
}

TEST_F(NodeRoundTest, AddsHowLongTheNodeWasReachedOnTheDayBefore) {
    add_linked(1);
    const Day yesterday = kToday - std::chrono::days{1};
    ASSERT_TRUE(time.run(store.add_watched({{name(0), yesterday, {86'000s, 80'000s}}, {name(0), kToday, {5s, 5s}}})));
    read(scheduled());
    EXPECT_EQ(told(0).watched, (domain::NodeWatched{86'000s, 80'000s}));
    ASSERT_TRUE(time.run(store.add_watched({{name(0), yesterday, {3'600s, 3'600s}}})));
    time.run_for(1h);
    read(scheduled());
    EXPECT_EQ(told(0).watched, (domain::NodeWatched{86'400s, 83'600s})) << "no day is longer";
}

TEST_F(NodeRoundTest, NeverReadsMoreThanThirtyTwoAtOnce) {
    add_linked(100);
    EXPECT_EQ(read(scheduled()), 4s);
    EXPECT_EQ(reader.most_at_once, 32);
    EXPECT_THAT(reader.reads, SizeIs(100));
}

TEST_F(NodeRoundTest, GivesEachNodeOneMinute) {
    add_linked(1);
    reader.takes = [](const std::string&) { return 61s; };
    EXPECT_EQ(read(scheduled()), 60s);
    EXPECT_THAT(failure(0), HasSubstr("no answer in time"));
    EXPECT_EQ(metrics.of("mcp_node_reads_total{timeout}"), 1);
}

TEST_F(NodeRoundTest, ReadsThoseThatWentWellTheLastTimeBeforeThoseThatHang) {
    add_linked(200);
    reader.takes = [](const std::string& asked) { return number_of(asked) % 2 == 0 ? Timer::Span(1h) : 1s; };
    read(scheduled());
    reader.reads.clear();
    time.run_for(24h - 1h);
    const Day next = kToday + std::chrono::days{1};
    const std::shared_ptr<Event> over = round->begin(scheduled(next), 1h);
    time.run_for(10s);
    for (int i = 1; i < 200; i += 2) {
        ASSERT_THAT(kept(i, next), SizeIs(1)) << "though a hundred others hang";
    }
    time.run_until_true([&] { return over->is_set(); });
    EXPECT_THAT(reader.reads, SizeIs(200)) << "all were tried, and each once";
}

TEST_F(NodeRoundTest, LetsNoRunWaitForNodesThatHungJustBefore) {
    add_linked(40);
    reader.takes = [](const std::string& asked) { return number_of(asked) == 7 ? Timer::Span(1h) : 1s; };
    EXPECT_EQ(read(scheduled()), 60s) << "the lead";
    time.run_for(2min);
    reader.reads.clear();
    EXPECT_EQ(read(scheduled()), 0s) << "all others are fresh";
    EXPECT_EQ(read(scheduled()), 0s) << "who joins it waits no more than it does";
    time.run_for(61s);
    EXPECT_EQ(reader.times_read(url(7)), 1) << "it is tried again all the same, once";
    reader.takes = [](const std::string&) { return 1s; };
    read(scheduled());
    time.run_for(2s);
    EXPECT_THAT(kept(7), SizeIs(1)) << "a report that is made later uses it";
}

TEST_F(NodeRoundTest, WaitsForOthersWhileNodesThatHungJustBeforeAreLeftAlone) {
    add_linked(3);
    reader.takes = [](const std::string& asked) { return number_of(asked) == 1 ? Timer::Span(1h) : 1s; };
    read(triggered({name(1)}));
    reader.takes = [](const std::string& asked) { return number_of(asked) == 2 ? Timer::Span(5s) : 30s; };
    EXPECT_EQ(read(scheduled()), 30s) << "those who were not tried yet";
    EXPECT_THAT(kept(0), SizeIs(1));
    EXPECT_THAT(kept(2), SizeIs(1));
}

TEST_F(NodeRoundTest, WaitsForANodeThatFailedLongBefore) {
    add_linked(2);
    reader.takes = [](const std::string& asked) { return number_of(asked) == 1 ? Timer::Span(1h) : 1s; };
    read(scheduled());
    time.run_for(40min);
    reader.takes = [](const std::string&) { return 20s; };
    EXPECT_GE(read(scheduled()), 20s);
    EXPECT_THAT(kept(1), SizeIs(1));
}

TEST_F(NodeRoundTest, ReadsNoMoreTextsThanItNeeds) {
    add_linked(1);
    for (int day = 0; day < 4; ++day) {
        read(scheduled(kToday + std::chrono::days{day}));
        time.run_for(24h);
    }
    int texts = 0;
    test::ShakyStore counted(store, [&texts](std::string_view method, std::string) -> Task<std::optional<Error>> {
        texts += method == "statements" ? 1 : 0;
        co_return std::nullopt;
    });
    NodeRound counting(*env, counted, &reader, &vault, halt, time.pool());
    const auto count = [&] {
        texts = 0;
        const std::shared_ptr<Event> over = counting.begin(scheduled(kToday + std::chrono::days{4}), 1h);
        time.run_until_true([&] { return over->is_set(); });
        return texts;
    };
    EXPECT_EQ(count(), 1) << "the newest tells all";
    EXPECT_THAT(reader.reads.back().known, SizeIs(6));
    EXPECT_EQ(count(), 0) << "fresh";
    time.run(counting.end());
}

TEST_F(NodeRoundTest, GoesOnWhenNobodyWaitsAnyMore) {
    add_linked(1);
    reader.takes = [](const std::string&) { return 50s; };
    EXPECT_EQ(read(scheduled(), 20s), 20s);
    EXPECT_THAT(kept(0), IsEmpty());
    time.run_for(40s);
    EXPECT_THAT(kept(0), SizeIs(1)) << "a report that is made later uses it";
}

TEST_F(NodeRoundTest, IsJoinedByTheRunItPreparedAndAsksNobodyTwice) {
    add_linked(1);
    reader.takes = [](const std::string&) { return 50s; };
    const std::shared_ptr<Event> prepared = round->begin(scheduled(), 1h);
    time.run_for(30s);
    EXPECT_EQ(read(scheduled(), 75s), 20s);
    EXPECT_TRUE(prepared->is_set());
    EXPECT_THAT(reader.reads, SizeIs(1));
}

TEST_F(NodeRoundTest, WaitsForAnotherRoundThatReadsTheSameNode) {
    add_linked(2);
    reader.takes = [](const std::string&) { return 50s; };
    round->begin(scheduled(), 1h);
    time.run_for(30s);
    EXPECT_EQ(read(triggered({name(1)})), 20s);
    EXPECT_THAT(reader.reads, SizeIs(2));
    EXPECT_THAT(kept(1), SizeIs(1));
}

TEST_F(NodeRoundTest, LetsATriggeredRunPassAHundredThatHang) {
    add_linked(100);
    reader.takes = [](const std::string& asked) { return number_of(asked) < 99 ? Timer::Span(1h) : 1s; };
    round->begin(scheduled(), 1h);
    time.run_for(1s);
    EXPECT_EQ(read(triggered({name(99)})), 1s);
    EXPECT_THAT(kept(99), SizeIs(1));
}

TEST_F(NodeRoundTest, BearsAStoreThatFailsForAMoment) {
    add_linked(1);
    const std::shared_ptr<Event> over = round->begin(scheduled(), 1h);
    store.fault = Error{.kind = ErrorKind::unavailable, .what = {"system.disk_full", {}}};
    time.run_for(1500ms);
    store.fault.reset();
    time.run_until_true([&] { return over->is_set(); });
    EXPECT_THAT(kept(0), SizeIs(1));
    store.fault = Error{.kind = ErrorKind::unavailable, .what = {"system.disk_full", {}}};
    time.run_for(1h);
    EXPECT_LE(read(scheduled()), 10s);
    EXPECT_EQ(log.count("ERROR node Cannot tell which nodes are to be read"), 1);
    store.fault.reset();
}

TEST_F(NodeRoundTest, NeedsALeadThatGrowsWithTheNodesUpToHalfAnHour) {
    EXPECT_EQ(time.run(round->lead()), 0s);
    add_linked(1);
    EXPECT_EQ(time.run(round->lead()), 2min);
    for (int i = 1; i < 33; ++i) {
        add_user(i);
        connect(i);
    }
    EXPECT_EQ(time.run(round->lead()), 3min);
    for (int i = 33; i < 1'000; ++i) {
        add_user(i);
        connect(i);
    }
    EXPECT_EQ(time.run(round->lead()), 30min);
}

TEST_F(NodeRoundTest, StopsAtOnceWhenTheServiceDoes) {
    add_linked(100);
    reader.takes = [](const std::string&) { return 50s; };
    const std::shared_ptr<Event> over = round->begin(scheduled(), 1h);
    time.run_for(1s);
    halt.is_asked = true;
    round->halt();
    time.run_ready();
    EXPECT_TRUE(over->is_set());
    EXPECT_TRUE(round->begin(scheduled(), 1h)->is_set());
    time.run(round->end());
    EXPECT_EQ(time.waiting(), 0U);
    EXPECT_EQ(link(0).tried_at, std::nullopt) << "it was us who gave up";
    EXPECT_THAT(reader.reads, SizeIs(32));
}

TEST(HostOf, TellsOnlyTheHost) {
    EXPECT_EQ(host_of("https://node.test:8080"), "node.test:8080");
    EXPECT_EQ(host_of("https://me:s3cret@node.test/v1?macaroon=1"), "node.test");
    EXPECT_EQ(host_of("https://[2001:db8::1]:10080"), "[2001:db8::1]:10080");
    EXPECT_EQ(host_of(""), "");
}

} // namespace
} // namespace mcp::flow
