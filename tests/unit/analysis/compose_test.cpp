#include "analysis/compose.hpp"

#include "tests/support/outside_samples.hpp"
#include "tests/support/scene.hpp"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::HealthStatus;
using domain::Report;
using domain::SourceStatus;
using test::days;
using test::End;
using test::History;
using test::NetworkBuilder;

domain::Network ago(int count, NetworkBuilder network) {
    return network.at(test::kNoon - days{count}).build();
}

Report of(std::vector<domain::Network> networks) {
    const History history(std::move(networks));
    return compose(history.input());
}

Report of(const NetworkBuilder& network) {
    return of(std::vector{network.build()});
}

/// As quiet_node(), some peers having disabled their side a moment ago: no alert yet, but a lower score.
NetworkBuilder disabled_by(const std::vector<std::string>& peers) {
    NetworkBuilder network = test::quiet_node();
    for (const std::string& peer : peers) {
        network.set("us", peer, {}, {.disabled = true});
    }
    return network;
}

TEST(Compose, CallsAQuietNodeHealthyAndSaysThatNothingCalls) {
    const Report report = of(test::quiet_node());
    EXPECT_EQ(*report.summary.overall_score, 96); // (20 x 100 + 15 x 90) / 35
    EXPECT_EQ(report.summary.status, HealthStatus::healthy);
    EXPECT_EQ(test::english(report.summary.headline), "Nothing calls for you today.");
    EXPECT_EQ(*report.summary.capacity, Sat{4'000'000});
    EXPECT_EQ(report.summary.channels_count, 4);
    EXPECT_EQ(report.summary.critical_alerts, 0);
    EXPECT_EQ(report.summary.warnings, 0);
    EXPECT_EQ(report.score.parts_present, 2); // availability and risk: too few nodes for a position
    EXPECT_EQ(report.channels.size(), 4u);
    EXPECT_EQ(report.peers.size(), 4u);
    EXPECT_TRUE(report.alerts.empty() && report.recommendations.empty() && report.warnings.empty());
}

TEST(Compose, ComparesNothingWithDaysOfAnotherKindOfSource) {
    NetworkBuilder smaller = NetworkBuilder();
    smaller.channel("us", "alice", 1'000'000).channel("us", "bob", 1'000'000, {}, {}, 0);
    domain::Network today = smaller.build();
    const auto tells_of_closing = [](const Report& report) {
        return std::any_of(report.alerts.begin(), report.alerts.end(),
                           [](const auto& alert) { return alert.type == "channel_closed"; });
    };
    EXPECT_TRUE(tells_of_closing(of({ago(1, test::quiet_node()), today})));
    today.tells.inbound_fees = false;
    const Report other = of({ago(1, test::quiet_node()), today});
    EXPECT_FALSE(tells_of_closing(other));
    EXPECT_FALSE(other.changes);
    ASSERT_EQ(other.warnings.size(), 1u);
    EXPECT_EQ(other.warnings[0].key, "warning.other_source_before");
}

TEST(Compose, NamesTheReportTheNodeAndTheDay) {
    const Report report = of(test::quiet_node());
    EXPECT_EQ(report.report_id, "report");
    EXPECT_EQ(report.user_id, "user");
    EXPECT_EQ(report.tenant_id, "tenant");
    EXPECT_EQ(report.node, test::key_of(0));
    EXPECT_EQ(report.node_alias, "us");
    EXPECT_EQ(report.report_date, Day{std::chrono::year{2025} / 10 / 25});
    EXPECT_EQ(report.generated_at, test::kNoon + test::hours{1});
    EXPECT_EQ(report.graph_as_of, test::kNoon);
}

TEST(Compose, LeavesAbsentWhatOnlyTheNodeKnows) {
    const Report report = of(test::quiet_node());
    EXPECT_EQ(test::why(report.summary.forwarding_rate_24h), test::needs_node());
    EXPECT_EQ(test::why(report.summary.revenue_24h), test::needs_node());
    EXPECT_EQ(test::why(report.summary.score_delta_24h), "no graph of the day before was given");
}

