#include "analysis/changes.hpp"

#include "tests/support/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::ChangeKind;
using domain::Figure;
using domain::ReportChange;
using test::days;
using test::NetworkBuilder;
using testing::ElementsAre;

Figure<std::vector<ReportChange>> between(NetworkBuilder yesterday, const NetworkBuilder& today) {
    const test::History history({yesterday.at(test::kNoon - days{1}).build(), today.build()});
    return changes_since_yesterday(Days(history.input()));
}

std::vector<std::string> texts(const Figure<std::vector<ReportChange>>& changes) {
    std::vector<std::string> said;
    for (const ReportChange& change : *changes) {
        said.push_back(test::english(change.text));
    }
    return said;
}

TEST(Changes, AreNoneBetweenTwoQuietDays) {
    EXPECT_THAT(texts(between(test::quiet_node(), test::quiet_node())), ElementsAre());
}

TEST(Changes, TellOpeningsAndClosingsWithTheirCapacityLargestFirst) {
    const auto changes =
        between(test::quiet_node(), test::quiet_node().close("us", "alice").channel("us", "erin", 5'000'000));
    EXPECT_THAT(texts(changes),
                ElementsAre("new channel with erin, 5,000,000 sat", "channel with alice gone, 1,000,000 sat"));
    const ReportChange& opened = (*changes)[0];
    EXPECT_EQ(opened.kind, ChangeKind::opened);
    EXPECT_EQ(opened.channel_id, "885600x8x0");
    EXPECT_EQ(opened.peer_alias, "erin");
    EXPECT_FALSE(opened.before);
    EXPECT_EQ(opened.after->capacity, Sat{5'000'000});
    EXPECT_FALSE(opened.after->fee || opened.after->disabled);
    const ReportChange& closed = (*changes)[1];
    EXPECT_EQ(closed.kind, ChangeKind::closed);
    EXPECT_EQ(closed.peer, test::key_of(1));
    EXPECT_EQ(closed.before->capacity, Sat{1'000'000});
    EXPECT_FALSE(closed.after);
}

TEST(Changes, TellWhoRepricedFromWhatToWhat) {
    const auto changes =
        between(test::quiet_node(), test::quiet_node()
                                        .set("us", "bob", {.ppm = 200}, {})
                                        .set("us", "carol", {}, {.base_msat = 1000, .inbound_ppm = -50}));
    EXPECT_THAT(texts(changes),
                ElementsAre("you now ask 200 ppm + 0 msat towards bob (was 100 ppm + 0 msat)",
                            "carol now asks 100 ppm + 1,000 msat, inbound -50 ppm + 0 msat (was 100 ppm + 0 msat)"));
    EXPECT_FALSE((*changes)[0].by_peer);
    EXPECT_TRUE((*changes)[1].by_peer);
    EXPECT_EQ((*changes)[1].kind, ChangeKind::repriced);
    EXPECT_EQ((*changes)[1].before->fee->base, Msat{0});
    EXPECT_EQ((*changes)[1].after->fee->base, Msat{1000});
    EXPECT_EQ((*changes)[1].after->fee->inbound_rate, Ppm{-50});
    EXPECT_FALSE((*changes)[1].after->capacity);
    EXPECT_EQ((*changes)[1].at, test::kNoon);
}

TEST(Changes, TellThatAPolicyAppearedOrVanished) {
    NetworkBuilder silent = test::quiet_node().set("us", "alice", {}, {.announced = false});
    const auto vanished = between(test::quiet_node(), silent);
    EXPECT_THAT(texts(vanished), ElementsAre("alice now asks no policy (was 100 ppm + 0 msat)"));
    EXPECT_FALSE((*vanished)[0].after || (*vanished)[0].at);
    const auto appeared = between(silent, test::quiet_node());
    EXPECT_THAT(texts(appeared), ElementsAre("alice now asks 100 ppm + 0 msat (was no policy)"));
    EXPECT_FALSE((*appeared)[0].before);
}

TEST(Changes, TellWhoDisabledAndEnabled) {
    NetworkBuilder off =
        test::quiet_node().set("us", "alice", {.disabled = true}, {}).set("us", "bob", {}, {.disabled = true});
    const auto disabled = between(test::quiet_node(), off);
    EXPECT_THAT(texts(disabled), ElementsAre("your side towards alice was disabled", "bob disabled its side"));
    EXPECT_EQ((*disabled)[0].kind, ChangeKind::disabled);
    EXPECT_EQ((*disabled)[0].before->disabled, false);
    EXPECT_EQ((*disabled)[0].after->disabled, true);
    const auto enabled = between(off, test::quiet_node());
    EXPECT_THAT(texts(enabled), ElementsAre("your side towards alice was enabled", "bob enabled its side"));
    EXPECT_EQ((*enabled)[1].kind, ChangeKind::enabled);
    EXPECT_EQ((*enabled)[1].after->disabled, false);
}

TEST(Changes, TellWhatFellSilentToday) {
    const test::End then{.ago = days{14}};
    const test::End now{.ago = days{15}}; // the same announcement, a day later
    const auto changes =
        between(test::quiet_node().set("us", "bob", then, then), test::quiet_node().set("us", "bob", now, now));
    EXPECT_THAT(texts(changes), ElementsAre("channel with bob silent for 14 days now, 1,000,000 sat"));
    EXPECT_EQ((*changes)[0].kind, ChangeKind::silent);
    EXPECT_EQ((*changes)[0].at, test::kNoon - days{15});
    EXPECT_FALSE((*changes)[0].before || (*changes)[0].after);
}

TEST(Changes, DoNotCallAnUnknownCapacityZero) {
    EXPECT_THAT(texts(between(test::quiet_node(), test::quiet_node().channel("us", "erin", std::nullopt))),
                ElementsAre("new channel with erin, the graph does not tell the capacity"));
}

TEST(Changes, NameAPeerWithoutAliasByItsKey) {
    domain::Network today = test::quiet_node().channel("us", "erin", 5).build();
    today.nodes[test::node_named(today, "erin")].alias.clear();
    const test::History history({test::quiet_node().at(test::kNoon - days{1}).build(), today});
    EXPECT_THAT(texts(changes_since_yesterday(Days(history.input()))),
                ElementsAre("new channel with 020000000500…, 5 sat"));
}

TEST(Changes, AreAbsentWithoutYesterdayOrTheNodeInIt) {
    const test::History alone({test::quiet_node().build()});
    EXPECT_EQ(test::why(changes_since_yesterday(Days(alone.input()))), "no graph of the day before was given");
    EXPECT_EQ(test::why(between(test::strangers(), test::quiet_node())), "the node was not in the graph of that day");
}

TEST(Changes, AreAbsentWhereChannelsCanNotBeFollowed) {
    domain::Network positions = test::quiet_node().build();
    positions.positional_ids = true;
    const domain::Network yesterday = test::quiet_node().at(test::kNoon - days{1}).build();
    const test::History today_without({yesterday, positions});
    EXPECT_EQ(test::why(changes_since_yesterday(Days(today_without.input()))), "the graph has no short channel ids");

    positions.as_of = test::kNoon - days{1};
    const test::History yesterday_without({positions, test::quiet_node().build()});
    EXPECT_NE(test::why(changes_since_yesterday(Days(yesterday_without.input()))).find("no short channel ids"),
              std::string::npos);
}

} // namespace
} // namespace mcp::analysis
