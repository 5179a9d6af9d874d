#include "analysis/alert_history.hpp"

#include "tests/support/outside_samples.hpp"
#include "tests/support/own_node_samples.hpp"
#include "tests/support/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::Alert;
using domain::AlertState;
using test::days;
using test::NetworkBuilder;
using testing::ElementsAre;

const Day kToday = std::chrono::floor<days>(test::kNoon);
const test::End kSilent{.ago = days{15}};

/// A quarter of the capacity is silent: stale_channels stands.
NetworkBuilder stale() {
    return test::quiet_node().set("us", "alice", kSilent, kSilent);
}

struct OnDay {
    int ago;
    NetworkBuilder network;
};

AlertHistory of(std::vector<OnDay> given) {
    std::vector<domain::Network> networks;
    for (OnDay& day : given) {
        networks.push_back(day.network.at(test::kNoon - days{day.ago}).build());
    }
    const test::History history(std::move(networks));
    return alert_history(Days(history.input()), history.input());
}

/// "stale_channels ongoing 2 since D-1" for each; "... or before" where it may have stood longer.
std::vector<std::string> told(const std::vector<Alert>& alerts) {
    constexpr const char* kStates[] = {"unknown", "new", "ongoing"};
    std::vector<std::string> lines;
    for (const Alert& alert : alerts) {
        EXPECT_EQ(alert.id, alert.type);
        lines.push_back(fmt::format("{} {} {} since D-{}{}", alert.type, kStates[static_cast<int>(alert.state)],
                                    alert.days, (kToday - alert.since).count(),
                                    alert.days_is_lower_bound ? " or before" : ""));
    }
    return lines;
}

TEST(AlertHistory, CountsTheDaysThatAnAlertHasStood) {
    EXPECT_THAT(told(of({{3, test::quiet_node()}, {2, stale()}, {1, stale()}, {0, stale()}}).current),
                ElementsAre("stale_channels ongoing 3 since D-2"));
}

TEST(AlertHistory, SaysThatAnAlertMayHaveStoodBeforeTheOldestGraph) {
    EXPECT_THAT(told(of({{2, stale()}, {1, stale()}, {0, stale()}}).current),
                ElementsAre("stale_channels ongoing 3 since D-2 or before"));
    EXPECT_THAT(told(of({{2, test::strangers()}, {1, stale()}, {0, stale()}}).current),
                ElementsAre("stale_channels ongoing 2 since D-1"));
    EXPECT_THAT(told(of({{1, stale()}, {0, test::quiet_node()}}).resolved),
                ElementsAre("stale_channels unknown 1 since D-1 or before"));
}

TEST(AlertHistory, CallsAnAlertNewThatDidNotStandYesterday) {
    EXPECT_THAT(told(of({{2, stale()}, {1, test::quiet_node()}, {0, stale()}}).current),
                ElementsAre("stale_channels new 1 since D-0"));
    EXPECT_THAT(told(of({{1, test::strangers()}, {0, stale()}}).current),
                ElementsAre("stale_channels new 1 since D-0"));
}

TEST(AlertHistory, DoesNotKnowWhetherItIsNewsWithoutYesterday) {
    EXPECT_THAT(told(of({{0, stale()}}).current), ElementsAre("stale_channels unknown 1 since D-0 or before"));
    EXPECT_THAT(told(of({{2, stale()}, {0, stale()}}).current),
                ElementsAre("stale_channels unknown 1 since D-0 or before"));
}

TEST(AlertHistory, EndsTheCountAtADayWithoutAGraph) {
    EXPECT_THAT(told(of({{3, stale()}, {1, stale()}, {0, stale()}}).current),
                ElementsAre("stale_channels ongoing 2 since D-1 or before"));
}

TEST(AlertHistory, TellsWhatEndedSinceYesterdayAndHowLongItHadStood) {
    const AlertHistory history =
        of({{4, test::quiet_node()}, {3, stale()}, {2, stale()}, {1, stale()}, {0, test::quiet_node()}});
    EXPECT_THAT(told(history.current), ElementsAre());
    EXPECT_THAT(told(history.resolved), ElementsAre("stale_channels ongoing 3 since D-3"));
    EXPECT_EQ(test::english(history.resolved[0].title), "25% of capacity lies with silent peers");
    EXPECT_EQ(history.resolved[0].severity, domain::Severity::warning);
    EXPECT_TRUE(history.resolved[0].requires_action);
}

TEST(AlertHistory, ResolvesNothingThatEndedBeforeYesterday) {
    EXPECT_THAT(told(of({{2, stale()}, {1, test::quiet_node()}, {0, test::quiet_node()}}).resolved), ElementsAre());
    EXPECT_THAT(told(of({{2, stale()}, {0, test::quiet_node()}}).resolved), ElementsAre());
}

TEST(AlertHistory, TakesAnEventForNewsOfItsDayOnly) {
    const test::End off{.disabled = true}; // carries nothing, so that its loss is a loss of capacity alone
    NetworkBuilder most = test::quiet_node();
    most.channel("us", "erin", 10'000'000, off, off).channel("us", "frank", 10'000'000, off, off);
    NetworkBuilder less = NetworkBuilder(most).close("us", "frank");
    NetworkBuilder least = NetworkBuilder(less).close("us", "erin");
    const AlertHistory twice = of({{2, most}, {1, less}, {0, least}});
    EXPECT_THAT(told(twice.current), ElementsAre("capacity_drop new 1 since D-0", "channel_closed new 1 since D-0"));
    EXPECT_THAT(told(twice.resolved), ElementsAre());
    EXPECT_THAT(told(of({{2, most}, {1, less}, {0, less}}).resolved), ElementsAre());
}