TEST(Status, FollowsTheScoreWithoutAnyAlert) {
    // half of the capacity is available: (20 x 50 + 15 x 90) / 35
    const Report half = of(disabled_by({"bob", "dave"}));
    EXPECT_TRUE(half.alerts.empty());
    EXPECT_EQ(*half.summary.overall_score, 67);
    EXPECT_EQ(half.summary.status, HealthStatus::warning);
    // nothing is available and nothing passes: (20 x 0 + 15 x 90) / 35
    const Report none = of(disabled_by({"alice", "bob", "carol", "dave"}));
    EXPECT_TRUE(none.alerts.empty());
    EXPECT_EQ(*none.summary.overall_score, 39);
    EXPECT_EQ(none.summary.status, HealthStatus::critical);
}

TEST(Status, FollowsTheGravestAlertWhateverTheScore) {
    const End silent{.ago = days{15}};
    const Report stale = of(test::quiet_node().set("us", "alice", silent, silent));
    EXPECT_GE(*stale.summary.overall_score, 75);
    EXPECT_EQ(stale.summary.status, HealthStatus::warning);
    EXPECT_EQ(stale.summary.warnings, 1);
    EXPECT_EQ(test::english(stale.summary.headline), "25% of capacity lies with silent peers");

    const Report idle = of(NetworkBuilder().node("us"));
    EXPECT_EQ(test::why(idle.summary.overall_score), "no part of the score could be computed");
    EXPECT_EQ(idle.summary.status, HealthStatus::critical);
    EXPECT_EQ(idle.summary.critical_alerts, 1);
    EXPECT_EQ(test::english(idle.summary.headline), "The node has no public channel");
}

TEST(Headline, IsTheFirstAdviceWhenNoAlertIsGrave) {
    const Report report = of(test::quiet_node().set("us", "alice", {.max_htlc_sats = 1000}, {}));
    EXPECT_EQ(test::english(report.summary.headline),
              "No alarm. First advice: 1 channel hides most of its capacity from larger payments");
}

TEST(Compose, ExplainsTheScoresChangeByItsParts) {
    const Report report = of({ago(1, disabled_by({"bob", "dave"})), ago(0, test::quiet_node())});
    EXPECT_DOUBLE_EQ(*report.summary.score_delta_24h, 28.6); // 95.7 - 67.1
    EXPECT_DOUBLE_EQ(*report.score.parts[0].change_24h, 28.6);
    EXPECT_DOUBLE_EQ(*report.score.parts[5].change_24h, 0);
    EXPECT_EQ(test::why(report.score.parts[1].change_24h), "not known on both days");
}

TEST(Compose, TellsANewNodeFromAMissingGraph) {
    const Report report = of({ago(1, test::strangers()), ago(0, test::quiet_node())});
    const std::string not_there = "the node was not in the graph of that day";
    EXPECT_EQ(test::why(report.summary.score_delta_24h), not_there);
    EXPECT_EQ(test::why(report.score.parts[0].change_24h), not_there);
    EXPECT_EQ(test::why(report.changes), not_there);
    EXPECT_EQ(test::why(report.capacity.rank_change_24h), not_there);
    EXPECT_EQ(test::why(report.trends.score[5]), not_there);
}

TEST(Compose, TellsWhatHappenedSinceYesterday) {
    const Report report = of({ago(1, test::quiet_node()), ago(0, test::quiet_node().close("us", "alice"))});
    ASSERT_EQ(report.changes->size(), 1u);
    EXPECT_EQ(test::english((*report.changes)[0].text), "channel with alice gone, 1,000,000 sat");
    std::vector<std::string_view> types;
    for (const domain::Alert& alert : report.alerts) {
        types.push_back(alert.type);
    }
    EXPECT_THAT(types, testing::IsSupersetOf({"capacity_drop", "channel_closed"}));
}

