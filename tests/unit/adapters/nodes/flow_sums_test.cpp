#include "adapters/nodes/flow_sums.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace mcp::adapters {
namespace {

using domain::FailureSum;
using domain::ForwardSum;
using domain::ShortChannelId;
using domain::SizeCount;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr ShortChannelId kA{1};
constexpr ShortChannelId kB{2};
constexpr Day kDay{std::chrono::days{20'000}};

TEST(FlowSums, AddsByPairOfChannelsInOrder) {
    FlowSums sums;
    ASSERT_TRUE(sums.add({kB, kA}, Msat{1'005}, Msat{1'000}));
    ASSERT_TRUE(sums.add({kA, kB}, Msat{2'001}, Msat{2'000}));
    ASSERT_TRUE(sums.add({kB, kA}, Msat{501}, Msat{500}));
    const domain::NodeDayFlow day = sums.of(kDay, false);
    EXPECT_EQ(day.day, kDay);
    EXPECT_THAT(day.forwards, ElementsAre(ForwardSum{kA, kB, 1, Msat{2'001}, Msat{2'000}},
                                          ForwardSum{kB, kA, 2, Msat{1'506}, Msat{1'500}}));
    EXPECT_EQ(day.forwards[1].fees(), Msat{6});
    EXPECT_EQ(day.failures, std::nullopt);
    EXPECT_EQ(day.chain, std::nullopt);
}

TEST(FlowSums, CountsSizesOfWhatWentOut) {
    FlowSums sums;
    for (const std::int64_t out : {123'456, 129'999, 130'000, 130'001, 7}) {
        ASSERT_TRUE(sums.add({kA, kB}, Msat{200'000}, Msat{out}));
    }
    EXPECT_THAT(sums.of(kDay, false).sizes,
                ElementsAre(SizeCount{Msat{7}, 1}, SizeCount{Msat{130'000}, 3}, SizeCount{Msat{140'000}, 1}));
}

TEST(FlowSums, TellsFailuresOnlyOfANodeThatKeepsThem) {
    FlowSums sums;
    EXPECT_THAT(*sums.of(kDay, true).failures, IsEmpty());
    sums.add_failure({kA, kB}, true);
    sums.add_failure({kA, kB}, false);
    sums.add_failure({kA, kB}, false);
    EXPECT_THAT(*sums.of(kDay, true).failures, ElementsAre(FailureSum{kA, kB, 1, 2}));
}

TEST(FlowSums, CountsFailuresOfVeryManyPairsByTheirIncomingChannel) {
    FlowSums sums;
    for (std::uint64_t i = 0; i < domain::kFailurePairsMax; ++i) {
        sums.add_failure({kA, ShortChannelId{i + 1}}, true);
    }
    sums.add_failure({kA, ShortChannelId{domain::kFailurePairsMax + 1}}, true);
    sums.add_failure({kA, ShortChannelId{domain::kFailurePairsMax + 2}}, false);
    sums.add_failure({kA, ShortChannelId{1}}, false);
    const std::vector<FailureSum> failures = *sums.of(kDay, true).failures;
    EXPECT_EQ(failures.size(), domain::kFailurePairsMax + 1);
    EXPECT_EQ(failures[0], (FailureSum{kA, ShortChannelId{0}, 1, 1}));
    EXPECT_EQ(failures[1], (FailureSum{kA, ShortChannelId{1}, 1, 1}));
    EXPECT_EQ(sums.rows(), failures.size());
}

TEST(FlowSums, RefusesADayOfWhichAMonthWouldOverflow) {
    FlowSums sums;
    const Msat much{to_msat(kAllBitcoin).value / 8};
    ASSERT_TRUE(sums.add({kA, kB}, much, Msat{0}));
    EXPECT_FALSE(sums.add({kA, kB}, Msat{1}, Msat{0}));
    EXPECT_FALSE(FlowSums().add({kA, kB}, Msat{much.value + 1}, Msat{0}));
    EXPECT_EQ(sums.of(kDay, false).forwards[0].count, 1) << "what was refused is not counted";
    Msat month{0};
    for (int day = 0; day < 30; ++day) {
        month += much; // throws where it overflows
    }
}

RC_GTEST_PROP(SizeOf, IsTheSmallestNumberOfTwoDigitsAndZerosThatIsNotBelow, ()) {
    const auto amount = *rc::gen::inRange<std::int64_t>(0, to_msat(kAllBitcoin).value);
    const std::int64_t size = size_of(Msat{amount}).value;
    std::int64_t step = 1;
    while (size / step >= 100 && size % (step * 10) == 0) {
        step *= 10;
    }
    RC_ASSERT(size >= amount);
    RC_ASSERT(size / step <= 100);
    RC_ASSERT(size == amount || size - std::max<std::int64_t>(1, step / 10) < amount || size - step < amount);
}

} // namespace
} // namespace mcp::adapters
