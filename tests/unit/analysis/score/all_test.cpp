#include "analysis/score/all.hpp"

#include "analysis/absences.hpp"
#include "tests/support/own_node_samples.hpp"
#include "tests/support/scene.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace mcp::analysis {
namespace {

using domain::Figure;
using domain::ScorePart;

constexpr double kNone = -1;

/// Parts of those values in the order of the table; kNone: absent.
std::vector<ScorePart> parts(const std::vector<double>& values) {
    std::vector<ScorePart> made;
    for (std::size_t i = 0; i < values.size(); ++i) {
        made.push_back({.name = score_part_rules()[i].name,
                        .value = values[i] == kNone ? Figure<double>(needs_node()) : Figure<double>(values[i]),
                        .weight = score_part_rules()[i].weight,
                        .inputs = {},
                        .change_24h = no_yesterday()});
    }
    return made;
}

TEST(ScoreParts, AreSixThatWeighAHundredTogether) {
    double sum = 0;
    for (const ScorePartRule& rule : score_part_rules()) {
        sum += rule.weight;
    }
    EXPECT_EQ(score_part_rules().size(), 6u);
    EXPECT_EQ(sum, 100);
}

TEST(ScoreParts, ComeInTheOrderOfTheTableWithWeightsAndInputs) {
    const std::vector<ScorePart> made = score_parts(test::DayOfUs(test::quiet_node().build()).us);
    ASSERT_EQ(made.size(), 6u);
    EXPECT_EQ(made[0].name, "availability");
    EXPECT_EQ(*made[0].value, 100);
    EXPECT_EQ(made[0].weight, 20);
    EXPECT_FALSE(made[1].value);
    EXPECT_EQ(made[4].name, "position");
    EXPECT_FALSE(made[4].value);
    EXPECT_EQ(*made[5].value, 90);
    EXPECT_EQ(test::why(made[5].change_24h), "no graph of the day before was given");
}

TEST(WeightedScore, IsTheMeanByWeightOfTheSixParts) {
    EXPECT_DOUBLE_EQ(*weighted_score(parts({100, 80, 60, 40, 20, 0})), (2000 + 1600 + 1200 + 400 + 300 + 0) / 100.0);
}

TEST(WeightedScore, WeighsThePartsThatAreThereAnew) {
    EXPECT_DOUBLE_EQ(*weighted_score(parts({100, kNone, kNone, kNone, 90, 90})), 94); // (2000 + 1350 + 1350) / 50
    EXPECT_DOUBLE_EQ(*weighted_score(parts({kNone, kNone, kNone, kNone, kNone, 37})), 37);
}

TEST(WeightedScore, IsAbsentWithoutAnyPart) {
    EXPECT_FALSE(weighted_score(parts({kNone, kNone, kNone, kNone, kNone, kNone})));
}

TEST(ExplainChange, ComparesOnlyPartsThatBothDaysHave) {
    std::vector<ScorePart> today = parts({100, kNone, kNone, kNone, kNone, 90});
    const Figure<double> delta = explain_change(today, parts({75, kNone, kNone, kNone, 50, 90}));
    EXPECT_DOUBLE_EQ(*delta, 14.3); // 20 x 25 / 35 = 14.286
    EXPECT_DOUBLE_EQ(*today[0].change_24h, 14.3);
    EXPECT_DOUBLE_EQ(*today[5].change_24h, 0);
    EXPECT_EQ(test::why(today[4].change_24h), "not known on both days");
    EXPECT_EQ(test::why(today[1].change_24h), "not known on both days");
}

TEST(ExplainChange, GivesWhatRoundingLeavesToTheLargestRemainder) {
    // 20, 10 and 15 of 45 points: +0.444, -0.222 and +0.333 of the score, 0.556 together
    std::vector<ScorePart> today = parts({51, kNone, kNone, 49, 51, kNone});
    EXPECT_DOUBLE_EQ(*explain_change(today, parts({50, kNone, kNone, 50, 50, kNone})), 0.6);
    EXPECT_DOUBLE_EQ(*today[0].change_24h, 0.5);
    EXPECT_DOUBLE_EQ(*today[3].change_24h, -0.2);
    EXPECT_DOUBLE_EQ(*today[4].change_24h, 0.3);
}

TEST(ExplainChange, IsAbsentWhenNoPartIsCommon) {
    std::vector<ScorePart> today = parts({100, kNone, kNone, kNone, kNone, kNone});
    EXPECT_EQ(test::why(explain_change(today, parts({kNone, kNone, kNone, kNone, kNone, 90}))),
              "not known on both days");
    EXPECT_FALSE(today[0].change_24h);
}

/// The change in whole tenths; the parts' changes, too.
void expect_exact_decomposition(const std::vector<double>& before, const std::vector<double>& after) {
    std::vector<ScorePart> today = parts(after);
    const std::vector<ScorePart> yesterday = parts(before);
    const Figure<double> delta = explain_change(today, yesterday);
    double points = 0;
    double weights = 0;
    std::int64_t tenths = 0;
    for (std::size_t i = 0; i < today.size(); ++i) {
        ASSERT_EQ(today[i].change_24h.has_value(), today[i].value && yesterday[i].value);
        if (today[i].change_24h) {
            points += today[i].weight * (after[i] - before[i]);
            weights += today[i].weight;
            tenths += std::llround(10 * *today[i].change_24h);
        }
    }
    ASSERT_EQ(delta.has_value(), weights > 0);
    if (delta) {
        EXPECT_EQ(std::llround(10 * *delta), tenths);
        EXPECT_NEAR(*delta, points / weights, 0.05 + 1e-9);
        for (std::size_t i = 0; i < today.size(); ++i) {
            if (today[i].change_24h) {
                EXPECT_NEAR(*today[i].change_24h, today[i].weight * (after[i] - before[i]) / weights, 0.1 + 1e-9);
            }
        }
    }
}

TEST(ExplainChange, AddsUpToTheTenthWhateverThePartsAre) {
    std::mt19937 chance(20251025);
    const auto any_part = [&] { return chance() % 4 == 0 ? kNone : static_cast<double>(chance() % 100'001) / 1000; };
    for (int round = 0; round < 2000; ++round) {
        std::vector<double> before(6);
        std::vector<double> after(6);
        std::generate(before.begin(), before.end(), any_part);
        std::generate(after.begin(), after.end(), any_part);
        expect_exact_decomposition(before, after);
    }
}

TEST(ScoreParts, TellThePublicViewApart) {
    test::DayOfUs day(test::quiet_node().build());
    const domain::OwnNode node = test::node_of(day.facts->network);
    const auto present = [](const std::vector<ScorePart>& parts) {
        return std::count_if(parts.begin(), parts.end(), [](const ScorePart& part) { return part.value.has_value(); });
    };
    const std::optional<double> before = weighted_score(score_parts(day.us));
    day.us.tell(node);
    EXPECT_EQ(present(public_score_parts(day.us)), 2);
    EXPECT_EQ(weighted_score(public_score_parts(day.us)), before);
    EXPECT_EQ(present(score_parts(day.us)), 4);
}

TEST(ExplainChange, CallsNoChangeWhatTheNodeToldOnOneOfTheDaysOnly) {
    test::DayOfUs yesterday(test::quiet_node().build());
    test::DayOfUs today(test::quiet_node().build());
    const domain::OwnNode node = test::node_of(today.facts->network);
    today.us.tell(node);
    std::vector<ScorePart> parts = score_parts(today.us);
    EXPECT_EQ(test::why(explain_change(parts, score_parts(yesterday.us))),
              "measured by the node itself on one of the two days only");
    for (const ScorePart& part : parts) {
        if (part.name == "availability" || part.name == "risk") {
            EXPECT_EQ(test::why(part.change_24h), "measured by the node itself on one of the two days only")
                << part.name;
        }
    }
}

} // namespace
} // namespace mcp::analysis
