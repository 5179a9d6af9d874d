#include "analysis/recommendations/all.hpp"

#include "tests/support/own_node_samples.hpp"
#include "tests/support/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace mcp::analysis {
namespace {

using test::days;
using test::End;

TEST(RecommendationRules, HaveNamesOfTheirOwnAndTellInBothLanguagesWhenTheySpeak) {
    std::set<std::string_view> names;
    for (const RecommendationRule& rule : recommendation_rules()) {
        EXPECT_TRUE(names.insert(rule.rule).second) << rule.rule;
        const Message condition{rule.condition_key, {}};
        EXPECT_NE(language::render(condition, language::Language::en),
                  language::render(condition, language::Language::fr));
    }
    EXPECT_EQ(names.size(), 16u);
}

TEST(Recommendations, AreNoneForAQuietNode) {
    EXPECT_TRUE(recommendations(test::Scene(test::quiet_node().build()).input()).empty());
}

TEST(Recommendations, ComeLargestImpactFirstAndNamedByTheirRule) {
    const End gone{.ago = days{40}};
    domain::Network network = test::quiet_node()
                                  .set("us", "alice", gone, gone)
                                  .set("us", "bob", {.disabled = true}, {})
                                  .set("us", "carol", {.max_htlc_sats = 1000}, {})
                                  .build();
    network.nodes[test::node_named(network, "us")].has_tor = true;
    const std::vector<domain::Recommendation> advice = recommendations(test::Scene(std::move(network)).input());
    std::vector<std::string_view> rules;
    std::vector<double> impacts;
    for (const domain::Recommendation& one : advice) {
        rules.push_back(one.rule);
        impacts.push_back(one.impact_score);
    }
    EXPECT_THAT(rules, testing::ElementsAre("close_silent", "enable_own_side", "announce_clearnet", "raise_max_htlc"));
    EXPECT_THAT(impacts, testing::ElementsAre(2.5, 2.3, 1.0, 0.6));
}

TEST(Recommendations, GiveOnlyTheCommandsOfTheProgramThatTheNodeRuns) {
    const domain::Network network = test::quiet_node().set("us", "bob", {.disabled = true}, {}).build();
    const auto first = [&](std::optional<domain::OwnNode> node) {
        test::Scene scene(network);
        if (node) {
            scene.told(std::move(*node));
        }
        const auto advice = recommendations(scene.input());
        return std::pair(!advice.at(0).command_lnd.empty(), !advice.at(0).command_cln.empty());
    };
    EXPECT_EQ(first({}), std::pair(true, true)) << "nobody knows which it is";
    EXPECT_EQ(first(test::node_of(network)), std::pair(true, false));
    EXPECT_EQ(first(test::cln_of(network)), std::pair(false, true));
}

} // namespace
} // namespace mcp::analysis
