#include "analysis/open_search.hpp"

#include "base/statistics.hpp"
#include "graph/betweenness.hpp"
#include "graph/market.hpp"
#include "tests/support/scene.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::NodeId;
using test::End;
using test::NetworkBuilder;

OpenAdvice search(const DayFacts& day, NodeId node) {
    return search_openings(day, graph::WhatIf::prepare(graph::fee_graph(day.network, kTypicalPayment), 1), node);
}

/// Median rate of what the node itself asks in the market.
std::int64_t usual_rate(const domain::Network& network, NodeId node) {
    std::vector<double> rates;
    for (const domain::ChannelIx ix : network.channels_of(node)) {
        const domain::Channel& channel = network.channels[ix];
        const domain::Side side = channel.side_of(node);
        if (graph::market_standing(channel, side, network.as_of) == graph::MarketStanding::in_market) {
            rates.push_back(static_cast<double>(channel.policy_of(side)->fee_rate.value));
        }
    }
    std::sort(rates.begin(), rates.end());
    return std::llround(*percentile(rates, 0.5));
}

/// By inserting the channel and counting all cheapest routes again.
double gain_by_brute_force(const DayFacts& day, NodeId node, NodeId peer, Ppm fee) {
    domain::Network wider = day.network;
    wider.channels.push_back(test::channel(9999, node, peer, kOpeningCapacity.value, test::policy(0, fee.value),
                                           test::policy(0, usual_rate(day.network, peer))));
    wider.index();
    return graph::betweenness(graph::fee_graph(wider, kTypicalPayment), 1)[node] - day.betweenness.fee_500k[node];
}

TEST(SearchOpenings, EqualInsertingTheChannelAndCountingAgain) {
    int compared = 0;
    for (std::uint32_t seed = 1; seed <= 8; ++seed) {
        const auto day = test::facts_of(test::any_network(14, 36, seed));
        const OpenAdvice advice = search(*day, 3);
        for (const OpenCandidate& candidate : advice.candidates) {
            for (std::size_t fee = 0; fee < advice.own_fees.size(); ++fee) {
                EXPECT_NEAR(candidate.arrivals + candidate.departures.at(fee),
                            gain_by_brute_force(*day, 3, candidate.peer, advice.own_fees[fee]), 1e-6)
                    << "seed " << seed << ", peer " << candidate.peer << ", fee " << advice.own_fees[fee].value;
                ++compared;
            }
        }
    }
    EXPECT_GT(compared, 100);
}

TEST(SearchOpenings, AdviseFiveAtMostBestFirst) {
    const auto day = test::facts_of(test::any_network(40, 120, 3));
    const OpenAdvice advice = search(*day, 0);
    ASSERT_EQ(advice.candidates.size(), 5u);
    for (std::size_t i = 1; i < advice.candidates.size(); ++i) {
        const auto most = [&](const OpenCandidate& candidate) {
            return advice.worth(candidate, advice.best_fee(candidate));
        };
        EXPECT_GE(most(advice.candidates[i - 1]), most(advice.candidates[i]));
    }
}

