#include "adapters/sources/amboss_source.hpp"
#include "adapters/sources/mempool_source.hpp"
#include "flow/manners/polite_client.hpp"
#include "flow/openings.hpp"
#include "tests/sim/fake_providers.hpp"
#include "tests/sim/world.hpp"
#include "tests/support/fake_source.hpp"
#include "tests/support/fake_store.hpp"

#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::sim {
namespace {

using namespace std::chrono_literals;
using domain::PubKey;
using std::chrono::days;
using std::chrono::hours;
using testing::AllOf;
using testing::Ge;
using testing::IsEmpty;
using testing::Le;
using testing::SizeIs;

constexpr Day kFirst = std::chrono::floor<days>(kBegin);

void add_users(World& world, int count) {
    for (int i = 0; i < count; ++i) {
        world.add_user(fmt::format("user-{}", i), static_cast<std::uint32_t>(i));
    }
}

json::Document report_of(World& world, const std::string& user) {
    const Result<std::optional<ports::StoredReport>> latest = world.time.run(world.store().latest(user));
    if (!latest || !*latest) {
        throw std::runtime_error(user + " has no report");
    }
    return json::Document::parse(*(*latest)->document).value();
}

struct ToldState {
    std::string status;
    std::optional<std::int64_t> age;
    std::string error;
};

ToldState state_of(const json::Document& report, std::string_view source) {
    const std::vector<json::Cursor> states = report.root().at("sources").items().value();
    for (const json::Cursor& state : states) {
        if (state.at("name").as_string() == source) {
            const Result<std::int64_t> age = state.at("age_seconds").as_i64();
            return {.status = std::string(state.at("status").as_string().value()),
                    .age = age ? std::optional(*age) : std::nullopt,
                    .error = std::string(state.at("error").as_string().value_or(std::string_view()))};
        }
    }
    return {.status = "not named", .age = {}, .error = {}};
}

/// What that provider counts as the channels of the report's node.
std::optional<std::int64_t> of_node(const json::Document& report, std::string_view source, std::string_view name) {
    const Result<std::vector<json::Cursor>> rows = report.root().at("providers").at("node").items();
    for (std::size_t i = 0; rows && i < rows->size(); ++i) {
        if ((*rows)[i].at("source").as_string() == source) {
            return (*rows)[i].at(name).as_i64().value();
        }
    }
    return std::nullopt;
}

std::optional<std::int64_t> node_channels(const json::Document& report, std::string_view source) {
    return of_node(report, source, "channels");
}

const ports::Question kFees{.name = "fees", .of_node = false, .fresh = 1h, .nodes_max = 1, .keeps_days = true};
const ports::Question kNode{.name = "node", .of_node = true, .fresh = 20h, .nodes_max = 1, .keeps_days = false};

/// A world with one source, which is asked about few nodes in a run.
class BudgetWorld : public World {
public:
    explicit BudgetWorld(std::uint64_t seed, std::size_t budget = 4)
        : World(seed), source(domain::source::kMempool, {kFees, kNode}, time) {
        source.takes = 200ms;
        make_sources = [this, budget](Env&, ports::Store&) {
            return std::vector<flow::AskedSource>{{.source = &source, .requests_max = budget}};
        };
    }
    ~BudgetWorld() { kill(); }

