#include "analysis/recommendations/onchain_cost.hpp"

#include "analysis/open_search.hpp"
#include "analysis/recommendations/all.hpp"
#include "tests/support/outside_samples.hpp"
#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::days;
using test::End;

const End kGone{.ago = days{40}};
const std::vector<double> kWeek = {3, 3, 4, 3, 2, 3, 5};

/// Of the channel with alice, silent for 40 days.
domain::Recommendation closing(const domain::Outside& outside, Time now = test::kNoon) {
    const test::Beside beside(outside, {}, now);
    const Surroundings surroundings = beside.surroundings();
    test::Scene scene(test::quiet_node().set("us", "alice", kGone, kGone).build());
    return *close_silent(scene.beside(surroundings).input());
}

domain::Recommendation opening(const domain::Outside& outside) {
    const test::Beside beside(outside);
    const Surroundings surroundings = beside.surroundings();
    const domain::Network network = test::quiet_node().node("erin").build();
    const OpenAdvice advice{.capacity = kOpeningCapacity,
                            .amount = kTypicalPayment,
                            .betweenness_now = 100,
                            .usual_fee = Ppm{50},
                            .own_fees = {Ppm{50}},
                            .candidates = {{test::node_named(network, "erin"), 10, {30}}}};
    test::Scene scene(network);
    return *open_to_best(scene.with(advice).beside(surroundings).input());
}

std::string end_of(const domain::Recommendation& advice) {
    const std::string text = test::english(advice.description);
    return text.substr(text.find("On-chain"));
}

TEST(OnchainCost, OfAnOpeningIsToldWithOneInput) {
    const domain::Recommendation advice = opening(test::fees_of(3, kWeek));
    EXPECT_EQ(*advice.onchain_cost, Sat{459}); // 153 vB x 3 sat/vB
    EXPECT_EQ(end_of(advice), "On-chain it costs about 459 sat today, at 3 sat/vB (within an hour): 153 vB with one "
                              "input of your wallet, 68 vB more for each further one.");
}

TEST(OnchainCost, OfAForceCloseBringsTheCoinsBack) {
    const domain::Recommendation advice = closing(test::fees_of(0.295, kWeek));
    EXPECT_EQ(*advice.onchain_cost, Sat{121}); // 403 vB x 0.3 sat/vB, rounded up
    EXPECT_EQ(end_of(advice), "On-chain, closing one and bringing its coins back takes about 403 vB without payments "
                              "in flight: 121 sat at today's 0.3 sat/vB (within an hour); who opened the channel pays "
                              "most of it.");
}

TEST(OnchainCost, RoundsUpButNotForTheSakeOfABinaryFraction) {
    EXPECT_EQ(*opening(test::fees_of(0.2, kWeek)).onchain_cost, Sat{31});     // 30.6
    EXPECT_EQ(*closing(test::fees_of(10.1, kWeek)).onchain_cost, Sat{4'071}); // 4070.3
    EXPECT_EQ(*closing(test::fees_of(2.2, kWeek)).onchain_cost, Sat{887});    // 886.6
    EXPECT_EQ(*opening(test::fees_of(1.1, kWeek)).onchain_cost, Sat{169});    // 168.3
}

TEST(OnchainCost, AdvisesToWaitOnADearDayAndNoMore) {
    const domain::Recommendation dear = opening(test::fees_of(12, kWeek));
    EXPECT_EQ(end_of(dear), "On-chain it costs about 1,836 sat today, at 12 sat/vB (within an hour): 153 vB with one "
                            "input of your wallet, 68 vB more for each further one. Fees are high today, 3 sat/vB is "
                            "usual: wait if you can.");
    EXPECT_EQ(dear.impact_score, opening(test::fees_of(3, kWeek)).impact_score);
    EXPECT_NE(end_of(closing(test::fees_of(12, kWeek))).find("wait if you can."), std::string::npos);
}

TEST(OnchainCost, IsAbsentWithItsReasonWhereTodaysFeesAreUnknown) {
    domain::Outside silent;
    silent.states = {test::source_in(domain::source::kMempool, domain::SourceStatus::unavailable)};
    EXPECT_EQ(test::why(closing(silent).onchain_cost), "mempool is unavailable");
    EXPECT_EQ(test::english(closing(silent).description).find("On-chain"), std::string::npos);
    EXPECT_EQ(test::why(opening(domain::Outside{}).onchain_cost), "mempool is not configured");
    EXPECT_EQ(test::why(closing(test::fees_of(3, kWeek), test::kNoon + test::hours{25}).onchain_cost),
              "the on-chain fees are those of 25 October 2025, 12:00 UTC, too old to be today's");
}

TEST(OnchainCost, IsNothingForAdviceThatNeedsNoTransaction) {
    test::Scene scene(test::quiet_node().set("us", "bob", {.disabled = true}, {}).build());
    EXPECT_EQ(*enable_own_side(scene.input())->onchain_cost, Sat{0});
    EXPECT_EQ(test::why(close_silent(test::Scene(test::quiet_node().set("us", "alice", kGone, kGone).build()).input())
                            ->onchain_cost),
              "mempool is not configured");
}

} // namespace
} // namespace mcp::analysis
