#include "flow/outside/run_outside.hpp"

#include "flow/outside/failure.hpp"
#include "language/language.hpp"
#include "tests/support/fake_source.hpp"
#include "tests/support/fake_store.hpp"
#include "tests/support/network_builder.hpp"
#include "tests/support/service_fakes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::flow {
namespace {

using namespace std::chrono_literals;
using domain::Outside;
using domain::SourceState;
using domain::SourceStatus;
using ports::KeptAnswer;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Day kToday{std::chrono::year{2026} / 3 / 10};
constexpr Time kNow = Time(kToday) + 6h;

const ports::Question kFees{.name = "fees", .of_node = false, .fresh = 1h, .nodes_max = 1, .keeps_days = true};
const ports::Question kNetwork{.name = "network", .of_node = false, .fresh = 12h, .nodes_max = 1, .keeps_days = false};
const ports::Question kNode{.name = "node", .of_node = true, .fresh = 20h, .nodes_max = 1, .keeps_days = false};

class RunOutsideTest : public testing::Test {
public:
    void keep(const std::string& question, Time answered_at, std::string answer, std::string failure = {}) {
        const bool by_day = question == "fees";
        KeptAnswer kept{.source = "mempool",
                        .question = question,
                        .subject = question == "node" ? test::key_of(1).hex() : std::string(),
                        .asked_at = answered_at,
                        .answered_at = answered_at,
                        .answer = std::move(answer),
                        .failure = std::move(failure)};
        ASSERT_TRUE(time.run(store.keep_answer(std::move(kept), by_day)));
    }
    void keep_all(Time answered_at) {
        keep("fees", answered_at, "fees 7");
        keep("network", answered_at, "network 30000");
        keep("node", answered_at, "node 12");
    }
    [[nodiscard]] Outside outside() {
        Env env{.clock = time.clock(),
                .timer = time.timer(),
                .log = log,
                .metrics = metrics,
                .chance = chance,
                .compute = time.pool(),
                .blocking = time.pool()};
        std::vector<AskedSource> sources{{.source = &mempool}};
        const auto run = time.run(RunOutside::read(env, store, std::move(sources)));
        const std::optional<Error> fault = std::exchange(store.fault, std::nullopt);
        const auto about_node = time.run(store.answers(test::key_of(1).hex())).value();
        store.fault = fault;
        return run->of(about_node, time.now());
    }
    static SourceState state(const Outside& outside, std::string_view name = "mempool") {
        for (const SourceState& one : outside.states) {
            if (one.name == name) {
                return one;
            }
        }
        ADD_FAILURE() << name << " has no state";
        return {};
    }
    static std::string error(const Outside& outside) {
        const std::optional<Message> message = state(outside).error;
        return message ? language::render(*message, language::Language::en) : std::string();
    }