TEST(SearchOpenings, LookOnlyAtNodesThatAreNoPeersAliveAndSane) {
    NetworkBuilder network = NetworkBuilder().channel("us", "alice", 1'000'000).channel("us", "carol", 1'000'000);
    network.channel("alice", "bob", 1'000'000).channel("bob", "carol", 1'000'000);
    network.channel("bob", "has one channel", 1'000'000);
    for (const char* peer : {"alice", "bob"}) {
        network.channel("forbids use", peer, 1'000'000, {.ppm = 5000});
        network.channel("is half disabled", peer, 1'000'000, {}, {.disabled = std::string(peer) == "bob"});
        network.channel("has no channel of that size", peer, 400'000);
    }
    const auto day = test::facts_of(network.node("has none").build());
    const OpenAdvice advice = search(*day, test::node_named(day->network, "us"));
    ASSERT_EQ(advice.candidates.size(), 1u);
    EXPECT_EQ(advice.candidates[0].peer, test::node_named(day->network, "bob"));
}

/// A ring of seven around "us", and an island of four that nobody can pay.
NetworkBuilder ring_and_island() {
    NetworkBuilder network;
    for (int i = 0; i < 7; ++i) {
        network.channel(fmt::format("ring {}", i), fmt::format("ring {}", (i + 1) % 7), 1'000'000);
    }
    network.channel("us", "ring 0", 1'000'000).channel("us", "ring 1", 1'000'000);
    for (int i = 0; i < 4; ++i) {
        network.channel(fmt::format("island {}", i), fmt::format("island {}", (i + 1) % 4), 1'000'000);
    }
    return network;
}

TEST(SearchOpenings, LeaveOutWhoCannotPayAndBePaidByTheBulk) {
    NetworkBuilder network = ring_and_island();
    const test::End off{.disabled = true};
    network.channel("pays only", "ring 2", 1'000'000, {}, off).channel("pays only", "ring 3", 1'000'000, {}, off);
    network.channel("pays only", "pays it", 1'000'000).channel("pays only", "pays it", 1'000'000);
    const auto day = test::facts_of(network.build());
    const OpenAdvice advice = search(*day, test::node_named(day->network, "us"));
    EXPECT_EQ(advice.candidates.size(), 5u);
    for (const OpenCandidate& candidate : advice.candidates) {
        EXPECT_TRUE(day->network.nodes[candidate.peer].alias.starts_with("ring"));
    }
}

TEST(SearchOpenings, EndSoonWhenToldToStop) {
    const auto day = test::facts_of(test::any_network(200, 800, 5));
    const auto what_if = graph::WhatIf::prepare(graph::fee_graph(day->network, kTypicalPayment), 1);
    const auto times_asked = [&](int until) {
        int asked = 0;
        (void)search_openings(*day, what_if, 0, [&] { return ++asked > until; });
        return asked;
    };
    EXPECT_GT(times_asked(1'000'000), 600) << "once for each node, of two legs, of two searches";
    EXPECT_LE(times_asked(3), 3 + 4 * 16) << "then once for each chunk of the work";
}

TEST(SearchOpenings, RepeatWhatTheyAssume) {
    NetworkBuilder network = test::quiet_node().set("us", "alice", {.ppm = 70}, {}).set("us", "bob", {.ppm = 71}, {});
    network.set("us", "carol", {.ppm = 60}, {}).set("us", "dave", {.ppm = 9000}, {});
    const test::DayOfUs day(network.build());
    const OpenAdvice advice = search(*day.facts, day.view().node());
    EXPECT_EQ(advice.capacity, Sat{5'000'000});
    EXPECT_EQ(advice.amount, Msat{500'000'000});
    EXPECT_EQ(advice.betweenness_now, day.facts->betweenness.fee_500k[day.view().node()]);
    EXPECT_EQ(advice.usual_fee, Ppm{70}); // the fourth forbids use
    EXPECT_THAT(advice.own_fees,
                testing::ElementsAre(Ppm{10}, Ppm{50}, Ppm{70}, Ppm{100}, Ppm{250}, Ppm{500}, Ppm{1000}));
    EXPECT_TRUE(advice.candidates.empty()); // all are peers
}

TEST(SearchOpenings, TakeAHundredPpmForANodeWithoutAHabit) {
    const auto day = test::facts_of(test::quiet_node().node("newcomer").build());
    const OpenAdvice advice = search(*day, test::node_named(day->network, "newcomer"));
    EXPECT_EQ(advice.usual_fee, kFeeWithoutHabit);
    EXPECT_EQ(advice.own_fees.size(), 6u); // 100 ppm is tried anyway
    for (const OpenCandidate& candidate : advice.candidates) {
        EXPECT_EQ(candidate.arrivals + candidate.departures.at(0), 0); // nobody passes through a dead end
    }
}

} // namespace
} // namespace mcp::analysis