/// What the node told on the days `told` ago, its wallet empty where `is_short`; a graph is given of every day.
AlertHistory of_node(const std::vector<std::pair<int, bool>>& told) {
    std::vector<domain::Network> networks;
    for (int ago = 3; ago >= 0; --ago) {
        networks.push_back(test::quiet_node().at(test::kNoon - days{ago}).build());
    }
    const test::History history(std::move(networks));
    std::vector<domain::OwnNode> nodes;
    for (const auto& [ago, is_short] : told) {
        nodes.push_back(test::earlier(test::node_of(history.today().network), ago));
        nodes.back().wallet->confirmed = is_short ? Sat{0} : Sat{1'000'000};
    }
    std::vector<OwnNodeOfDay> own;
    for (const domain::OwnNode& node : nodes) {
        own.push_back({node.day, &node});
    }
    ComposeInput input = history.input();
    input.own = own;
    return alert_history(Days(input), input);
}

TEST(AlertHistory, CountsTheDaysOnWhichTheNodeToldOfIt) {
    EXPECT_THAT(told(of_node({{3, false}, {2, true}, {1, true}, {0, true}}).current),
                ElementsAre("anchor_reserve_low ongoing 3 since D-2"));
    EXPECT_THAT(told(of_node({{1, false}, {0, true}}).current), ElementsAre("anchor_reserve_low new 1 since D-0"));
}

TEST(AlertHistory, DoesNotTakeADayOnWhichTheNodeToldNothingForOneWithoutTheAlert) {
    EXPECT_THAT(told(of_node({{0, true}}).current), ElementsAre("anchor_reserve_low unknown 1 since D-0 or before"));
    EXPECT_THAT(told(of_node({{2, true}, {0, true}}).current),
                ElementsAre("anchor_reserve_low unknown 1 since D-0 or before"));
    EXPECT_THAT(told(of_node({{2, true}, {1, true}, {0, true}}).current),
                ElementsAre("anchor_reserve_low ongoing 3 since D-2 or before"));
}

TEST(AlertHistory, CallsAnAlertOfTheNodeResolvedOnlyWhenTheNodeToldSo) {
    EXPECT_THAT(told(of_node({{2, false}, {1, true}, {0, false}}).resolved),
                ElementsAre("anchor_reserve_low new 1 since D-1"));
    EXPECT_THAT(told(of_node({{2, false}, {1, true}}).resolved), ElementsAre());
}

TEST(AlertHistory, ComesGravestFirst) {
    NetworkBuilder network = stale();
    network.set("us", "bob", {.disabled = true, .ago = days{2}}, {});
    network.set("us", "carol", {.disabled = true, .ago = days{2}}, {});
    network.set("us", "dave", {.disabled = true, .ago = days{2}}, {});
    const AlertHistory history = of({{0, network}});
    EXPECT_THAT(told(history.current), ElementsAre("channel_inactive unknown 1 since D-0 or before",
                                                   "stale_channels unknown 1 since D-0 or before"));
    EXPECT_EQ(history.current[0].severity, domain::Severity::critical);
}

TEST(AlertHistory, MeasuresTheSourceOfEachDayAgainstTheGraphBeforeIt) {
    NetworkBuilder large = test::quiet_node();
    for (int i = 0; i < 10; ++i) {
        large.node(fmt::format("idle {}", i));
    }
    EXPECT_THAT(told(of({{3, large}, {1, test::quiet_node()}, {0, test::quiet_node()}}).resolved),
                ElementsAre("source_stale unknown 1 since D-1 or before"));
    EXPECT_THAT(told(of({{1, large}, {0, test::quiet_node()}}).current), ElementsAre("source_stale new 1 since D-0"));
}

TEST(AlertHistory, TakesTheStandingOfWhatGraphsDoNotTell) {
    const test::History history({test::quiet_node().at(test::kNoon - days{1}).build(), test::quiet_node().build()});
    domain::Outside outside = test::fees_of(9, {2, 2, 2, 2, 2, 2, 2, 2, 9, 9});
    outside.states = {test::source_in(domain::source::kMempool, domain::SourceStatus::unavailable),
                      test::source_in(domain::source::kAmboss, domain::SourceStatus::unavailable)};
    const test::Beside beside(outside);
    const Surroundings surroundings = beside.surroundings();
    const AlertHistory told_history = alert_history(Days(history.input()), history.input(), &surroundings);
    std::vector<std::string> lines;
    for (const Alert& alert : told_history.current) {
        lines.push_back(fmt::format("{} {} {} {} D-{} {}", alert.id, alert.type, static_cast<int>(alert.state),
                                    alert.days, (kToday - alert.since).count(), alert.days_is_lower_bound));
    }
    EXPECT_THAT(lines, ElementsAre("source_missing_mempool source_missing 0 1 D-0 true",
                                   "source_missing_amboss source_missing 0 1 D-0 true",
                                   "onchain_fees onchain_fees 2 3 D-2 false"));
    EXPECT_TRUE(told_history.resolved.empty());
}

} // namespace
} // namespace mcp::analysis
