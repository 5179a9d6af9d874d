#include "analysis/own/flows.hpp"

#include <gtest/gtest.h>
#include <random>

namespace mcp::analysis {
namespace {

using domain::ForwardSum;
using domain::NodeDayFlow;
using domain::ShortChannelId;

ForwardSum sum(std::uint64_t in, std::uint64_t out, std::int64_t fees, std::int64_t count = 1) {
    return {
        .in = {in}, .out = {out}, .count = count, .amount_in = Msat{1'000'000 + fees}, .amount_out = Msat{1'000'000}};
}

NodeDayFlow day_of(std::vector<ForwardSum> forwards) {
    return {.day = {}, .forwards = std::move(forwards), .sizes = {}, .failures = {}, .chain = {}};
}

TEST(Flows, HalveEachForwardsFeesBetweenTheChannelsThatItUsed) {
    const NodeDayFlow day = day_of({sum(1, 2, 100, 4), sum(2, 3, 50)});
    const NodeDayFlow* const days[] = {&day};
    const auto flows = flows_by_channel(days);
    EXPECT_EQ(flows.at({1}).fees_half, Msat{50});
    EXPECT_EQ(flows.at({2}).fees_half, Msat{75});
    EXPECT_EQ(flows.at({3}).fees_half, Msat{25});
    EXPECT_EQ(flows.at({2}).fees_out, Msat{100});
    EXPECT_EQ(flows.at({1}).fees_out, Msat{0});
    EXPECT_EQ(flows.at({1}).forwards_in, 4);
    EXPECT_EQ(flows.at({2}).forwards_out, 4);
    EXPECT_EQ(flows.at({2}).forwards_in, 1);
    EXPECT_EQ(flows.at({2}).amount_out, Msat{1'000'000});
}

TEST(Flows, LoseNoMsatWhereAnOddFeeIsHalved) {
    const NodeDayFlow day = day_of({sum(1, 2, 1)});
    const NodeDayFlow* const days[] = {&day};
    const auto flows = flows_by_channel(days);
    EXPECT_EQ(flows.at({1}).fees_half + flows.at({2}).fees_half, Msat{1});
}

TEST(Flows, AddUpOverTheChannelsToWhatTheNodeEarnedToTheMsat) {
    std::mt19937 chance(7);
    for (int round = 0; round < 200; ++round) {
        std::vector<NodeDayFlow> week;
        for (int d = 0; d < 7; ++d) {
            std::vector<ForwardSum> forwards;
            for (std::uint32_t n = chance() % 20; n > 0; --n) {
                forwards.push_back(sum(chance() % 6, chance() % 6, chance() % 1000, 1 + chance() % 9));
            }
            week.push_back(day_of(std::move(forwards)));
        }
        std::vector<const NodeDayFlow*> days;
        for (const NodeDayFlow& day : week) {
            days.push_back(&day);
        }
        const FlowTotals totals = totals_of(days);
        Msat halves;
        Msat outgoing;
        std::int64_t in = 0;
        for (const auto& [id, flow] : flows_by_channel(days)) {
            halves += flow.fees_half;
            outgoing += flow.fees_out;
            in += flow.forwards_in;
        }
        EXPECT_EQ(halves, totals.fees);
        EXPECT_EQ(outgoing, totals.fees);
        EXPECT_EQ(in, totals.forwards);
    }
}

TEST(Flows, KnowNoSuccessRatioUnlessEveryDayTellsItsFailures) {
    NodeDayFlow first = day_of({sum(1, 2, 5, 6)});
    NodeDayFlow second = day_of({sum(1, 2, 5, 2)});
    const NodeDayFlow* const days[] = {&first, &second};
    first.failures = std::vector<domain::FailureSum>{{.in = {1}, .out = {2}, .here = 1, .beyond = 1}};
    EXPECT_FALSE(totals_of(days).failed);
    EXPECT_FALSE(totals_of(days).success_ratio());
    second.failures = std::vector<domain::FailureSum>{};
    EXPECT_EQ(totals_of(days).failed, 2);
    EXPECT_EQ(totals_of(days).success_ratio(), 0.8);
    EXPECT_FALSE(totals_of({}).success_ratio()) << "nothing tried is no success";
}

TEST(Flows, FindTheSizeThatNineOfTenForwardsDoNotExceed) {
    NodeDayFlow day = day_of({});
    const NodeDayFlow* const days[] = {&day, &day};
    day.sizes = {{.amount = Msat{100}, .count = 4}};
    EXPECT_FALSE(p90_forward(days)) << "eight forwards are too few";
    day.sizes = {{.amount = Msat{100}, .count = 9}, {.amount = Msat{900}, .count = 1}};
    EXPECT_EQ(p90_forward(days), Msat{100});
    day.sizes = {{.amount = Msat{100}, .count = 8}, {.amount = Msat{900}, .count = 2}};
    EXPECT_EQ(p90_forward(days), Msat{900});
    EXPECT_FALSE(p90_forward({}));
}

TEST(Wilson, IsTheLowerEndOfTheIntervalOfAShare) {
    EXPECT_NEAR(wilson_lower(10, 10), 0.7225, 1e-4);
    EXPECT_NEAR(wilson_lower(50, 100), 0.4038, 1e-4);
    EXPECT_NEAR(wilson_lower(0, 10), 0, 1e-12);
    EXPECT_LT(wilson_lower(8, 10), wilson_lower(80, 100));
}

} // namespace
} // namespace mcp::analysis