    test::VirtualTime time{kNow};
    test::FakeStore store;
    test::KeptLog log;
    test::KeptMetrics metrics;
    test::SeededChance chance{1};
    test::FakeSource mempool{domain::source::kMempool, {kFees, kNetwork, kNode}, time};
};

TEST_F(RunOutsideTest, TellsWhatWasAnsweredForTheDay) {
    keep_all(kNow - 10min);
    const Outside told = outside();
    ASSERT_TRUE(told.fees);
    EXPECT_EQ(told.fees->hour, 7);
    EXPECT_EQ(told.fees->asked_at, kNow - 10min);
    ASSERT_THAT(told.networks, SizeIs(1));
    EXPECT_EQ(told.networks[0].channels, 30'000);
    ASSERT_THAT(told.nodes, SizeIs(1));
    EXPECT_EQ(told.nodes[0].channels, 12);
    const SourceState mempool_state = state(told);
    EXPECT_EQ(mempool_state.status, SourceStatus::ok);
    EXPECT_EQ(mempool_state.fetched_at, kNow - 10min);
    EXPECT_EQ(mempool_state.age_seconds, 600);
    EXPECT_FALSE(mempool_state.error);
    EXPECT_EQ(state(told, "amboss").status, SourceStatus::not_configured);
}

TEST_F(RunOutsideTest, IsUnavailableWhenItNeverAnswered) {
    EXPECT_EQ(state(outside()).status, SourceStatus::unavailable);
    EXPECT_EQ(error(outside()), "each run asks about a bounded number of nodes, the longest unasked first, and this "
                                "node's turn has not come");
    keep("fees", {}, "", R"({"kind":"timeout","english":"gone for 30 s"})");
    const Outside told = outside();
    EXPECT_EQ(state(told).status, SourceStatus::unavailable);
    EXPECT_FALSE(state(told).fetched_at);
    EXPECT_FALSE(state(told).age_seconds);
    EXPECT_EQ(error(told), "no answer in time: gone for 30 s");
    EXPECT_FALSE(told.fees);
}

TEST_F(RunOutsideTest, IsStaleWithTheAgeOfTheOldestAnswer) {
    keep_all(kNow);
    keep("node", kNow - 26h, "node 12");
    EXPECT_EQ(state(outside()).status, SourceStatus::ok) << "yesterday's, asked a little early";
    keep("node", kNow - 26h - 1s, "node 12");
    const Outside told = outside();
    EXPECT_EQ(state(told).status, SourceStatus::stale);
    EXPECT_EQ(state(told).age_seconds, 26 * 3600 + 1);
    EXPECT_EQ(error(told), "each run asks about a bounded number of nodes, the longest unasked first, and this node's "
                           "turn has not come");
    EXPECT_EQ(told.nodes[0].channels, 12) << "told all the same";
    keep("node", kNow - 48h, "node 12", R"({"kind":"unavailable","english":"refused"})");
    EXPECT_EQ(error(outside()), "cannot be reached: refused");
}

TEST_F(RunOutsideTest, IsStaleForANodeThatWasNotAskedAboutYet) {
    keep("fees", kNow, "fees 7");
    keep("network", kNow, "network 30000");
    const Outside told = outside();
    EXPECT_EQ(state(told).status, SourceStatus::stale);
    EXPECT_EQ(state(told).age_seconds, 0);
    EXPECT_THAT(told.nodes, IsEmpty());
    EXPECT_TRUE(told.fees);
}

TEST_F(RunOutsideTest, TellsNoFeesOfAnotherDay) {
    keep_all(kNow);
    keep("fees", Time(kToday), "fees 9");
    EXPECT_EQ(outside().fees->hour, 9);
    EXPECT_EQ(state(outside()).status, SourceStatus::ok);
    keep("fees", Time(kToday) - 1s, "fees 9");
    EXPECT_FALSE(outside().fees) << "six hours and a second old, of yesterday";
    EXPECT_EQ(state(outside()).status, SourceStatus::stale);
    EXPECT_EQ(error(outside()), "it was not asked in time for this report");
    keep("fees", kNow - 5h - 59min, "fees 9");
    EXPECT_TRUE(outside().fees);
}

TEST_F(RunOutsideTest, TakesANetworkOfYesterdayWhileNobodyWouldAskAnew) {
    keep_all(kNow);
    keep("network", kNow - 11h, "network 30000");
    EXPECT_EQ(state(outside()).status, SourceStatus::ok);
    keep("network", kNow - 13h, "network 30000");
    EXPECT_EQ(state(outside()).status, SourceStatus::stale);
    EXPECT_THAT(outside().networks, SizeIs(1)) << "with its date";
}

TEST_F(RunOutsideTest, TellsNothingOfAnAnswerThatCannotBeRead) {
    keep_all(kNow);
    keep("node", kNow, "what an older version kept");
    const Outside told = outside();
    EXPECT_THAT(told.nodes, IsEmpty());
    EXPECT_EQ(state(told).status, SourceStatus::stale);
    EXPECT_THAT(error(told), testing::StartsWith("its answer cannot be used: "));
}

TEST_F(RunOutsideTest, TellsFeesOfTheFourteenDaysBefore) {
    keep_all(kNow);
    for (int day = 1; day <= 20; ++day) {
        if (day != 5) {
            keep("fees", kNow - std::chrono::days{day}, fmt::format("fees {}", day));
        }
    }
    keep("fees", kNow - std::chrono::days{7}, "spoilt");
    const Outside told = outside();
    ASSERT_THAT(told.fees_of_days, SizeIs(12)) << "of fourteen, less one without and one that cannot be read";
    EXPECT_EQ(told.fees_of_days.front().day, kToday - std::chrono::days{14});
    EXPECT_EQ(told.fees_of_days.front().hour, 14);
    EXPECT_EQ(told.fees_of_days.back().day, kToday - std::chrono::days{1});
}

TEST_F(RunOutsideTest, NamesTheStoreWhenItCannotBeRead) {
    keep_all(kNow);
    store.fault = Error{.kind = ErrorKind::unavailable, .what = {"system.disk_full", {}}};
    const Outside told = outside();
    EXPECT_FALSE(told.fees);
    EXPECT_EQ(state(told).status, SourceStatus::stale) << "the node's answer was read";
    EXPECT_THAT(error(told), testing::StartsWith("cannot be reached: "));
    EXPECT_EQ(log.count("ERROR sources What the sources said cannot be read"), 1);
    store.fault.reset();
}

std::string told(const Error& error, language::Language language) {
    return language::render(failure_message(failure_text(error)), language);
}

TEST(Failure, IsToldInBothLanguages) {
    const Error cut_off{.kind = ErrorKind::timeout, .what = {"outside.cut_off", {}}};
    EXPECT_EQ(told(cut_off, language::Language::en),
              "no answer in time: no answer came before the reports had to be made");
    EXPECT_EQ(told(cut_off, language::Language::fr),
              "pas de réponse à temps\u00a0: aucune réponse n'est arrivée avant l'heure de faire les rapports");
}

TEST(Failure, KeepsItsFiguresAndTexts) {
    const Error left_alone{
        .kind = ErrorKind::unavailable,
        .what = {"manners.left_alone",
                 {{"source", "mempool"}, {"count", std::int64_t{1}}, {"seconds", std::int64_t{60}}}}};
    const Error elsewhere = Error(left_alone).in({"outside.not_asked", {}});
    const std::string before = language::render(left_alone.what, language::Language::fr);
    EXPECT_THAT(told(elsewhere, language::Language::fr), testing::EndsWith(before));
}

TEST(Failure, IsTheErrorThatItWasWithFiguresOfAllKinds) {
    const std::vector<MessageValue> values = {std::string("a \"b\\"),
                                              std::int64_t{-3},
                                              Sat{12'345},
                                              Msat{12'345'678},
                                              Ppm{250},
                                              Share{0.125, 1},
                                              Decimal{2.5, 2},
                                              kNow,
                                              kToday,
                                              std::vector<Message>{{"outside.fault", {}}, {"outside.cut_off", {}}}};
    for (const MessageValue& value : values) {
        const Error before{.kind = ErrorKind::unauthenticated,
                           .what = {"facts.figure", {{"value", value}}},
                           .steps = {{"live.source", {{"source", "lnd"}}}}};
        const Error after = failure_error(failure_text(before));
        EXPECT_EQ(after.kind, before.kind);
        EXPECT_EQ(after.what.args.at(0).value.index(), value.index());
        for (const auto language : {language::Language::fr, language::Language::en}) {
            EXPECT_EQ(language::render(after, language), language::render(before, language));
        }
    }
}

TEST(Failure, IsAnErrorThoughAnotherVersionWroteIt) {
    const auto english = [](std::string_view kept) {
        return language::render(failure_error(kept), language::Language::en);
    };
    EXPECT_EQ(english("no JSON"), "no JSON");
    EXPECT_EQ(english(R"({"kind":"timeout","english":"late","key":"gone.from.the.table","args":{}})"), "late");
    EXPECT_EQ(english(R"({"kind":"timeout","english":"late","steps":[{"key":"gone"}],"key":"outside.fault"})"), "late");
    EXPECT_EQ(failure_error(R"({"kind":"refused"})").kind, ErrorKind::forbidden);
    EXPECT_EQ(failure_error(R"({"kind":"new"})").kind, ErrorKind::internal);
    EXPECT_EQ(english(R"({"kind":"timeout","english":"late","key":"headline.alert","args":{"what":[)"
                      R"({"key":"headline.alert","args":{"what":[{"key":"headline.alert","args":{"what":[)"
                      R"({"key":"headline.alert","args":{"what":[{"key":"headline.alert","args":{"what":[)"
                      R"({"key":"outside.fault"}]}}]}}]}}]}}]}})"),
              "late")
        << "nobody nests so deep";
}

TEST(Failure, IsToldThoughAnotherVersionWroteIt) {
    const auto english = [](std::string_view kept) {
        return language::render(failure_message(kept), language::Language::en);
    };
    EXPECT_EQ(english("no JSON"), "could not be asked: no JSON");
    EXPECT_EQ(english(R"({"kind":"timeout","english":"late","key":"gone.from.the.table","args":{}})"),
              "no answer in time: late");
    EXPECT_EQ(english(R"({"kind":"new","english":"late"})"), "could not be asked: late");
    EXPECT_EQ(english(R"({"kind":"timeout"})"), "no answer in time: ?");
    const std::string lacks = R"({"kind":"timeout","english":"late","key":"manners.left_alone","args":{"count":1}})";
    EXPECT_EQ(english(lacks), "no answer in time: late");
    const std::string wrong =
        R"({"kind":"timeout","english":"late","key":"manners.left_alone","args":{"source":"m","count":1,"seconds":"x"}})";
    EXPECT_EQ(english(wrong), "no answer in time: late") << "a count that is no number would have no plural";
}

TEST(Failure, IsBoundedAndOnOneLine) {
    const std::string hostile = "a\n\"}\\b" + std::string(299, 'c') + "éé" + std::string(1000, 'd');
    const Error error{.kind = ErrorKind::unavailable, .what = {"provider.said_no", {{"text", hostile}}}};
    const std::string text = failure_text(error);
    EXPECT_LT(text.size(), 800U);
    EXPECT_EQ(text.find('\n'), std::string::npos);
    EXPECT_LT(told(error, language::Language::fr).size(), 400U);
}

} // namespace
} // namespace mcp::flow
