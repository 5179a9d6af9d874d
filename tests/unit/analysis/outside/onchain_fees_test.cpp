#include "analysis/outside/onchain_fees.hpp"

#include "tests/support/outside_samples.hpp"
#include "tests/support/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::FeeLevel;
using domain::SourceStatus;
using test::days;
using test::hours;

const domain::SourceState kMempool = test::source_in(domain::source::kMempool, SourceStatus::ok);
const std::vector<double> kWeek = {1, 2, 3, 4, 5, 6, 7};

std::string shown(double rate) {
    return test::english({"alert.onchain_fees.dear", {{"rate", rate_words(rate)}}});
}

TEST(UsualFees, AreTheMedianOfTheTwoWeeksBefore) {
    std::vector<double> fees{99};                      // of D-15: too long ago
    fees.insert(fees.end(), {1, 2, 3, 4, 5, 6, 7, 8}); // D-14 .. D-7
    fees.insert(fees.end(), {9, 10, 11, 12, 13, 100}); // D-6 .. D-1
    domain::Outside outside = test::fees_of(1, fees);
    outside.fees_of_days.push_back({.day = test::kOutsideDay, .hour = 1'000}); // its own day does not count
    const UsualFees usual = usual_fees(outside.fees_of_days, test::kOutsideDay);
    EXPECT_EQ(usual.days, 14);
    EXPECT_EQ(usual.median, 7.5);
}

TEST(UsualFees, AreUnknownWithFewerThanSevenDays) {
    EXPECT_EQ(usual_fees(test::fees_of(1, {1, 2, 3, 4, 5, 6}).fees_of_days, test::kOutsideDay).median, std::nullopt);
    EXPECT_EQ(usual_fees(test::fees_of(1, kWeek).fees_of_days, test::kOutsideDay).median, 4);
}

TEST(FeeLevel, IsUnusualFromTwiceAndHalfOn) {
    EXPECT_EQ(fee_level(8, 4), FeeLevel::dear);
    EXPECT_EQ(fee_level(7.9, 4), FeeLevel::normal);
    EXPECT_EQ(fee_level(2, 4), FeeLevel::cheap);
    EXPECT_EQ(fee_level(2.1, 4), FeeLevel::normal);
}

TEST(FeeLevel, CallsNoDifferenceBelowOneSatPerVbyteUnusual) {
    EXPECT_EQ(fee_level(1.1, 0.2), FeeLevel::normal);
    EXPECT_EQ(fee_level(1.2, 0.2), FeeLevel::dear);
    EXPECT_EQ(fee_level(0.2, 1.1), FeeLevel::normal);
    EXPECT_EQ(fee_level(0.1, 1.1), FeeLevel::cheap);
}

TEST(RoundedRate, KeepsNoMoreThanAReaderCanUse) {
    EXPECT_DOUBLE_EQ(rounded_rate(12.3456), 12.35);
    EXPECT_DOUBLE_EQ(rounded_rate(0.587), 0.59);
    EXPECT_DOUBLE_EQ(rounded_rate(0.0321), 0.032);
    EXPECT_DOUBLE_EQ(rounded_rate(3), 3);
    EXPECT_EQ(rounded_rate(0), 0);
}

TEST(RateWords, HaveTheDecimalsThatTheRateHas) {
    EXPECT_EQ(shown(3), "On-chain fees are high: 3 sat/vB");
    EXPECT_EQ(shown(1.2), "On-chain fees are high: 1.2 sat/vB");
    EXPECT_EQ(shown(12.3456), "On-chain fees are high: 12.35 sat/vB");
    EXPECT_EQ(shown(0.295), "On-chain fees are high: 0.3 sat/vB");
    EXPECT_EQ(shown(0.0321), "On-chain fees are high: 0.032 sat/vB");
    EXPECT_EQ(shown(1234), "On-chain fees are high: 1,234 sat/vB");
}

TEST(OnchainFigures, TellWhatWasToldAndWhen) {
    const domain::Outside outside = test::fees_of(1.234, kWeek);
    const domain::OnchainFigures figures = onchain_figures(&outside, kMempool, test::kNoon + hours{1});
    EXPECT_EQ(*figures.next_block, 2.23);
    EXPECT_EQ(*figures.half_hour, 1.73);
    EXPECT_EQ(*figures.hour, 1.23);
    EXPECT_EQ(*figures.economy, 0.62);
    EXPECT_EQ(*figures.minimum, 0.1);
    EXPECT_EQ(*figures.as_of, test::kNoon);
    EXPECT_EQ(*figures.usual_hour, 4);
    EXPECT_EQ(figures.days_compared, 7);
    EXPECT_EQ(*figures.level, FeeLevel::cheap);
}

TEST(OnchainFigures, SayHowManyDaysAreTooFew) {
    const domain::Outside outside = test::fees_of(1, {1, 2});
    const domain::OnchainFigures figures = onchain_figures(&outside, kMempool, test::kNoon);
    EXPECT_EQ(figures.days_compared, 2);
    for (const std::string& reason : {test::why(figures.usual_hour), test::why(figures.level)}) {
        EXPECT_EQ(reason, "on-chain fees of only 2 of the 14 days before are known, 7 are needed to say what is usual");
    }
    EXPECT_EQ(*figures.hour, 1);
}

TEST(OnchainFigures, AreNotTodaysAfterADay) {
    const domain::Outside outside = test::fees_of(1, kWeek);
    const Time tomorrow = test::kNoon + hours{24};
    EXPECT_TRUE(onchain_figures(&outside, kMempool, tomorrow).level);
    const domain::OnchainFigures old = onchain_figures(&outside, kMempool, tomorrow + std::chrono::seconds{1});
    EXPECT_EQ(test::why(old.level), "the on-chain fees are those of 25 October 2025, 12:00 UTC, too old to be today's");
    EXPECT_EQ(*old.hour, 1); // told with its date
    EXPECT_EQ(*old.usual_hour, 4);
    EXPECT_EQ(test::why(hour_of_today(old, tomorrow + std::chrono::seconds{1})), test::why(old.level));
    EXPECT_EQ(*hour_of_today(old, tomorrow), 1);
}

TEST(OnchainFigures, AreAllAbsentWithTheReasonOfTheirSource) {
    const auto reasons = [](const domain::Outside* outside, const domain::SourceState& state) {
        const domain::OnchainFigures f = onchain_figures(outside, state, test::kNoon);
        return std::set<std::string>{test::why(f.next_block), test::why(f.half_hour), test::why(f.hour),
                                     test::why(f.economy),    test::why(f.minimum),   test::why(f.as_of),
                                     test::why(f.usual_hour), test::why(f.level)};
    };
    using testing::ElementsAre;
    const domain::Outside nothing;
    EXPECT_THAT(reasons(nullptr, state_of({}, domain::source::kMempool)), ElementsAre("mempool is not configured"));
    EXPECT_THAT(reasons(&nothing, kMempool), ElementsAre("mempool did not tell it"));
    const Message refused{"system.no_such_file", {}};
    EXPECT_THAT(reasons(&nothing, test::source_in(domain::source::kMempool, SourceStatus::unavailable, refused)),
                ElementsAre("mempool is unavailable: no such file; check the path"));
    EXPECT_THAT(reasons(&nothing, test::source_in(domain::source::kMempool, SourceStatus::unavailable)),
                ElementsAre("mempool is unavailable"));
}

TEST(OnchainFigures, TellWhatIsUsualEvenOnADayWithoutFees) {
    domain::Outside outside = test::fees_of(1, kWeek);
    outside.fees.reset();
    const domain::OnchainFigures figures = onchain_figures(&outside, kMempool, test::kNoon);
    EXPECT_EQ(*figures.usual_hour, 4);
    EXPECT_FALSE(figures.level);
}

TEST(RunOfLevel, CountsTheDaysOfTheSameLevelAndKnowsWhatWasBefore) {
    // nine days at 2, then dear: on D-2, D-1 and today
    const domain::Outside outside = test::fees_of(9, {2, 2, 2, 2, 2, 2, 2, 2, 2, 9, 9});
    const LevelRun run = run_of_level(outside, FeeLevel::dear);
    EXPECT_EQ(run.days, 3);
    EXPECT_TRUE(run.before_is_known);
}

TEST(RunOfLevel, DoesNotKnowDaysThatHaveTooFewBeforeThem) {
    const LevelRun of_two = run_of_level(test::fees_of(9, {2, 2, 2, 2, 2, 2, 2, 9}), FeeLevel::dear);
    EXPECT_EQ(of_two.days, 2);
    EXPECT_FALSE(of_two.before_is_known);
    domain::Outside gap = test::fees_of(9, {2, 2, 2, 2, 2, 2, 2, 2, 2, 9, 9});
    std::erase_if(gap.fees_of_days, [](const auto& f) { return f.day == test::kOutsideDay - days{1}; });
    EXPECT_EQ(run_of_level(gap, FeeLevel::dear).days, 1);
    EXPECT_FALSE(run_of_level(gap, FeeLevel::dear).before_is_known);
}

} // namespace
} // namespace mcp::analysis
