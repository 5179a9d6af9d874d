#include "tests/support/outside_samples.hpp"
#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::Beside;
using test::Scene;

std::optional<Finding> found(double hour, const std::vector<double>& days_before, Time now = test::kNoon) {
    const Beside beside(test::fees_of(hour, days_before), {}, now);
    const Surroundings surroundings = beside.surroundings();
    return onchain_fees(Scene(test::quiet_node().build()).beside(surroundings).input());
}

TEST(OnchainFees, TellACheapDayAgainstTheTwoWeeksBefore) {
    EXPECT_EQ(test::said(found(1.5, {3, 3, 4, 3, 2, 3, 5})),
              "info\n"
              "On-chain fees are low: 1.5 sat/vB\n"
              "For confirmation within an hour, as of 25 October 2025, 12:00 UTC; the median of 7 earlier days of the "
              "last two weeks is 3 sat/vB. A good time for channels that you want to open or close anyway.");
}

TEST(OnchainFees, TellADearDayAndToWait) {
    EXPECT_EQ(test::said(found(12, {3, 3, 4, 3, 2, 3, 5})),
              "info\n"
              "On-chain fees are high: 12 sat/vB\n"
              "For confirmation within an hour, as of 25 October 2025, 12:00 UTC; the median of 7 earlier days of the "
              "last two weeks is 3 sat/vB. Put off openings and closings that can wait.");
}

TEST(OnchainFees, AreQuietOnAUsualDayAndWhenNobodyKnows) {
    EXPECT_EQ(test::said(found(3, {3, 3, 4, 3, 2, 3, 5})), "nothing");
    EXPECT_EQ(test::said(found(12, {3, 3, 4, 3, 2, 3})), "nothing") << "six days say nothing";
    EXPECT_EQ(test::said(found(12, {3, 3, 4, 3, 2, 3, 5}, test::kNoon + test::hours{25})), "nothing") << "of yesterday";
    EXPECT_EQ(test::said(onchain_fees(Scene(test::quiet_node().build()).input())), "nothing");
}

TEST(OnchainFees, TellForHowLong) {
    const std::optional<Finding> third_day = found(9, {2, 2, 2, 2, 2, 2, 2, 2, 9, 9});
    ASSERT_TRUE(third_day && third_day->standing);
    EXPECT_EQ(third_day->standing->days, 3);
    EXPECT_TRUE(third_day->standing->before_is_known);
    EXPECT_FALSE(found(9, {2, 2, 2, 2, 2, 2, 2})->standing->before_is_known);
}

} // namespace
} // namespace mcp::analysis