TEST(Compose, TellsWhatIsOver) {
    const End silent{.ago = days{15}};
    const Report report =
        of({ago(1, test::quiet_node().set("us", "alice", silent, silent)), ago(0, test::quiet_node())});
    ASSERT_EQ(report.resolved_alerts.size(), 1u);
    EXPECT_EQ(report.resolved_alerts[0].type, "stale_channels");
    EXPECT_EQ(report.summary.status, HealthStatus::healthy);
}

TEST(Compose, AsksTheRulesByTheGivenThresholdsAndTheGivenWhatIf) {
    const History history({test::quiet_node().node("erin").build()});
    ComposeInput input = history.input();
    input.thresholds.few_peers = 5;
    const OpenAdvice advice{.capacity = Sat{5'000'000},
                            .amount = Msat{500'000'000},
                            .betweenness_now = 10,
                            .usual_fee = Ppm{50},
                            .own_fees = {Ppm{50}},
                            .candidates = {{test::node_named(history.today().network, "erin"), 5, {5}}}};
    input.open_advice = &advice;
    const Report report = compose(input);
    ASSERT_EQ(report.alerts.size(), 1u);
    EXPECT_EQ(report.alerts[0].type, "poor_connectivity");
    ASSERT_EQ(report.recommendations.size(), 1u);
    EXPECT_EQ(report.recommendations[0].rule, "open_to_best");
}

TEST(Sources, SayWhatWasGivenAndHowOldItIs) {
    const Report alone = of(test::quiet_node());
    std::vector<std::string_view> names;
    for (const domain::SourceState& source : alone.sources) {
        names.push_back(source.name);
        EXPECT_EQ(source.status,
                  source.name == domain::source::kGraph ? SourceStatus::ok : SourceStatus::not_configured);
        EXPECT_EQ(source.fetched_at.has_value(), source.name == domain::source::kGraph);
    }
    EXPECT_THAT(names, testing::ElementsAre("gossip_file", "history", "mempool", "amboss", "node"));
    EXPECT_EQ(alone.sources[0].age_seconds, 3600);

    const Report with_history = of({ago(1, test::quiet_node()), ago(0, test::quiet_node())});
    EXPECT_EQ(with_history.sources[1].status, SourceStatus::ok);
    EXPECT_EQ(with_history.sources[1].fetched_at, test::kNoon + test::hours{1});

    EXPECT_EQ(of(test::quiet_node().undated()).sources[0].age_seconds, std::nullopt);
}

TEST(Sources, TakeTheStateOfTheGraphFromWhoeverFetchedIt) {
    const History history({test::quiet_node().build()});
    ComposeInput input = history.input();
    input.graph_source = domain::SourceState{.name = domain::source::kGraph,
                                             .status = SourceStatus::stale,
                                             .fetched_at = test::kNoon,
                                             .age_seconds = 7200,
                                             .error = {}};
    EXPECT_EQ(compose(input).sources[0].status, SourceStatus::stale);
    EXPECT_EQ(compose(input).sources[0].age_seconds, 7200);
}

TEST(Sources, NameTheGraphThatServedThenTheOthersThenTheProviders) {
    const History history({test::quiet_node().build()});
    ComposeInput input = history.input();
    input.graph_source = test::source_in(domain::source::kRgs, SourceStatus::ok);
    const std::vector<domain::SourceState> others = {
        test::source_in(domain::source::kLndGraph, SourceStatus::unavailable, Message{"system.not_allowed", {}})};
    input.other_graph_sources = others;
    domain::Outside outside;
    outside.states = {test::source_in("weather", SourceStatus::ok),
                      test::source_in(domain::source::kAmboss, SourceStatus::stale)};
    input.outside = &outside;
    const Report report = compose(input);
    std::vector<std::string> told;
    for (const domain::SourceState& source : report.sources) {
        told.push_back(fmt::format("{} {}", source.name, static_cast<int>(source.status)));
    }
    EXPECT_THAT(told, testing::ElementsAre("rgs 0", "lnd_graph 2", "history 3", "mempool 3", "amboss 1", "node 3",
                                           "weather 0"));
    ASSERT_EQ(report.alerts.size(), 1u);
    EXPECT_EQ(report.alerts[0].id, "source_missing_lnd_graph");
    EXPECT_EQ(report.summary.status, HealthStatus::healthy) << "the node is none the worse for it";
}

