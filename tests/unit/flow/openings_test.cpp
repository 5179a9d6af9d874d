#include "flow/openings.hpp"

#include "tests/support/network_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::flow {
namespace {

using domain::Network;
using domain::NodeId;

constexpr Day kDay{std::chrono::year{2026} / 3 / 1};

test::NetworkBuilder square() {
    return test::NetworkBuilder()
        .channel("us", "alice", 1'000'000)
        .channel("us", "bob", 2'000'000)
        .channel("alice", "carol", 1'000'000);
}

NodeId node(const Network& network, const std::string& alias) {
    return test::node_named(network, alias);
}

analysis::OpenAdvice some_advice(const Network& network) {
    return {.capacity = Sat{5'000'000},
            .amount = Msat{500'000'000},
            .betweenness_now = 1234.5678901234567,
            .usual_fee = Ppm{100},
            .own_fees = {Ppm{10}, Ppm{100}},
            .candidates = {{.peer = node(network, "carol"), .arrivals = 0.1, .departures = {2.5, 1e-9}}}};
}

TEST(Openings, ComeBackFromTheirKeptText) {
    const Network network = square().build();
    const analysis::OpenAdvice before = some_advice(network);
    const ports::KeptOpenings kept = to_keep(before, network, node(network, "us"), kDay);
    EXPECT_EQ(kept.node, network.nodes[node(network, "us")].key);
    EXPECT_EQ(kept.computed_on, kDay);
    const Result<analysis::OpenAdvice> after = from_kept(kept, network);
    ASSERT_TRUE(after);
    EXPECT_EQ(after->capacity, before.capacity);
    EXPECT_EQ(after->amount, before.amount);
    EXPECT_DOUBLE_EQ(after->betweenness_now, before.betweenness_now);
    EXPECT_EQ(after->usual_fee, before.usual_fee);
    EXPECT_EQ(after->own_fees, before.own_fees);
    ASSERT_EQ(after->candidates.size(), 1u);
    EXPECT_EQ(after->candidates[0].peer, before.candidates[0].peer);
    EXPECT_DOUBLE_EQ(after->candidates[0].arrivals, before.candidates[0].arrivals);
    EXPECT_THAT(after->candidates[0].departures, testing::ElementsAre(testing::DoubleEq(2.5), testing::DoubleEq(1e-9)));
    EXPECT_EQ(after->computed_on, kDay) << "a report must say that the search is of another day";
}

TEST(Openings, LeaveOutCandidatesThatLeftTheGraph) {
    const Network network = square().build();
    const ports::KeptOpenings kept = to_keep(some_advice(network), network, node(network, "us"), kDay);
    const Network without_carol =
        test::NetworkBuilder().channel("us", "alice", 1'000'000).channel("us", "bob", 2'000'000).build();
    const Result<analysis::OpenAdvice> after = from_kept(kept, without_carol);
    ASSERT_TRUE(after);
    EXPECT_TRUE(after->candidates.empty());
}

TEST(Openings, AreFreshForAWeekAndAsLongAsTheChannelsStay) {
    const Network network = square().build();
    const NodeId us = node(network, "us");
    const ports::KeptOpenings kept = to_keep(some_advice(network), network, us, kDay);
    EXPECT_TRUE(is_fresh(kept, network, us, kDay));
    EXPECT_TRUE(is_fresh(kept, network, us, kDay + std::chrono::days{6}));
    EXPECT_FALSE(is_fresh(kept, network, us, kDay + std::chrono::days{7}));
    EXPECT_FALSE(is_fresh(kept, network, us, kDay - std::chrono::days{1})) << "the calendar went back";
    const Network closed = square().close("us", "bob").build();
    EXPECT_FALSE(is_fresh(kept, closed, us, kDay));
    const Network resized = square().resize("us", "bob", 3'000'000).build();
    EXPECT_FALSE(is_fresh(kept, resized, us, kDay));
    const Network others = square().close("alice", "carol").build();
    EXPECT_TRUE(is_fresh(kept, others, us, kDay)) << "others' channels are no reason to search anew";
}

TEST(Openings, RefuseATextThatTheyDidNotWrite) {
    const Network network = square().build();
    for (const char* text :
         {"", "{}", "[]",
          R"({"capacity_sats":1,"amount_msat":1,"betweenness_now":1,"usual_fee_ppm":1,"own_fees_ppm":[1],)"
          R"("candidates":[{"peer":"nobody","arrivals":1,"departures":[1]}]})",
          R"({"capacity_sats":1,"amount_msat":1,"betweenness_now":1,"usual_fee_ppm":1,"own_fees_ppm":[1,2],)"
          R"("candidates":[{"peer":"020000000000000000000000000000000000000000000000000000000000000000","arrivals":1,)"
          R"("departures":[1]}]})"}) {
        EXPECT_FALSE(from_kept({.node = {}, .channels = "", .computed_on = kDay, .advice = text}, network)) << text;
    }
}

} // namespace
} // namespace mcp::flow