    test::FakeSource source;
};

/// Requests about nodes, by the day of the run they were for: that of the next 06:00.
std::map<Day, std::vector<PubKey>> by_run(const test::FakeSource& source) {
    std::map<Day, std::vector<PubKey>> runs;
    for (const test::FakeSource::Request& request : source.requests) {
        const Day day = std::chrono::floor<days>(request.at + 18h - 1min); // its own collecting ends at 06:01
        auto& run = runs[day];
        run.insert(run.end(), request.nodes.begin(), request.nodes.end());
    }
    return runs;
}

TEST(Outside, AsksAboutEachNodeInItsTurnForThirtyDays) {
    BudgetWorld world(1);
    add_users(world, 10);
    world.start();
    world.time.run_until(Time(kFirst) + days{29} + hours{12});
    EXPECT_THAT(world.broken_promises(kFirst, kFirst + days{29}), IsEmpty());
    const std::map<Day, std::vector<PubKey>> runs = by_run(world.source);
    ASSERT_THAT(runs, SizeIs(30));
    std::map<PubKey, int> last; // number of the run in which a node was last asked about
    int number = 0;
    for (const auto& [day, nodes] : runs) {
        ++number;
        EXPECT_THAT(nodes, SizeIs(4)) << "never more than the budget, and all of it";
        for (const PubKey& node : nodes) {
            EXPECT_LE(number - last[node], 3) << "ten nodes at four a run";
            for (std::uint32_t other = 0; other < 10; ++other) {
                const bool is_asked_now = std::find(nodes.begin(), nodes.end(), test::key_of(other)) != nodes.end();
                EXPECT_TRUE(is_asked_now || last[test::key_of(other)] >= last[node]) << "others waited longer";
            }
        }
        for (const PubKey& node : nodes) {
            last[node] = number;
        }
    }
    for (const test::FakeSource::Request& request : world.source.requests) {
        EXPECT_LT(request.at - std::chrono::floor<days>(request.at), 6h) << "all is asked before the reports are due";
    }
    EXPECT_EQ(world.log.count("ERROR"), 0) << world.log.text();
    EXPECT_EQ(world.log.count("Starting scheduled daily reports generation"), 30);
    int stale = 0;
    for (int user = 0; user < 10; ++user) {
        const ToldState state = state_of(report_of(world, fmt::format("user-{}", user)), "mempool");
        stale += state.status == "stale" ? 1 : 0;
        EXPECT_LE(state.age.value_or(1'000'000), 3 * 86'400);
    }
    EXPECT_EQ(stale, 2) << "four were asked about for this run, four for yesterday's";
    EXPECT_EQ(report_of(world, "user-0").root().at("onchain").at("days_compared").as_i64().value(), 14);
}

TEST(Outside, ComesBackWithASourceThatDiedAndCameBack) {
    BudgetWorld world(2, 100);
    add_users(world, 2);
    world.start();
    world.time.run_until(Time(kFirst) + days{2} + hours{12});
    EXPECT_EQ(state_of(report_of(world, "user-1"), "mempool").status, "ok");
    world.source.fault = [](const auto&) { return Error{ErrorKind::timeout, {"outside.cut_off", {}}}; };
    world.time.run_until(Time(kFirst) + days{5} + hours{12});
    const json::Document without = report_of(world, "user-1");
    EXPECT_EQ(state_of(without, "mempool").status, "stale");
    EXPECT_GT(state_of(without, "mempool").age.value_or(0), 3 * 86'400);
    EXPECT_THAT(state_of(without, "mempool").error, testing::StartsWith("no answer in time"));
    EXPECT_TRUE(without.root().at("onchain").at("fees").at("hour_sat_vb").is_absent()) << "no fees of another day";
    EXPECT_EQ(world.log.count("ERROR sources mempool"), 3) << "before each run";
    EXPECT_EQ(world.log.count("WARNING sources mempool"), 3) << "fees were tried once more at its beginning";
    world.source.fault = nullptr;
    world.time.run_until(Time(kFirst) + days{6} + hours{12});
    EXPECT_EQ(state_of(report_of(world, "user-1"), "mempool").status, "ok");
    EXPECT_THAT(world.broken_promises(kFirst, kFirst + days{6}), IsEmpty());
}

TEST(Outside, IsNotAskedAgainAfterARestartInTheMiddle) {
    BudgetWorld world(3, 8);
    add_users(world, 10);
    world.source.takes = 10s;
    world.start();
    world.time.run_until_true([&] { return world.source.count("node") == 5; });
    world.kill();
    world.time.run_for(5s);
    world.start();
    world.time.run_until(Time(kFirst) + hours{12});
    EXPECT_EQ(world.source.count("fees"), 1U);
    EXPECT_THAT(world.source.times_asked("node"), SizeIs(8));
    EXPECT_EQ(world.source.count("node"), 9U) << "only the one whose answer the crash took was asked again";
    EXPECT_THAT(world.broken_promises(kFirst, kFirst), IsEmpty());
}

TEST(Outside, IsGivenUpAtOnceWhenTheServiceStops) {
    BudgetWorld world(4, 100);
    add_users(world, 10);
    world.source.takes = 24h;
    world.start();
    world.time.run_until(Time(kFirst) + hours{6} - 1min);
    EXPECT_THAT(world.source.requests, SizeIs(1));
    const Time asked = world.time.now();
    world.stop_gently();
    EXPECT_LE(world.time.now() - asked, 1s);
}

TEST(Outside, IsAskedForATriggeredRunInItsTimeOnly) {
    BudgetWorld world(5, 100);
    add_users(world, 3);
    world.start();
    const auto trigger = [&world] {
        const std::vector<std::string> users{"user-1"};
        const auto run = world.time.run(world.runs().trigger(users));
        const Time begun = world.time.now();
        world.time.run_until_true([&] {
            return !world.time.run(world.runs().progress(run->task_id)).value()->queued &&
                   world.time.run(world.store().run(run->task_id)).value()->state == ports::RunState::ended;
        });
        return world.time.now() - begun;
    };
    EXPECT_LE(trigger(), 2s);
    EXPECT_THAT(world.source.times_asked("node"), testing::ElementsAre(testing::Pair(test::key_of(1), 1)));
    EXPECT_EQ(node_channels(report_of(world, "user-1"), "mempool"), 5);
    world.time.run_for(21h);
    world.source.takes = 24h;
    EXPECT_THAT(trigger(), AllOf(Ge(59s), Le(65s))) << "one deadline, whatever the source does";
    EXPECT_EQ(state_of(report_of(world, "user-1"), "mempool").status, "stale");
}

/// The real clients of both providers, each behind its own PoliteClient, on a net that is the test's.
class ProviderWorld : public World {
public:
    explicit ProviderWorld(std::uint64_t seed) : World(seed), net(time) {
        make_sources = [this](Env& env, ports::Store& store) {
            clients_.push_back(std::make_unique<Clients>(env, store, net, time));
            return std::vector<flow::AskedSource>{{.source = &clients_.back()->mempool, .requests_max = 100},
                                                  {.source = &clients_.back()->amboss}};
        };
    }
    ~ProviderWorld() { kill(); }

    FakeProviders net;

private:
    struct Clients {
        Clients(Env& env, ports::Store& store, FakeProviders& net, test::VirtualTime& time)
            : to_mempool(env, net, {.name = "mempool"}, &store, time.pool()),
              to_amboss(env, net, {.name = "amboss"}, &store, time.pool()), mempool(to_mempool, "http://mempool.test"),
              amboss(to_amboss, "http://amboss.test/graphql", "") {}

        flow::PoliteClient to_mempool;
        flow::PoliteClient to_amboss;
        adapters::MempoolSource mempool;
        adapters::AmbossSource amboss;
    };
    std::vector<std::unique_ptr<Clients>> clients_;
};

TEST(Outside, IsInEachReportWhenBothProvidersAnswer) {
    ProviderWorld world(6);
    add_users(world, 3);
    world.start();
    world.time.run_until(Time(kFirst) + hours{6} + 2min);
    for (const char* user : {"user-0", "user-1", "user-2"}) {
        const json::Document report = report_of(world, user);
        EXPECT_EQ(state_of(report, "mempool").status, "ok") << state_of(report, "mempool").error;
        EXPECT_EQ(state_of(report, "amboss").status, "ok") << state_of(report, "amboss").error;
        EXPECT_EQ(node_channels(report, "mempool"), 777);
        EXPECT_EQ(node_channels(report, "amboss"), 888);
        EXPECT_EQ(of_node(report, "mempool", "channels_then"), 770);
        EXPECT_EQ(of_node(report, "amboss", "median_fee_ppm_out"), 250);
        EXPECT_EQ(report.root().at("onchain").at("fees").at("hour_sat_vb").as_double(), 2.5);
        EXPECT_EQ(report.root().at("btc_price").at("usd").as_double(), 66'666);
    }
    EXPECT_EQ(world.log.count("ERROR"), 0) << world.log.text();
    const auto to_amboss = std::count_if(world.net.asked.begin(), world.net.asked.end(),
                                         [](const auto& one) { return one.second.find("amboss") != one.second.npos; });
    EXPECT_EQ(to_amboss, 2) << "the network, and all nodes at once";
    EXPECT_EQ(world.net.asked.size(), 2U + 3 + 3 * 3);
}

struct Fault {
    const char* source;
    const char* other;
    Trouble trouble;
};

class OutsideWith : public testing::TestWithParam<Fault> {};

/// Every fault of every source: the report is made in time, the gap is named, nothing is invented, the other source
/// tells what it tells.
TEST_P(OutsideWith, AFaultLeavesAGapWithItsReasonAndNothingElse) {
    const Fault& fault = GetParam();
    ProviderWorld world(7);
    add_users(world, 3);
    world.net.trouble[fault.source] = fault.trouble;
    world.start();
    world.time.run_until(Time(kFirst) + hours{6} + 70s);
    EXPECT_THAT(world.broken_promises(kFirst, kFirst), IsEmpty()) << "nobody waits longer than one deadline";
    for (const char* user : {"user-0", "user-1", "user-2"}) {
        const json::Document report = report_of(world, user);
        const ToldState state = state_of(report, fault.source);
        EXPECT_EQ(state.status, "unavailable");
        EXPECT_NE(state.error, "");
        EXPECT_FALSE(state.age);
        EXPECT_EQ(node_channels(report, fault.source), std::nullopt);
        EXPECT_EQ(state_of(report, fault.other).status, "ok");
        EXPECT_NE(node_channels(report, fault.other), std::nullopt);
        const bool has_fees = std::string_view(fault.source) != "mempool";
        EXPECT_EQ(!report.root().at("onchain").at("fees").at("hour_sat_vb").is_absent(), has_fees);
        EXPECT_EQ(!report.root().at("btc_price").at("usd").is_absent(), has_fees);
    }
    world.net.trouble.clear();
    world.time.run_until(Time(kFirst) + days{1} + hours{7});
    EXPECT_EQ(state_of(report_of(world, "user-1"), fault.source).status, "ok") << "it is used again";
    EXPECT_NE(node_channels(report_of(world, "user-1"), fault.source), std::nullopt);
}

std::vector<Fault> all_faults() {
    std::vector<Fault> faults;
    for (const Trouble trouble :
         {Trouble::timeout, Trouble::refused, Trouble::too_many, Trouble::garbage, Trouble::partial, Trouble::lies}) {
        faults.push_back({"mempool", "amboss", trouble});
        faults.push_back({"amboss", "mempool", trouble});
    }
    return faults;
}

std::string name_of(const testing::TestParamInfo<Fault>& fault) {
    constexpr std::array kNames = {"None", "Timeout", "Refused", "TooMany", "Garbage", "Partial", "Lies"};
    return fmt::format("{}{}", fault.param.source, kNames[static_cast<std::size_t>(fault.param.trouble)]);
}

INSTANTIATE_TEST_SUITE_P(EachSource, OutsideWith, testing::ValuesIn(all_faults()), name_of);

/// One request a second is all that the source is asked; 200 ms of latency and all that is kept must cost nothing of
/// it.
TEST(Outside, OfFiveHundredUsersKeepsThePaceThatTheSourceSets) {
    test::VirtualTime time{kBegin};
    test::FakeStore store;
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
    constexpr std::uint32_t kUsers = 500;
    for (std::uint32_t i = 0; i < kUsers; ++i) {
        domain::User user{.id = fmt::format("user-{}", i),
                          .tenant = "t",
                          .node = test::key_of(i),
                          .language = domain::Language::en,
                          .daily_report = true,
                          .created_at = kBegin,
                          .updated_at = kBegin};
        ASSERT_TRUE(time.run(store.put_user(std::move(user))));
    }
    FakeProviders net(time);
    flow::PoliteClient client(env, net, {.name = "mempool"}, &store, time.pool());
    adapters::MempoolSource mempool(client, "http://mempool.test");
    const flow::Halt halt;
    flow::Collector collector(env, store, {{.source = &mempool}}, halt, time.pool());
    const ports::Run run{.id = "run", .day = kFirst, .user_ids = {}, .started_at = kBegin};
    const std::shared_ptr<Event> over = collector.begin(run, 2h);
    time.run_until_true([&] { return over->is_set(); });
    constexpr double kRequests = 3 + 3 * kUsers;
    ASSERT_EQ(static_cast<double>(net.asked.size()), kRequests);
    const double seconds = std::chrono::duration<double>(time.passed()).count();
    EXPECT_LE(seconds, kRequests / 0.97);
    for (std::size_t i = 1; i < net.asked.size(); ++i) {
        EXPECT_GE(net.asked[i].first - net.asked[i - 1].first, 1s) << "nor is it asked faster";
    }
    EXPECT_EQ(log.count("INFO sources mempool: 1503 requests; 1503 answers, 0 failures, 0 left"), 1) << log.text();
    time.run(collector.end());
}

TEST(DailyReports, TellTheAgeOfAGraphThatIsKeptBetweenRuns) {
    World world(9);
    add_users(world, 1);
    world.start();
    world.time.run_until(Time(kFirst) + hours{7});
    EXPECT_EQ(state_of(report_of(world, "user-0"), "gossip_file").age, 6 * 3600);
    world.time.run_until(Time(kFirst) + hours{18});
    ASSERT_TRUE(world.time.run(world.runs().trigger(std::nullopt)));
    world.time.run_for(1min);
    EXPECT_EQ(world.graphs.loads, 1);
    EXPECT_EQ(state_of(report_of(world, "user-0"), "gossip_file").age, 18 * 3600);
}

TEST(DailyReports, SearchAnewAnOpeningAdviceThatAnotherVersionWrote) {
    World world(8);
    add_users(world, 1);
    const Result<ports::GraphDays> graphs = world.graphs.load(kFirst, kBegin, {});
    ASSERT_TRUE(graphs);
    const domain::Network& network = graphs->today->network;
    const domain::NodeId node = network.find(test::key_of(0)).value();
    ports::KeptOpenings foreign{.node = test::key_of(0),
                                .channels = flow::digest_of_channels(network, node),
                                .computed_on = kFirst,
                                .advice = R"({"version":99})"};
    ASSERT_TRUE(flow::is_fresh(foreign, network, node, kFirst));
    ASSERT_TRUE(world.time.run(world.store().keep_openings(foreign)));
    world.start();
    world.time.run_until(Time(kFirst) + hours{7});
    EXPECT_THAT(world.broken_promises(kFirst, kFirst), IsEmpty());
    const auto kept = world.time.run(world.store().openings(test::key_of(0)));
    ASSERT_TRUE(kept && *kept);
    EXPECT_TRUE(flow::from_kept(**kept, network)) << (*kept)->advice;
}

} // namespace
} // namespace mcp::sim
