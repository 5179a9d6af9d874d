#include "analysis/outside/providers.hpp"

#include "tests/support/outside_samples.hpp"
#include "tests/support/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::ClosingReason;
using domain::Outside;
using domain::SourceStatus;
using domain::source::kAmboss;
using domain::source::kMempool;
using test::closed;
using test::days;
using testing::ElementsAre;

const Outside kPlanted = test::planted_outside();
const domain::Network kNoNetwork;

TEST(PriceFigures, TellEachCurrencyThatIsKnown) {
    Outside outside = kPlanted;
    outside.price->eur.reset();
    const domain::PriceFigures price = price_figures(&outside, outside.states.front());
    EXPECT_EQ(*price.usd, 60'000);
    EXPECT_EQ(test::why(price.eur), "mempool did not tell it");
    EXPECT_EQ(*price.as_of, test::kNoon - std::chrono::minutes{5});
    const domain::PriceFigures none = price_figures(nullptr, state_of({}, kMempool));
    EXPECT_EQ(test::why(none.usd), "mempool is not configured");
    EXPECT_EQ(test::why(none.as_of), "mempool is not configured");
}

TEST(CountedNetworks, KeepSourceAndDateOfEachAndAverageNothing) {
    const auto counted = counted_networks(&kPlanted, kPlanted.states);
    ASSERT_EQ(counted.rows.size(), 2u);
    EXPECT_TRUE(counted.gaps.empty());
    EXPECT_EQ(counted.rows[0].source, kMempool);
    EXPECT_EQ(*counted.rows[0].as_of, test::kOutsideDay - days{14});
    EXPECT_EQ(*counted.rows[0].asked_at, test::kNoon);
    EXPECT_EQ(*counted.rows[0].channels, 32'674);
    EXPECT_EQ(*counted.rows[0].nodes, 16'237);
    EXPECT_EQ(*counted.rows[0].capacity, Sat{379'451'516'560});
    EXPECT_EQ(*counted.rows[0].median_capacity, Sat{2'042'066});
    EXPECT_EQ(*counted.rows[0].median_fee_rate, 100);
    EXPECT_EQ(counted.rows[1].source, kAmboss);
    EXPECT_EQ(*counted.rows[1].channels, 36'216);
    EXPECT_EQ(test::why(counted.rows[1].as_of), "Amboss did not tell it");
    EXPECT_EQ(counted.rows[1].as_of.absence().source, kAmboss);
}

TEST(CountedNodes, TellWhatEachProviderTellsAndNoMore) {
    const auto counted = counted_nodes(&kPlanted, kPlanted.states);
    ASSERT_EQ(counted.rows.size(), 2u);
    EXPECT_EQ(counted.rows[0].alias, "us");
    EXPECT_EQ(*counted.rows[0].as_of, test::kNoon - days{20});
    EXPECT_EQ(*counted.rows[0].first_seen, test::kNoon - days{900});
    EXPECT_EQ(*counted.rows[0].capacity, Sat{9'000'000});
    EXPECT_EQ(*counted.rows[0].channels, 9);
    EXPECT_EQ(*counted.rows[0].closed_channels, 2);
    EXPECT_EQ(test::why(counted.rows[0].capacity_rank), "mempool did not tell it");
    EXPECT_EQ(*counted.rows[1].capacity_rank, 4'711);
    EXPECT_EQ(*counted.rows[1].channels_rank, 5'012);
    EXPECT_EQ(*counted.rows[1].median_fee_rate_out, 250);
    EXPECT_EQ(*counted.rows[1].median_fee_rate_in, 99.5);
    EXPECT_EQ(*counted.rows[1].weighted_fee_rate_out, 310.25);
    EXPECT_EQ(*counted.rows[1].weighted_fee_rate_in, 120);
    EXPECT_EQ(test::why(counted.rows[1].capacity_then), "Amboss did not tell it");
    EXPECT_EQ(*counted.rows[0].earlier_as_of, test::kOutsideDay - days{21});
    EXPECT_EQ(*counted.rows[0].capacity_then, Sat{8'000'000});
    EXPECT_EQ(*counted.rows[0].channels_then, 8);
    EXPECT_EQ(test::why(counted.rows[0].median_fee_rate_out), "mempool did not tell it");
}

TEST(Told, GivesTheReasonOfEachProviderWhenNobodyTold) {
    Outside outside;
    outside.states = {test::source_in(kAmboss, SourceStatus::unavailable, Message{"system.no_such_file", {}})};
    const auto why = [](const auto& told) {
        std::vector<std::string> reasons;
        for (const domain::Absence& gap : told.gaps) {
            reasons.push_back(std::string(gap.source) + ": " + test::english(gap.reason));
        }
        return reasons;
    };
    const auto both = ElementsAre("mempool: mempool is not configured",
                                  "amboss: Amboss is unavailable: no such file; check the path");
    EXPECT_THAT(why(counted_networks(&outside, outside.states)), both);
    EXPECT_THAT(why(counted_nodes(&outside, outside.states)), both);
    EXPECT_THAT(why(told_closings(&outside, outside.states, kNoNetwork)), both);
    EXPECT_EQ(why(counted_nodes(nullptr, {})).size(), 2u);
}

TEST(ToldClosings, TellAChannelOfTwoProvidersOnceAndNameBoth) {
    const auto told = told_closings(&kPlanted, kPlanted.states, kNoNetwork);
    ASSERT_EQ(told.rows.size(), 2u);
    EXPECT_EQ(told.rows[0].channel_id, "700000x1x0");
    EXPECT_EQ(*told.rows[0].peer, test::key_of(77));
    EXPECT_EQ(told.rows[0].peer_alias, "gone peer");
    EXPECT_EQ(*told.rows[0].told_by.at(0).reason, ClosingReason::force);
    EXPECT_EQ(*told.rows[0].told_by.at(0).closed_at, test::kNoon - days{1});
    EXPECT_EQ(*told.rows[0].told_by.at(0).closed_height, 900'000);
    EXPECT_EQ(*told.rows[0].told_by.at(0).capacity, Sat{1'000'000});
    EXPECT_EQ(told.rows[1].channel_id, "600000x2x1");
    ASSERT_EQ(told.rows[1].told_by.size(), 2u);
    EXPECT_EQ(told.rows[1].told_by[0].source, kMempool);
    EXPECT_EQ(told.rows[1].told_by[1].source, kAmboss);
    EXPECT_EQ(test::why(told.rows[1].told_by[1].reason), "Amboss did not tell it");
    EXPECT_EQ(test::why(told.rows[1].peer), "mempool did not tell it");
}

TEST(ToldClosings, LetProvidersContradictEachOther) {
    Outside outside;
    outside.closed_channels = {closed(kMempool, "1x1x1", ClosingReason::mutual),
                               closed(kAmboss, "1x1x1", ClosingReason::penalty)};
    const auto told = told_closings(&outside, {}, kNoNetwork);
    ASSERT_EQ(told.rows.size(), 1u);
    EXPECT_EQ(*told.rows[0].told_by.at(0).reason, ClosingReason::mutual);
    EXPECT_EQ(*told.rows[0].told_by.at(1).reason, ClosingReason::penalty);
}

TEST(ToldClosings, HearAProviderOnceForEachChannel) {
    Outside outside;
    outside.closed_channels = {closed(kMempool, "1x1x1", ClosingReason::mutual),
                               closed(kMempool, "1x1x1", ClosingReason::force)};
    EXPECT_EQ(told_closings(&outside, {}, kNoNetwork).rows.at(0).told_by.size(), 1u);
}

TEST(ToldClosings, ComeNewestFirstAndUndatedOnesLast) {
    Outside outside;
    outside.closed_channels = {closed(kMempool, "1x1x1", ClosingReason::mutual, std::nullopt),
                               closed(kMempool, "2x1x1", ClosingReason::mutual, test::kNoon - days{9}),
                               closed(kAmboss, "3x1x1", ClosingReason::mutual, test::kNoon - days{2})};
    std::vector<std::string> ids;
    for (const domain::ReportClosing& closing : told_closings(&outside, {}, kNoNetwork).rows) {
        ids.push_back(closing.channel_id);
    }
    EXPECT_THAT(ids, ElementsAre("3x1x1", "2x1x1", "1x1x1"));
}

TEST(ToldClosings, AreKnownToBeNoneWhenAProviderSaysSo) {
    Outside outside;
    outside.closings_told_by = {kMempool};
    const auto told = told_closings(&outside, {}, kNoNetwork);
    EXPECT_TRUE(told.rows.empty());
    EXPECT_TRUE(told.gaps.empty());
}

TEST(ToldClosings, NameThePeerByTheGraphWhereNoProviderDoes) {
    const domain::Network network = test::quiet_node().build();
    Outside outside;
    outside.closed_channels = {closed(kMempool, "1x1x1", ClosingReason::mutual)};
    outside.closed_channels[0].peer = network.nodes[test::node_named(network, "bob")].key;
    EXPECT_EQ(told_closings(&outside, {}, network).rows.at(0).peer_alias, "bob");
    outside.closed_channels[0].peer_alias = "Bob's old name";
    EXPECT_EQ(told_closings(&outside, {}, network).rows.at(0).peer_alias, "Bob's old name");
}

} // namespace
} // namespace mcp::analysis
