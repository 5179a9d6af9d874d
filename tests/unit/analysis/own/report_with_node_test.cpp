#include "analysis/compose.hpp"

#include "tests/support/outside_samples.hpp"
#include "tests/support/own_node_samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

/// What the node told, in the whole report.
namespace mcp::analysis {
namespace {

using domain::OwnNode;
using domain::Report;
using domain::SourceStatus;
using test::days;
using test::NetworkBuilder;

struct Given {
    std::vector<domain::Network> networks; ///< oldest first, today's last
    std::vector<OwnNode> told;             ///< oldest first
    std::optional<domain::SourceState> source = test::source_in(domain::source::kNode, SourceStatus::ok);
    std::vector<PastDay> past = {};
};

Report of(Given given) {
    const test::History history(std::move(given.networks));
    std::vector<OwnNodeOfDay> own;
    for (const OwnNode& node : given.told) {
        own.push_back({node.day, &node});
    }
    ComposeInput input = history.input();
    input.own = own;
    input.node_source = given.source;
    input.past = given.past;
    return compose(input);
}

std::vector<std::string> types(const std::vector<domain::Alert>& alerts) {
    std::vector<std::string> list;
    for (const domain::Alert& alert : alerts) {
        list.emplace_back(alert.type);
    }
    return list;
}

domain::SourceState state_of_node(const Report& report) {
    for (const domain::SourceState& source : report.sources) {
        if (source.name == domain::source::kNode) {
            return source;
        }
    }
    throw std::logic_error("no source for the node");
}

const domain::Network kToday = test::quiet_node().build();
const domain::Network kYesterday = test::quiet_node().at(test::kNoon - days{1}).build();

TEST(ReportWithANode, FillsTheContractsPrivateFigures) {
    const Report report = of({{kYesterday, kToday}, {test::node_of(kToday)}});
    EXPECT_EQ(*report.capacity.local_balance, Sat{2'000'000});
    EXPECT_EQ(*report.capacity.liquidity_ratio, 0.5);
    EXPECT_EQ(*report.channel_metrics.pending, 0);
    EXPECT_EQ(*report.summary.revenue_24h, Sat{20}) << "20,050 msat, rounded down";
    EXPECT_EQ(*report.forwarding.revenue_24h, Msat{20'050});
    EXPECT_EQ(*report.network.uptime_24h, 1);
    for (const domain::ReportChannel& channel : report.channels) {
        EXPECT_EQ(*channel.local, Sat{500'000});
    }
    EXPECT_EQ(state_of_node(report).status, SourceStatus::ok);
    EXPECT_TRUE(report.own_node);
    EXPECT_EQ(report.score.parts_present, 4); // of a small network neither price nor position
}

TEST(ReportWithANode, ShowsOfEachDayTheFlowOfTheDayBefore) {
    OwnNode node = test::node_of(kToday);
    for (std::size_t i = 0; i < node.days.size(); ++i) {
        node.days[i].forwards[0].amount_in = node.days[i].forwards[0].amount_out + Msat{static_cast<std::int64_t>(i)};
    }
    const Report report = of({{kYesterday, kToday}, {node}});
    for (std::size_t i = 0; i < domain::kTrendDays; ++i) {
        EXPECT_EQ(*report.trends.revenue[i], Msat{static_cast<std::int64_t>(i)});
        EXPECT_DOUBLE_EQ(*report.trends.forward_rate[i], 10.0 / 24);
    }
}

TEST(ReportWithANode, ShowsWhatWasToldEarlierWhenTheNodeIsSilentToday) {
    const Report report =
        of({{kYesterday, kToday},
            {test::earlier(test::node_of(kToday))},
            test::source_in(domain::source::kNode, SourceStatus::unavailable, Message{"system.not_allowed", {}})});
    EXPECT_EQ(*report.trends.revenue[5], Msat{20'050});
    EXPECT_EQ(test::why(report.trends.revenue[6]),
              "your node could not be read: permission denied; check its owner and mode");
    EXPECT_EQ(test::why(report.capacity.local_balance), test::why(report.trends.revenue[6]));
    EXPECT_EQ(test::why(report.own_node), test::why(report.trends.revenue[6]));
    EXPECT_THAT(types(report.alerts), testing::ElementsAre("node_not_read"));
    EXPECT_EQ(report.alerts[0].state, domain::AlertState::fresh);
}

TEST(ReportWithANode, CountsTheDaysOnWhichItCouldNotBeRead) {
    const Report report = of({{kYesterday, kToday},
                              {test::earlier(test::node_of(kToday), 3)},
                              test::source_in(domain::source::kNode, SourceStatus::unavailable)});
    ASSERT_THAT(types(report.alerts), testing::ElementsAre("node_not_read"));
    EXPECT_EQ(report.alerts[0].days, 3);
    EXPECT_EQ(report.alerts[0].severity, domain::Severity::warning);
    EXPECT_FALSE(report.alerts[0].days_is_lower_bound);
    EXPECT_EQ(test::why(report.own_node), "your node was not read for this report");
}

TEST(ReportWithANode, BelievesNoOtherNode) {
    OwnNode other = test::node_of(kToday);
    other.key = test::key_of(999);
    const Report report = of({{kYesterday, kToday}, {other}});
    EXPECT_EQ(test::why(report.capacity.local_balance),
              "the node that was read is another one than that of this report");
    EXPECT_FALSE(report.own_node);
}

TEST(ReportWithANode, CallsNoChangeOfTheScoreWhatIsOnlyAnotherWayToMeasure) {
    const Report report = of({{kYesterday, kToday}, {test::node_of(kToday)}});
    EXPECT_EQ(test::why(report.summary.score_delta_24h), "measured by the node itself on one of the two days only");
    const OwnNode node = test::node_of(kToday);
    EXPECT_EQ(*of({{kYesterday, kToday}, {test::earlier(node), node}}).summary.score_delta_24h, 0);
}

TEST(ReportWithANode, ShowsNoPublicScoreOnADayOnWhichTheNodeToldMore) {
    const OwnNode node = test::node_of(kToday);
    const Day today = node.day;
    const Report report = of({{kYesterday, kToday},
                              {test::earlier(node, 3), node},
                              test::source_in(domain::source::kNode, SourceStatus::ok),
                              {{.day = today - days{4}, .score = 70, .capacity = {}},
                               {.day = today - days{3}, .score = 71, .capacity = {}},
                               {.day = today - days{2}, .score = 72, .capacity = {}, .own_score = 60}}});
    EXPECT_EQ(test::why(report.trends.score[2]),
              "of that day only the score of the public view is known: measured otherwise than today's");
    EXPECT_EQ(test::why(report.trends.score[5]), test::why(report.trends.score[2])) << "its graph is there";
    EXPECT_EQ(test::why(report.trends.score[3]), "of that day only the score of the public view is kept");
    EXPECT_EQ(*report.trends.score[4], 60);
}

TEST(ReportWithANode, ShowsThePublicScoreOfAllDaysWhenTheNodeTellsNothingToday) {
    OwnNode drained = test::earlier(test::node_of(kToday));
    for (domain::NodeChannel& channel : drained.channels) {
        test::fill(channel, 0);
    }
    const Day today = std::chrono::floor<days>(test::kNoon);
    const Report report = of({{kYesterday, kToday},
                              {drained},
                              test::source_in(domain::source::kNode, SourceStatus::unavailable),
                              {{.day = today - days{2}, .score = 72, .capacity = {}, .own_score = 60}}});
    EXPECT_EQ(*report.trends.score[4], 72);
    EXPECT_EQ(*report.trends.score[5], *report.trends.score[6]);
}

TEST(ReportWithANode, TellsOfClosedChannelsWhoClosedThem) {
    NetworkBuilder builder = test::quiet_node().channel("us", "zoe", 7'000'000);
    const domain::Network before = builder.at(test::kNoon - days{1}).build();
    const domain::Network after = builder.close("us", "zoe").at(test::kNoon).build();
    OwnNode node = test::node_of(after);
    node.closings = {{.id = test::DayOfUs(before).with("zoe").channel->id,
                      .funding_outpoint = "zoe:0",
                      .peer = before.nodes[test::node_named(before, "zoe")].key,
                      .capacity = Sat{7'000'000},
                      .kind = domain::CloseKind::force_by_peer,
                      .closed_by_us = false,
                      .height = 900'090,
                      .ours = {}}};
    const Report report = of({{before, after}, {node}});
    const domain::ReportClosing& closing = report.closed_channels.rows.at(0);
    EXPECT_EQ(closing.peer_alias, "zoe");
    EXPECT_EQ(*closing.told_by.at(0).closed_by, domain::ClosedBy::peer);
    EXPECT_EQ(*closing.told_by.at(0).reason, domain::ClosingReason::force);
    EXPECT_FALSE(closing.told_by.at(0).closed_at);
    std::string said;
    for (const domain::Alert& alert : report.alerts) {
        said += alert.type == "channel_closed" ? test::english(alert.description) : "";
    }
    EXPECT_NE(said.find("with zoe by force, by the peer (says your node)"), std::string::npos) << said;
}

TEST(ReportWithANode, JudgesInactiveChannelsByTheNodeAfterADay) {
    OwnNode node = test::node_of(kToday);
    test::told_with(node, kToday, "alice").is_active = false;
    EXPECT_THAT(types(of({{kYesterday, kToday}, {node}}).alerts), testing::IsEmpty()) << "since when, nobody knows";
    EXPECT_THAT(types(of({{kYesterday, kToday}, {test::earlier(test::node_of(kToday)), node}}).alerts),
                testing::IsEmpty())
        << "usable yesterday";
    const Report report = of({{kYesterday, kToday}, {test::earlier(node), node}});
    ASSERT_THAT(types(report.alerts), testing::ElementsAre("channel_inactive"));
    EXPECT_EQ(
        test::english(report.alerts[0].description),
        "Your node says of 1 channel with 1,000,000 sat that it cannot be used, most likely because the peers are "
        "offline. Largest: alice (1,000,000 sat).");
    EXPECT_EQ(*report.channel_metrics.active, 3);
    EXPECT_TRUE(report.channel_metrics.is_told_by_node);
}

TEST(ReportWithANode, GetsWhatAStatementTellsWithoutAStateOfTheSource) {
    const Report report = of({{kYesterday, kToday}, {test::node_of(kToday)}, std::nullopt});
    EXPECT_EQ(state_of_node(report).status, SourceStatus::ok);
    EXPECT_EQ(state_of_node(report).fetched_at, test::kNoon);
    EXPECT_EQ(state_of_node(report).age_seconds, 3600);
}

TEST(ReportWithANode, ReckonsWithNoTimeThatCannotBe) {
    OwnNode node = test::node_of(kToday);
    node.read_at = Time::min();
    const Report report = of({{kYesterday, kToday}, {node}, std::nullopt});
    EXPECT_EQ(test::why(report.own_node), "the node tells times that cannot be; nothing of it is believed");
    EXPECT_FALSE(state_of_node(report).fetched_at);
}

} // namespace
} // namespace mcp::analysis
