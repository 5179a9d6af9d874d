#include "tests/support/outside_samples.hpp"
#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::days;
using test::Scene;

using domain::SourceStatus;

const domain::Network kNetwork = test::quiet_node().build();
const Day kToday = std::chrono::floor<days>(test::kNoon);

std::string said(SourceStatus status, std::optional<Day> last_told, std::optional<Message> error = {}) {
    test::Beside beside(domain::Outside{.fees = {},
                                        .fees_of_days = {},
                                        .price = {},
                                        .networks = {},
                                        .nodes = {},
                                        .closed_channels = {},
                                        .closings_told_by = {},
                                        .states = {test::source_in(domain::source::kNode, status, error)}});
    Surroundings surroundings = beside.surroundings();
    surroundings.node_last_told = last_told;
    return test::said(node_not_read(Scene(kNetwork).beside(surroundings).input()));
}

TEST(NodeNotRead, IsANoteOnTheFirstDayAndAWarningFromTheSecond) {
    EXPECT_EQ(said(SourceStatus::unavailable, kToday - days{1}).substr(0, 39),
              "info, to act on\nYour node was not read\n");
    EXPECT_EQ(said(SourceStatus::unavailable, kToday - days{2}).substr(0, 42),
              "warning, to act on\nYour node was not read\n");
    EXPECT_NE(said(SourceStatus::unavailable, kToday - days{2}).find("last read for the report of 23 October 2025"),
              std::string::npos);
}

TEST(NodeNotRead, WarnsAtOnceOfOneThatWasNeverRead) {
    EXPECT_EQ(said(SourceStatus::unavailable, {}).substr(0, 7), "warning");
    EXPECT_NE(said(SourceStatus::unavailable, {}).find("No earlier reading is known"), std::string::npos);
}

TEST(NodeNotRead, IsNoMatterWhereNoneIsConnectedOrItWasRead) {
    EXPECT_EQ(said(SourceStatus::not_configured, kToday - days{1}), "nothing");
    EXPECT_EQ(test::said(node_not_read(Scene(kNetwork).input())), "nothing");
    test::Beside beside({});
    const Surroundings surroundings = beside.surroundings();
    EXPECT_EQ(test::said(node_not_read(Scene(kNetwork).beside(surroundings).told(test::node_of(kNetwork)).input())),
              "nothing");
}

} // namespace
} // namespace mcp::analysis
