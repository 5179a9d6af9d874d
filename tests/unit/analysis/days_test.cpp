#include "analysis/days.hpp"

#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::days;
using test::History;
using test::NetworkBuilder;

const Day kToday = std::chrono::floor<days>(test::kNoon);

domain::Network ago(int count, NetworkBuilder network = test::quiet_node()) {
    return network.at(test::kNoon - days{count}).build();
}

TEST(Days, FindTheNodeByKeyOnEachGivenDate) {
    // two more nodes stand before "us" in yesterday's graph
    domain::Network yesterday = ago(1);
    std::rotate(yesterday.nodes.begin(), yesterday.nodes.end() - 2, yesterday.nodes.end());
    for (domain::Channel& channel : yesterday.channels) {
        for (domain::NodeId& end : channel.node) {
            end = (end + 2) % 5;
        }
    }
    yesterday.index();
    const History history({ago(3), yesterday, ago(0)});
    const Days found(history.input());
    EXPECT_EQ(found.today().view.day().date, kToday);
    EXPECT_EQ(found.on(kToday), &found.today());
    EXPECT_EQ(found.yesterday(), found.on(kToday - days{1}));
    ASSERT_NE(found.yesterday(), nullptr);
    EXPECT_EQ(found.yesterday()->view.node(), 2u);
    EXPECT_EQ(found.yesterday()->view.channels().size(), 4u);
    EXPECT_EQ(found.on(kToday - days{2}), nullptr);
    EXPECT_NE(found.on(kToday - days{3}), nullptr);
    EXPECT_EQ(found.all().size(), 3u);
}

TEST(Days, TellAMissingGraphFromAGraphWithoutTheNode) {
    const History history({ago(2, test::strangers()), ago(0)});
    const Days found(history.input());
    EXPECT_EQ(found.on(kToday - days{2}), nullptr);
    EXPECT_TRUE(found.has_graph_of(kToday - days{2}));
    EXPECT_FALSE(found.has_graph_of(kToday - days{1}));
    EXPECT_TRUE(found.has_graph_of(kToday));
    EXPECT_EQ(test::english(found.why_not_on(kToday - days{2}).reason), "the node was not in the graph of that day");
    EXPECT_EQ(test::english(found.why_not_on(kToday - days{1}).reason), "no graph of that day was given");
    EXPECT_EQ(test::english(found.why_no_yesterday().reason), "no graph of the day before was given");

    const History new_node({ago(1, test::strangers()), ago(0)});
    EXPECT_EQ(test::english(Days(new_node.input()).why_no_yesterday().reason),
              "the node was not in the graph of that day");
}

TEST(Days, LookBackSevenDaysAndNoFurther) {
    const History history({ago(8), ago(7), ago(3), ago(0)});
    const Days found(history.input());
    EXPECT_EQ(found.earliest_within_a_week_before(kToday), found.on(kToday - days{7}));
    EXPECT_EQ(found.earliest_within_a_week_before(kToday - days{3}), found.on(kToday - days{8}));
    EXPECT_EQ(found.earliest_within_a_week_before(kToday - days{8}), nullptr);
}

} // namespace
} // namespace mcp::analysis
