#include "base/json/document.hpp"
#include "flow/node/statement.hpp"
#include "tests/sim/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

/// The users' own nodes in the daily run: what reports say of them is what the nodes' ledgers hold, day by day.
namespace mcp::sim {
namespace {

using namespace std::chrono_literals;
using domain::LinkKind;
using domain::OwnNode;
using std::chrono::days;
using std::chrono::hours;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr Day kFirst = std::chrono::floor<days>(kBegin);
constexpr std::string_view kSecret = "0201036c6e6402f801-macaroon";

std::string user(int number) {
    return fmt::format("user-{:04}", number);
}
std::string url(int number) {
    return fmt::format("https://node-{:04}.test:8080", number);
}
int number_of(std::string_view url) {
    return std::stoi(std::string(url.substr(url.find("node-") + 5, 4)));
}
LinkKind kind_of(int number) {
    return number % 2 == 0 ? LinkKind::lnd : LinkKind::cln;
}

/// What happened in each node, known to the test alone: two channels, of different sizes each day, and forwards between
/// them, some of them failed.
namespace ledger {

std::int64_t drawn(int number, Day day, std::int64_t salt, std::int64_t most) {
    std::uint64_t mixed = static_cast<std::uint64_t>(number) * 1'000'003 +
                          static_cast<std::uint64_t>(day.time_since_epoch().count()) * 7'919 +
                          static_cast<std::uint64_t>(salt) * 104'729;
    mixed ^= mixed >> 13;
    mixed *= 0x9E3779B97F4A7C15ULL;
    mixed ^= mixed >> 29;
    return static_cast<std::int64_t>(mixed % static_cast<std::uint64_t>(most));
}

std::int64_t forwards(int number, Day day) {
    return drawn(number, day, 1, 40);
}
std::int64_t fees_msat(int number, Day day) {
    return forwards(number, day) == 0 ? 0 : 1 + drawn(number, day, 2, 900'000);
}
std::int64_t local_msat(int number, Day day, int channel) {
    return drawn(number, day, 10 + channel, 1'900'000'000);
}

domain::NodeDayFlow flow(int number, Day day) {
    domain::NodeDayFlow flow;
    flow.day = day;
    if (const std::int64_t count = forwards(number, day); count > 0) {
        const Msat out{count * 1'000'000};
        flow.forwards = {{{1}, {2}, count, out + Msat{fees_msat(number, day)}, out}};
        flow.sizes = {{Msat{1'000'000}, count}};
    }
    if (kind_of(number) == LinkKind::cln) {
        flow.failures = {{{{1}, {2}, 1, drawn(number, day, 3, 9)}}};
    }
    flow.chain = domain::ChainCosts{drawn(number, day, 4, 2), Msat{1'000}};
    return flow;
}

OwnNode node(int number, Day day) {
    OwnNode node;
    node.key = test::key_of(static_cast<std::uint32_t>(number));
    node.kind = kind_of(number) == LinkKind::cln ? domain::NodeKind::cln : domain::NodeKind::lnd;
    node.day = day;
    node.block_height = 900'000;
    for (int i = 0; i < 2; ++i) {
        domain::NodeChannel channel;
        channel.id = {static_cast<std::uint64_t>(i) + 1};
        channel.peer = test::key_of(static_cast<std::uint32_t>(number) + 1);
        channel.capacity = Sat{2'000'000};
        channel.is_active = true;
        channel.local = Msat{local_msat(number, day, i)};
        channel.remote = to_msat(channel.capacity) - channel.local;
        channel.can_send = channel.local;
        channel.can_receive = channel.remote;
        node.channels.push_back(channel);
    }
    node.balances = domain::NodeBalances{};
    for (const domain::NodeChannel& channel : node.channels) {
        node.balances->local += channel.local;
        node.balances->remote += channel.remote;
    }
    for (int back = domain::kFlowDays; back > 0; --back) {
        node.days.push_back(flow(number, day - days{back}));
    }
    return node;
}

/// Some nodes cannot be read on some days.
bool is_down(int number, Day day) {
    return drawn(number, day, 5, 9) == 0;
}

} // namespace ledger

/// Users whose nodes are connected, and who reads them.
class NodesWorld : public World {
public:
    explicit NodesWorld(std::uint64_t seed, int users, flow::DailySettings settings = {})
        : World(seed, settings, std::max(10, users)), reader(time) {
        nodes = &reader;
        reader.tell = [](const test::FakeNodeReader::Request& request) -> Result<OwnNode> {
            return ledger::node(number_of(request.url), request.day);
        };
        for (int i = 0; i < users; ++i) {
            add_user(user(i), static_cast<std::uint32_t>(i));
        }
    }
    ~NodesWorld() { kill(); }

    void connect_all(int users) {
        for (int i = 0; i < users; ++i) {
            connect(user(i), kind_of(i), url(i), std::string(kSecret));
        }
    }
    /// Nodes fail on the days on which the ledger says so.
    void let_some_fail() {
        reader.fault = [this](const std::string& asked) -> std::optional<Error> {
            const Day today = std::chrono::floor<days>(time.now());
            return ledger::is_down(number_of(asked), today)
                       ? std::optional(Error{ErrorKind::unavailable, {"live.lnd_locked", {}}})
                       : std::nullopt;
        };
    }
    [[nodiscard]] std::map<Day, json::Document> reports(int number) {
        const Result<ports::HistoryPage> page = time.run(store().history(
            {.user_id = user(number), .after = kFirst - days{1}, .with_failures = false, .page = 1, .limit = 100}));
        std::map<Day, json::Document> all;
        for (const ports::StoredReport& report : page.value().reports) {
            all.emplace(report.report_date, json::Document::parse(*report.document).value());
        }
        return all;
    }

    test::FakeNodeReader reader;
};

std::optional<std::int64_t> whole(const json::Cursor& figure) {
    const Result<std::int64_t> value = figure.as_i64();
    return value ? std::optional(*value) : std::nullopt;
}

json::Cursor state_of_node(const json::Document& report) {
    const std::vector<json::Cursor> states = report.root().at("sources").items().value();
    for (const json::Cursor& state : states) {
        if (state.at("name").as_string() == "node") {
            return state;
        }
    }
    return {nullptr, "node"};
}

/// What the report of a day says of the node, beside what the ledger holds: empty when they are the same.
std::string differences(int number, Day day, const json::Document& report) {
    const json::Cursor metrics = report.root().at("metrics");
    std::string all;
    const auto compare = [&](std::string_view name, std::optional<std::int64_t> told, std::int64_t planted) {
        if (told != planted) {
            all += fmt::format(" {} is {}, planted {};", name, told ? fmt::to_string(*told) : "absent", planted);
        }
    };
    std::int64_t count = 0;
    std::int64_t fees = 0;
    for (int back = 1; back <= 7; ++back) {
        count += ledger::forwards(number, day - days{back});
        fees += ledger::fees_msat(number, day - days{back});
    }
    const json::Cursor forwarding = metrics.at("forwarding");
    compare("forwards_24h", whole(forwarding.at("forwards_24h")), ledger::forwards(number, day - days{1}));
    compare("forwards_7d", whole(forwarding.at("forwards_7d")), count);
    compare("revenue_24h", whole(forwarding.at("revenue_24h")), ledger::fees_msat(number, day - days{1}) / 1000);
    compare("revenue_7d", whole(forwarding.at("revenue_7d")), fees / 1000);
    compare("local_balance", whole(metrics.at("capacity").at("local_balance")),
            (ledger::local_msat(number, day, 0) + ledger::local_msat(number, day, 1)) / 1000);
    return all.empty() ? all : fmt::format("{} on day {}:{}\n", user(number), (day - kFirst).count(), all);
}

/// What the reports of all users and days say otherwise than the ledgers, or than that the node could not be read.
std::string differences(NodesWorld& world, int users, int days_made) {
    std::string all;
    for (int number = 0; number < users; ++number) {
        const std::map<Day, json::Document> reports = world.reports(number);
        for (Day day = kFirst; day < kFirst + days{days_made}; day += days{1}) {
            const auto report = reports.find(day);
            if (report == reports.end()) {
                all += fmt::format("{} has no report of day {}\n", user(number), (day - kFirst).count());
                continue;
            }
            const std::string status(state_of_node(report->second).at("status").as_string().value());
            const bool is_down = world.reader.fault && ledger::is_down(number, day);
            if (status != (is_down ? "unavailable" : "ok")) {
                all += fmt::format("{} on day {}: the node is {}\n", user(number), (day - kFirst).count(), status);
            } else if (!is_down) {
                all += differences(number, day, report->second);
            } else if (whole(report->second.root().at("metrics").at("capacity").at("local_balance"))) {
                all += fmt::format("{} on day {}: a balance that nobody told\n", user(number), (day - kFirst).count());
            }
        }
    }
    return all;
}

TEST(OwnNodes, AreToldAsTheirLedgersAreForFiftyUsersAndThirtyDays) {
    NodesWorld world(1, 50, {.node_watch = Timer::Span{}});
    world.connect_all(50);
    world.let_some_fail();
    world.start();
    world.time.run_until(Time(kFirst) + days{29} + 12h);
    EXPECT_THAT(world.broken_promises(kFirst, kFirst + days{29}), IsEmpty());
    EXPECT_EQ(differences(world, 50, 30), "");
    for (const test::FakeNodeReader::Request& request : world.reader.reads) {
        const auto of_day = request.at - std::chrono::floor<days>(request.at);
        ASSERT_TRUE(of_day >= 5h + 30min && of_day <= 6h + 2min) << "shortly before the reports";
        ASSERT_EQ(request.secret, kSecret);
    }
    EXPECT_THAT(world.log.text(), Not(HasSubstr(std::string(kSecret))));
    EXPECT_GT(world.log.count("WARNING node The node at node-"), 100);
    EXPECT_EQ(world.log.count("ERROR"), 0) << world.log.text();
    // THE CANARY: who looks must see a figure that differs.
    const std::map<Day, json::Document> reports = world.reports(1);
    EXPECT_THAT(differences(2, kFirst + days{9}, reports.at(kFirst + days{9})), HasSubstr("planted"));
}

TEST(OwnNodes, AreToldAsTheirLedgersAreThoughTheServiceIsKilledAtAnyMoment) {
    NodesWorld world(2, 10);
    world.connect_all(10);
    world.let_some_fail();
    test::SeededChance chance(3);
    world.start();
    for (int day = 0; day < 10; ++day) {
        const Time due = Time(kFirst) + days{day} + 6h;
        for (int kills = 0; kills < 3; ++kills) { // while nodes are read, and while reports are made
            const auto before = static_cast<std::int64_t>(chance.share() * 200'000);
            const Time moment = due - 180s + std::chrono::seconds{before / 1000};
            if (moment > world.time.now()) {
                world.time.run_until(moment);
                world.kill();
                world.start();
            }
        }
        world.time.run_until(due + 4h);
    }
    EXPECT_THAT(world.broken_promises(kFirst, kFirst + days{9}), IsEmpty());
    EXPECT_EQ(differences(world, 10, 10), "");
    EXPECT_EQ(world.log.count("ERROR"), 0) << world.log.text();
}

TEST(OwnNodes, ThatHangHarmNobodyElse) {
    constexpr int kUsers = 1'000;
    NodesWorld world(4, 10);
    for (int i = 10; i < kUsers;
         ++i) { // their reports fail, the graph does not know their nodes; they are read all the same
        world.add_user(user(i), static_cast<std::uint32_t>(i));
    }
    world.connect_all(kUsers);
    world.reader.takes = [](const std::string& asked) { return number_of(asked) % 2 == 1 ? Timer::Span(1h) : 2s; };
    world.start();
    world.time.run_until(Time(kFirst) + 6h + 2min);
    for (int i = 0; i < kUsers; i += 2) {
        const auto kept = world.time.run(world.store().statements(user(i), kFirst, kFirst + days{1}));
        ASSERT_TRUE(kept && kept->size() == 1) << user(i);
        ASSERT_LE(kept->front().read_at, Time(kFirst) + 6h) << "before the reports were due";
    }
    for (int i = 0; i < 10; ++i) {
        const std::map<Day, json::Document> reports = world.reports(i);
        ASSERT_EQ(reports.size(), 1U);
        EXPECT_EQ(state_of_node(reports.at(kFirst)).at("status").as_string(), i % 2 == 0 ? "ok" : "unavailable");
        if (i % 2 == 0) {
            EXPECT_EQ(differences(i, kFirst, reports.at(kFirst)), "");
        } else {
            EXPECT_THAT(std::string(state_of_node(reports.at(kFirst)).at("error").as_string().value()),
                        HasSubstr("no answer in time"))
                << "the reason is told";
        }
    }
}

TEST(OwnNodes, AreWatchedAndTheDaysShareIsTold) {
    NodesWorld world(5, 10);
    world.connect_all(10);
    world.reader.takes = [](const std::string&) { return Timer::Span{}; };
    world.reader.fault = [&world](const std::string& asked) -> std::optional<Error> {
        const auto of_day = world.time.now() - std::chrono::floor<days>(world.time.now());
        const bool is_down = number_of(asked) == 3 && of_day >= 13h && of_day < 14h + 30min;
        return is_down ? std::optional(Error{ErrorKind::timeout, {"live.no_time", {}}}) : std::nullopt;
    };
    world.start();
    world.time.run_until(Time(kFirst) + days{3} + 12h);
    const auto uptime = [](const json::Document& report) {
        const Result<double> share = report.root().at("metrics").at("network").at("uptime_24h").as_double();
        return share ? std::optional(*share) : std::nullopt;
    };
    for (int i = 0; i < 10; ++i) {
        const std::map<Day, json::Document> reports = world.reports(i);
        EXPECT_EQ(uptime(reports.at(kFirst)), std::nullopt) << "nobody watched on the day before";
        EXPECT_EQ(uptime(reports.at(kFirst + days{1})), std::nullopt) << "too short: the watch began at five";
        for (int day = 2; day <= 3; ++day) {
            const double watched = 24 * 4; // quarters of an hour
            const double reached = i == 3 ? watched - 6 : watched;
            const std::optional<double> told = uptime(reports.at(kFirst + days{day}));
            ASSERT_TRUE(told) << i << " on day " << day;
            EXPECT_NEAR(*told, reached / watched, 0.001) << i << " on day " << day;
        }
    }
}

TEST(OwnNodes, AreNeitherReadNorLookedForWhereNobodyConnectedOne) {
    NodesWorld world(6, 10);
    world.start();
    world.time.run_until(Time(kFirst) + 12h);
    EXPECT_THAT(world.reader.reads, IsEmpty());
    EXPECT_THAT(world.reader.knocks, IsEmpty());
    EXPECT_EQ(world.calls["link"], 0) << "no report asks the store for one";
    EXPECT_EQ(world.calls["statements"], 0);
    EXPECT_EQ(state_of_node(world.reports(0).at(kFirst)).at("status").as_string(), "not_configured");
}

TEST(OwnNodes, WhoseAgentSentNothingAreToldAsSuch) {
    NodesWorld world(7, 10);
    world.connect(user(0), LinkKind::agent, "", "");
    world.start();
    world.time.run_until(Time(kFirst) + 12h);
    const std::map<Day, json::Document> reports = world.reports(0);
    const json::Cursor state = state_of_node(reports.at(kFirst));
    EXPECT_EQ(state.at("status").as_string(), "unavailable");
    EXPECT_THAT(std::string(state.at("error").as_string().value()), HasSubstr("agent"));
    EXPECT_EQ(state_of_node(world.reports(1).at(kFirst)).at("status").as_string(), "not_configured");
}

TEST(OwnNodes, AreReadForATriggeredRunOfTheirUserAlone) {
    NodesWorld world(8, 10, {.schedule = {.enabled = false}});
    world.connect_all(10);
    world.start();
    const std::vector<std::string> only = {user(4)};
    ASSERT_TRUE(world.time.run(world.runs().trigger(only)));
    world.time.run_for(2min);
    ASSERT_EQ(world.reader.reads.size(), 1U);
    EXPECT_EQ(world.reader.reads[0].url, url(4));
    EXPECT_EQ(differences(4, kFirst, world.reports(4).at(kFirst)), "");
}

TEST(OwnNodes, AreNotReadInAdvanceWhileTheDayBeforeMaySettle) {
    for (const auto& [at, first] : {std::pair(20min, 18min), std::pair(11min, 10min), std::pair(5min, 5min)}) {
        NodesWorld world(11, 10, {.schedule = {.at = at}});
        world.connect_all(10);
        world.start();
        world.time.run_until(Time(kFirst) + days{1} + 2h);
        ASSERT_FALSE(world.reader.reads.empty());
        const test::FakeNodeReader::Request* of_next_day = nullptr;
        for (const test::FakeNodeReader::Request& request : world.reader.reads) {
            of_next_day = of_next_day == nullptr && request.day > kFirst ? &request : of_next_day;
        }
        ASSERT_NE(of_next_day, nullptr);
        EXPECT_EQ(of_next_day->at, Time(kFirst) + days{1} + first);
        EXPECT_EQ(differences(4, kFirst + days{1}, world.reports(4).at(kFirst + days{1})), "");
    }
}

TEST(OwnNodes, BearAStoreThatFailsNowAndThen) {
    NodesWorld world(9, 10);
    world.connect_all(10);
    world.faults.store_fails = 0.03;
    world.faults.store_slow = 100ms;
    world.start();
    world.time.run_until(Time(kFirst) + days{4} + 20h);
    world.faults.store_fails = 0;
    world.time.run_until(Time(kFirst) + days{5} + 20h);
    EXPECT_THAT(world.broken_promises(kFirst, kFirst + days{5}), IsEmpty()) << world.log.text();
    EXPECT_EQ(differences(world, 10, 6), "");
}

TEST(OwnNodes, LetTheServiceStopWhileTheyHang) {
    NodesWorld world(10, 10);
    world.connect_all(10);
    world.reader.takes = [](const std::string&) { return Timer::Span(1h); };
    world.start();
    world.time.run_until(Time(kFirst) + 5h + 59min);
    const Timer::Span before = world.time.passed();
    world.stop_gently();
    EXPECT_LE(world.time.passed() - before, 2s);
}

} // namespace
} // namespace mcp::sim