TEST(Compose, BringsInWhatOtherSourcesSay) {
    const History history({test::quiet_node().build()});
    ComposeInput input = history.input();
    const domain::Outside outside = test::planted_outside();
    input.outside = &outside;
    const Report report = compose(input);
    EXPECT_EQ(*report.onchain.hour, 1.2);
    EXPECT_EQ(*report.bitcoin_price.usd, 60'000);
    EXPECT_EQ(report.provider_networks.rows.size(), 2u);
    EXPECT_EQ(report.provider_nodes.rows.size(), 2u);
    EXPECT_EQ(report.closed_channels.rows.size(), 2u);
    ASSERT_EQ(report.alerts.size(), 1u);
    EXPECT_EQ(report.alerts[0].type, "onchain_fees");
    EXPECT_EQ(report.summary.status, HealthStatus::healthy) << "fees are no fault of the node";
    EXPECT_EQ(*report.summary.overall_score, *of(test::quiet_node()).summary.overall_score);
}

TEST(Compose, GivesNoAdviceOnPositionFromALiveGraphOlderThanAWeek) {
    NetworkBuilder network = test::market_of_alice({.ppm = 4'000}).node("erin");
    const History history({network.build()});
    ComposeInput input = history.input();
    const OpenAdvice advice{.capacity = Sat{5'000'000},
                            .amount = Msat{500'000'000},
                            .betweenness_now = 10,
                            .usual_fee = Ppm{50},
                            .own_fees = {Ppm{50}},
                            .candidates = {{test::node_named(history.today().network, "erin"), 5, {5}}}};
    input.open_advice = &advice;
    input.graph_is_live = true;
    const auto rules = [&] {
        std::vector<std::string_view> names;
        for (const domain::Recommendation& one : compose(input).recommendations) {
            names.push_back(one.rule);
        }
        return names;
    };
    EXPECT_THAT(rules(), testing::IsSupersetOf({"open_to_best", "lower_price"}));
    input.generated_at = test::kNoon + days{8};
    EXPECT_THAT(rules(), testing::Not(testing::Contains(testing::AnyOf("open_to_best", "lower_price"))));
    input.graph_source = test::source_in(domain::source::kLndGraph, SourceStatus::stale);
    const Report report = compose(input);
    const auto stale = std::find_if(report.alerts.begin(), report.alerts.end(),
                                    [](const domain::Alert& alert) { return alert.id == "source_stale_lnd_graph"; });
    ASSERT_NE(stale, report.alerts.end());
    EXPECT_EQ(stale->severity, domain::Severity::warning);
}

TEST(Compose, ShowsTheDaysThatWereKeptInItsTrends) {
    const History history({test::quiet_node().build()});
    const std::vector<PastDay> kept = {{.day = Day{std::chrono::year{2025} / 10 / 24}, .score = 80, .capacity = {}}};
    ComposeInput input = history.input();
    input.past = kept;
    EXPECT_EQ(*compose(input).trends.score[5], 80);
}

TEST(Compose, WarnsOfAGraphThatIsNotWhole) {
    NetworkBuilder large = test::quiet_node();
    for (int i = 0; i < 10; ++i) {
        large.node(fmt::format("idle {}", i));
    }
    const Report report = of({ago(3, large), ago(0, test::quiet_node())});
    ASSERT_EQ(report.warnings.size(), 1u);
    EXPECT_NE(test::english(report.warnings[0]).find("only 33% of the nodes"), std::string::npos);
    EXPECT_EQ(report.alerts.at(0).type, "source_stale");
}

} // namespace
} // namespace mcp::analysis
