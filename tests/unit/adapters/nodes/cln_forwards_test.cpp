#include "adapters/nodes/cln_forwards.hpp"

#include "tests/support/recorded.hpp"
#include "tests/unit/adapters/nodes/cln_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace mcp::adapters {
namespace {

using domain::NodeDayFlow;
using test::ClnKept;
using testing::HasSubstr;

constexpr std::chrono::days kOne{1};

std::string answer_of(const std::vector<ClnKept>& forwards, bool has_index = true) {
    std::string rows;
    for (const ClnKept& kept : forwards) {
        rows += (rows.empty() ? "" : ",") + kept.text(has_index);
    }
    return "{\"forwards\":[" + rows + "]}";
}

Result<std::vector<ClnForward>> read(const std::vector<ClnKept>& forwards) {
    return read_cln_forwards(answer_of(forwards), true);
}

/// D-`back` at a moment: "23:59:59.9" is ".9" after 86399 seconds.
std::string moment(int back, std::int64_t second, const std::string& fraction = "0") {
    return std::to_string(test::cln_midnight(test::kClnDay - std::chrono::days{back}) + second) + "." + fraction;
}

TEST(ClnForwardsTest, RecordedForwardsAreRead) {
    const std::string answer = test::recorded_answer("recorded/cln-node/listforwards.examples.json", 1);
    if (answer.empty()) {
        GTEST_SKIP() << "no recorded answers beside the project";
    }
    for (const bool is_indexed : {true, false}) {
        const Result<std::vector<ClnForward>> told = read_cln_forwards(answer, is_indexed);
        ASSERT_TRUE(told) << test::ScriptedCln::fault(told);
        ASSERT_EQ(told->size(), 12U);
        const ClnForward& last = told->back();
        EXPECT_EQ(last.created_index, is_indexed ? 12U : 0U);
        EXPECT_EQ(last.in.text(), "116x1x1");
        EXPECT_EQ(last.out.text(), "130x1x0");
        EXPECT_EQ(last.amount_in - last.amount_out, Msat{501});
        EXPECT_EQ(last.resolved_s, 1'738'000'000);
        EXPECT_EQ((*told)[8].status, ClnForwardStatus::offered);
        EXPECT_EQ((*told)[8].day(), std::nullopt);
        EXPECT_EQ((*told)[6].status, ClnForwardStatus::local_failed);
        EXPECT_EQ((*told)[6].day(), Day{std::chrono::days{1'738'000'000 / 86'400}}) << "of the time it came: no other";
    }
    ClnWeek week(Day{std::chrono::days{1'738'000'000 / 86'400 + 1}}, {}, {});
    ASSERT_TRUE(week.add(*read_cln_forwards(answer, true)));
    const NodeDayFlow day = week.days().back();
    ASSERT_EQ(day.forwards.size(), 2U);
    EXPECT_EQ(day.forwards[0].count, 6);
    EXPECT_EQ(day.forwards[1],
              (domain::ForwardSum{*domain::ShortChannelId::parse("116x1x1"), *domain::ShortChannelId::parse("130x1x0"),
                                  2, Msat{100'001'002}, Msat{100'000'000}}));
    ASSERT_TRUE(day.failures);
    EXPECT_EQ(day.failures->size(), 2U);
    EXPECT_EQ((*day.failures)[0].here, 2);
}

TEST(ClnForwardsTest, ADayEndsAtMidnightAndNotBefore) {
    const std::vector<std::pair<std::string, int>> moments = {
        {moment(2, 86'399, "9"), 2},
        {moment(2, 86'399, "999999"), 2},
        {moment(2, 86'399, "999999999"), 2},
        {moment(1, 0, "0"), 1},
        {moment(1, 0, "000000001"), 1},
        {moment(1, 86'399, "999999999"), 1},
        {moment(0, 0, "0"), 0},
        {moment(7, 0, "0"), 7},
        {moment(8, 86'399, "999999999"), 8},
        {std::to_string(test::cln_midnight(test::kClnDay - kOne)), 1},
    };
    for (const auto& [resolved, back] : moments) {
        const Result<std::vector<ClnForward>> told =
            read({{.index = 1, .received = moment(9, 0), .resolved = resolved}});
        ASSERT_TRUE(told);
        EXPECT_EQ(told->at(0).day(), test::kClnDay - std::chrono::days{back}) << resolved;
        ClnWeek week(test::kClnDay, {}, {});
        ASSERT_TRUE(week.add(*told));
        for (const NodeDayFlow& flow : week.days()) {
            const bool is_of_it = flow.day == test::kClnDay - std::chrono::days{back};
            EXPECT_EQ(flow.forwards.size(), is_of_it ? 1U : 0U) << resolved;
        }
    }
}

TEST(ClnForwardsTest, AForwardBelongsToTheDayOnWhichItWasOver) {
    const std::string early = moment(3, 100);
    const std::string late = moment(2, 200);
    const Result<std::vector<ClnForward>> told = read({
        {.index = 1, .received = early, .resolved = late, .status = "settled"},
        {.index = 2, .received = early, .resolved = late, .status = "failed"},
        {.index = 3, .received = early, .status = "failed"},
        {.index = 4, .received = early, .status = "local_failed"},
        {.index = 5, .received = early, .resolved = late, .status = "local_failed"},
        {.index = 6, .received = early, .status = "offered"},
        {.index = 7, .received = "", .status = "local_failed"},
    });
    ASSERT_TRUE(told) << test::ScriptedCln::fault(told);
    const std::vector<std::optional<int>> back = {2, 2, 3, 3, 2, std::nullopt, std::nullopt};
    for (std::size_t i = 0; i < back.size(); ++i) {
        const auto day = back[i] ? std::optional(test::kClnDay - std::chrono::days{*back[i]}) : std::nullopt;
        EXPECT_EQ(told->at(i).day(), day) << i;
    }
}

TEST(ClnForwardsTest, FailuresTellWhereTheyWere) {
    ClnWeek week(test::kClnDay, {}, {});
    ASSERT_TRUE(week.add(*read({
        {.index = 1, .received = moment(1, 1), .resolved = moment(1, 2), .status = "failed"},
        {.index = 2, .received = moment(1, 1), .status = "local_failed"},
        {.index = 3, .received = moment(1, 1), .status = "local_failed"},
        {.index = 4, .received = moment(1, 1), .status = "local_failed", .out = ""},
    })));
    const NodeDayFlow day = week.days().back();
    ASSERT_TRUE(day.failures);
    ASSERT_EQ(day.failures->size(), 2U);
    EXPECT_EQ((*day.failures)[0].out.value, 0U) << "none was found";
    EXPECT_EQ((*day.failures)[1], (domain::FailureSum{*domain::ShortChannelId::parse("116x1x1"),
                                                      *domain::ShortChannelId::parse("130x1x0"), 2, 1}));
    EXPECT_TRUE(day.forwards.empty());
    EXPECT_TRUE(week.days().front().failures) << "a day without failures has none, which is known";
}

TEST(ClnForwardsTest, AnAliasIsTheChannelThatBearsIt) {
    const domain::ShortChannelId alias = *domain::ShortChannelId::parse("777x1x1");
    const domain::ShortChannelId real = *domain::ShortChannelId::parse("130x1x0");
    ClnWeek week(test::kClnDay, {}, {{alias, real}});
    ASSERT_TRUE(week.add(*read({{.index = 1, .received = moment(1, 1), .resolved = moment(1, 1), .out = "777x1x1"},
                                {.index = 2, .received = moment(1, 1), .resolved = moment(1, 1)}})));
    ASSERT_EQ(week.days().back().forwards.size(), 1U);
    EXPECT_EQ(week.days().back().forwards[0].out, real);
    EXPECT_EQ(week.days().back().forwards[0].count, 2);
}

TEST(ClnForwardsTest, KnownDaysAreNotWanted) {
    std::vector<NodeDayFlow> known;
    for (const int back : {7, 6, 4, 3, 2}) {
        known.push_back(
            {.day = test::kClnDay - std::chrono::days{back}, .forwards = {}, .sizes = {}, .failures = {}, .chain = {}});
    }
    ClnWeek week(test::kClnDay, known, {});
    EXPECT_TRUE(week.wants_any());
    EXPECT_EQ(week.first(), test::kClnDay - std::chrono::days{5});
    ASSERT_EQ(week.days().size(), 2U);
    EXPECT_EQ(week.days()[1].day, test::kClnDay - kOne);
    known.push_back(
        {.day = test::kClnDay - std::chrono::days{5}, .forwards = {}, .sizes = {}, .failures = {}, .chain = {}});
    known.push_back({.day = test::kClnDay - kOne, .forwards = {}, .sizes = {}, .failures = {}, .chain = {}});
    EXPECT_FALSE(ClnWeek(test::kClnDay, known, {}).wants_any());
}

TEST(ClnForwardsTest, TheSameForwardCountsOnce) {
    const ClnKept one{.index = 5, .received = moment(1, 1), .resolved = moment(1, 1), .htlc = 3};
    ClnWeek by_index(test::kClnDay, {}, {});
    ASSERT_TRUE(by_index.add(*read({one})));
    ASSERT_TRUE(by_index.add(*read({one})));
    EXPECT_EQ(by_index.days().back().forwards.at(0).count, 1);
    ClnKept another = one;
    another.htlc = 4;
    ClnWeek by_htlc(test::kClnDay, {}, {});
    ASSERT_TRUE(by_htlc.add(*read_cln_forwards(answer_of({one, one, another}, false), false)));
    EXPECT_EQ(by_htlc.days().back().forwards.at(0).count, 2);
}

TEST(ClnForwardsTest, WhatCannotBeIsRefusedWithItsPath) {
    const ClnKept good{.index = 1, .received = moment(1, 1), .resolved = moment(1, 2)};
    const std::string row = good.text(true);
    const std::vector<std::tuple<std::string, std::string, std::string>> lies = {
        {"\"in_msat\":10001", "\"in_msat\":-1", "forwards[0].in_msat"},
        {"\"in_msat\":10001", "\"in_msat\":2100000000000000001", "forwards[0].in_msat"},
        {"\"in_msat\":10001", "\"in_msat\":9999", "forwards[0].out_msat"},
        {"\"fee_msat\":1", "\"fee_msat\":2", "forwards[0].fee_msat"},
        {"\"out_msat\":10000", "\"out_msat\":null", "forwards[0].out_msat is missing"},
        {"\"status\":\"settled\"", "\"status\":\"vanished\"", "forwards[0].status"},
        {"\"status\":\"settled\"", "\"status\":null", "forwards[0].status is missing"},
        {"\"in_channel\":\"116x1x1\"", "\"in_channel\":\"116x1\"", "forwards[0].in_channel"},
        {"\"out_channel\":\"130x1x0\"", "\"out_channel\":null", "forwards[0].out_channel is missing"},
        {"\"in_htlc_id\":0", "\"in_htlc_id\":-1", "forwards[0].in_htlc_id"},
        {"\"created_index\":1", "\"created_index\":0", "forwards[0].created_index"},
        {"\"created_index\":1", "\"created_index\":null", "forwards[0].created_index is missing"},
        {"\"created_index\":1", "\"created_index\":18446744073709551615", "forwards[0].created_index"},
        {"\"resolved_time\":" + good.resolved, "\"resolved_time\":-1", "forwards[0].resolved_time"},
        {"\"resolved_time\":" + good.resolved, "\"resolved_time\":null", "forwards[0].resolved_time is missing"},
        {"\"received_time\":" + good.received, "\"received_time\":\"noon\"", "forwards[0].received_time"},
    };
    ASSERT_TRUE(read_cln_forwards("{\"forwards\":[" + row + "]}", true));
    for (const auto& [truth, lie, path] : lies) {
        std::string changed = row;
        ASSERT_NE(changed.find(truth), std::string::npos) << truth;
        changed.replace(changed.find(truth), truth.size(), lie);
        const Result<std::vector<ClnForward>> told = read_cln_forwards("{\"forwards\":[" + changed + "]}", true);
        ASSERT_FALSE(told) << lie;
        EXPECT_EQ(told.error().kind, ErrorKind::bad_upstream);
        EXPECT_THAT(test::ScriptedCln::fault(told), HasSubstr(path)) << lie;
    }
    EXPECT_THAT(test::ScriptedCln::fault(read({good, good})), HasSubstr("forwards[1].created_index"));
    for (const char* text : {"", "<html>", "[]", "{}", R"({"forwards":{}})"}) {
        EXPECT_FALSE(read_cln_forwards(text, true)) << text;
    }
}

TEST(ClnForwardsTest, ADayBeyondBeliefIsRefused) {
    const std::int64_t most = 2'000'000'000'000'000'000;
    ClnWeek week(test::kClnDay, {}, {});
    const Result<void> added = week.add(*read(
        {{.index = 1, .received = moment(1, 1), .resolved = moment(1, 1), .amount_in = most, .amount_out = most}}));
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().kind, ErrorKind::bad_upstream);
    EXPECT_THAT(test::ScriptedCln::fault(added), HasSubstr("2026-11-24"));
}

TEST(ClnForwardsTest, MissingNumbersAmongTheWantedDaysAreNoticed) {
    const auto deleted = [](const std::vector<std::pair<std::uint64_t, std::string>>& kept) {
        std::vector<ClnKept> all;
        for (const auto& [index, received] : kept) {
            all.push_back({.index = index, .received = received, .resolved = received});
        }
        ClnWeek week(test::kClnDay, {}, {});
        EXPECT_TRUE(week.add(*read(all)));
        return week.deleted();
    };
    EXPECT_EQ(deleted({{1, moment(6, 0)}, {2, moment(5, 0)}, {3, moment(0, 9)}}), 0U);
    EXPECT_EQ(deleted({{1, moment(6, 0)}, {5, moment(5, 0)}}), 3U);
    EXPECT_EQ(deleted({{4, moment(6, 0)}}), 3U) << "the first ones of all are gone";
    EXPECT_EQ(deleted({{7, moment(20, 0)}, {90, moment(9, 0)}, {91, moment(3, 0)}}), 0U) << "long before";
    EXPECT_EQ(deleted({{1, moment(9, 0)}, {5, moment(5, 0)}}), 3U) << "some of them may have been of the days";
    EXPECT_EQ(deleted({{1, moment(1, 5)}, {5, moment(0, 5)}}), 3U);
    EXPECT_EQ(deleted({{1, moment(1, 5)}, {2, moment(0, 5)}, {9, moment(0, 6)}}), 0U) << "after the days";
}

/// As the node would answer: the first forward from a number on.
std::optional<ClnForward> first_from(const std::vector<ClnForward>& all, std::uint64_t index) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.created_index >= index; });
    return found != all.end() ? std::optional(*found) : std::nullopt;
}

TEST(ClnForwardsTest, TheSearchLosesNothingWhateverTheGaps) {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        std::mt19937_64 random(seed);
        const std::uint64_t count = random() % 200;
        const std::uint64_t jump = 1ULL << (random() % 30);
        std::vector<ClnForward> all;
        std::uint64_t index = 0;
        std::int64_t time = 1'000'000;
        for (std::uint64_t i = 0; i < count; ++i) {
            index += 1 + random() % jump;
            time += static_cast<std::int64_t>(random() % 500);
            ClnForward one;
            one.created_index = index;
            one.received_s = time;
            all.push_back(one);
        }
        const std::int64_t from = 1'000'000 + static_cast<std::int64_t>(random() % 60'000);
        ClnForwardSearch search(from);
        int asked = 0;
        while (const std::optional<std::uint64_t> next = search.asks()) {
            search.saw(first_from(all, *next));
            ASSERT_LT(++asked, 60) << "seed " << seed;
        }
        std::uint64_t early = 0;
        for (const ClnForward& one : all) {
            if (*one.received_s >= from) {
                EXPECT_GE(one.created_index, search.begin()) << "lost, seed " << seed;
            } else {
                early += one.created_index > search.begin() ? 1 : 0;
            }
        }
        EXPECT_LE(early, ClnForwardSearch::kNear) << "reads too much, seed " << seed;
    }
}

TEST(ClnForwardsTest, AMillionForwardsAreSearchedWithFewQuestions) {
    const auto at = [](std::uint64_t index) -> std::optional<ClnForward> {
        if (index > 1'000'000) {
            return std::nullopt;
        }
        ClnForward one;
        one.created_index = index;
        one.received_s = static_cast<std::int64_t>(index);
        return one;
    };
    for (const std::int64_t from : {2LL, 5'000LL, 77'777LL, 500'000LL, 990'000LL, 1'000'000LL, 2'000'000LL}) {
        ClnForwardSearch search(from);
        int asked = 0;
        while (const std::optional<std::uint64_t> next = search.asks()) {
            search.saw(at(*next));
            ++asked;
        }
        EXPECT_LE(asked, 20) << from;
        EXPECT_LE(search.begin(), static_cast<std::uint64_t>(from)) << from;
        EXPECT_GE(search.begin() + ClnForwardSearch::kNear, std::min<std::uint64_t>(from, 1'000'000)) << from;
    }
}

TEST(ClnForwardsTest, ALyingNodeCannotKeepTheSearchBusy) {
    for (unsigned seed = 1; seed <= 200; ++seed) {
        std::mt19937_64 random(seed);
        ClnForwardSearch search(1000);
        int asked = 0;
        while (const std::optional<std::uint64_t> next = search.asks()) {
            ClnForward one; // any number from the asked one on, at any time
            one.created_index = *next + random() % (1ULL << (random() % 40));
            one.received_s = static_cast<std::int64_t>(random() % 2000);
            search.saw(random() % 5 == 0 ? std::nullopt : std::optional(one));
            ASSERT_LT(++asked, 100) << seed;
        }
    }
}

} // namespace
} // namespace mcp::adapters
