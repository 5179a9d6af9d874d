#include "analysis/trends.hpp"

#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::days;
using test::NetworkBuilder;

const Day kToday = std::chrono::floor<days>(test::kNoon);

domain::Network ago(int count, NetworkBuilder network) {
    return network.at(test::kNoon - days{count}).build();
}

TEST(Trends, ShowSevenDaysEachFromItsOwnGraph) {
    const test::History history(
        {ago(7, test::quiet_node()), ago(6, test::quiet_node().close("us", "alice")), ago(3, test::strangers()),
         ago(2, test::quiet_node().resize("us", "bob", std::nullopt)), ago(0, test::quiet_node())});
    const domain::Trends trend = trends(Days(history.input()));
    EXPECT_EQ(trend.days.front(), kToday - days{6});
    EXPECT_EQ(trend.days.back(), kToday);
    ASSERT_EQ(trend.score.size(), 7u);
    EXPECT_EQ(*trend.capacity[0], Sat{3'000'000});
    EXPECT_EQ(*trend.capacity[6], Sat{4'000'000});
    EXPECT_EQ(*trend.score[6], 96); // (20 x 100 + 15 x 90) / 35
    EXPECT_EQ(test::why(trend.capacity[4]), "the graph does not tell the capacity");
    EXPECT_TRUE(trend.score[4]);
    for (const int missing : {1, 2, 5}) {
        EXPECT_EQ(test::why(trend.score[missing]), "no graph of that day was given") << missing;
        EXPECT_EQ(test::why(trend.capacity[missing]), "no graph of that day was given") << missing;
    }
    EXPECT_EQ(test::why(trend.score[3]), "the node was not in the graph of that day");
}

TEST(Trends, TakeWhatWasKeptOfADayWithoutAGraph) {
    const test::History history({ago(1, test::quiet_node()), ago(0, test::quiet_node())});
    const std::vector<PastDay> kept = {{.day = kToday - days{9}, .score = 1, .capacity = Sat{1}},
                                       {.day = kToday - days{3}, .score = 80, .capacity = {}},
                                       {.day = kToday - days{2}, .score = {}, .capacity = Sat{5}},
                                       {.day = kToday - days{1}, .score = 2, .capacity = Sat{2}}};
    const domain::Trends trend = trends(Days(history.input()), kept);
    EXPECT_EQ(*trend.score[3], 80);
    EXPECT_EQ(test::why(trend.capacity[3]), "no graph of that day was given");
    EXPECT_EQ(test::why(trend.score[4]), "no graph of that day was given");
    EXPECT_EQ(*trend.capacity[4], Sat{5});
    EXPECT_EQ(*trend.score[5], 96); // its graph is there
    EXPECT_EQ(*trend.capacity[5], Sat{4'000'000});
    EXPECT_EQ(test::why(trend.score[0]), "no graph of that day was given");
}

TEST(Trends, KnowNoFlowOnAnyDay) {
    const test::History history({test::quiet_node().build()});
    const domain::Trends trend = trends(Days(history.input()));
    for (std::size_t i = 0; i < domain::kTrendDays; ++i) {
        EXPECT_EQ(test::why(trend.revenue.at(i)), test::needs_node());
        EXPECT_EQ(test::why(trend.forward_rate.at(i)), test::needs_node());
    }
}

TEST(Trends, HaveNoScoreWithoutAnyPart) {
    const test::History history({NetworkBuilder().node("us").build()});
    EXPECT_EQ(test::why(trends(Days(history.input())).score.back()), "no part of the score could be computed");
}

} // namespace
} // namespace mcp::analysis
