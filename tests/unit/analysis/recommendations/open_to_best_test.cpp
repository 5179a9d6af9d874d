#include "tests/support/scene.hpp"

#include "analysis/open_search.hpp"
#include "analysis/recommendations/all.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

/// The quiet network with "erin", whom the advice is about. At 10, 50 and 100 ppm a channel to her is worth 10 x 30,
/// 50 x 30 and 100 x 5, and 50 x 10 for what comes in.
std::string said(double arrivals, std::vector<double> departures, double now, std::optional<Day> computed_on = {},
                 std::string address = {}) {
    domain::Network network = test::quiet_node().node("erin").build();
    network.nodes[test::node_named(network, "erin")].address = std::move(address);
    OpenAdvice advice{.capacity = kOpeningCapacity,
                      .amount = kTypicalPayment,
                      .betweenness_now = now,
                      .usual_fee = Ppm{50},
                      .own_fees = {Ppm{10}, Ppm{50}, Ppm{100}},
                      .candidates = {{test::node_named(network, "erin"), arrivals, std::move(departures)}}};
    advice.computed_on = computed_on;
    return test::said(open_to_best(test::Scene(network).with(advice).input()));
}

TEST(OpenToBest, TellsTheExactGainAtTheBestFee) {
    const std::string erin = test::key_of(5).hex();
    EXPECT_EQ(said(10, {30, 30, 5}, 100),
              "medium channels 2.4\n"
              "Best channel to open: erin\n"
              "Of the 30 channels of 5,000,000 sat that gain most at 50 ppm, the one to this node is worth most (fee "
              "times gain): 40 more pairs of nodes would pay each other cheapest through you (500,000 sat a payment), "
              "on top of 100. Coming in from it: 10; going out to it, by your fee: up to 50 ppm +30, up to 100 ppm +5. "
              "Exact on today's graph; a pair is not a payment.\n"
              "Open 5,000,000 sat to erin, at 50 ppm and base fee 0, when on-chain fees are low. The graph tells no "
              "address of it: be connected to it first.\n"
              "lncli openchannel --node_key " +
                  erin + " --local_amt 5000000 --base_fee_msat 0 --fee_rate_ppm 50\nlightning-cli connect " + erin +
                  " && lightning-cli fundchannel " + erin + " 5000000 && lightning-cli setchannel " + erin + " 0 50\n");
}

TEST(OpenToBest, LeavesOutFeesThatGainNothing) {
    EXPECT_NE(said(10, {30, 5, 0.4}, 100).find("by your fee: up to 10 ppm +30, up to 50 ppm +5. Exact"),
              std::string::npos);
    const std::string only_arrivals = said(10, {0, 0, 0}, 100);
    EXPECT_NE(only_arrivals.find("by your fee: nothing. Exact"), std::string::npos);
    EXPECT_NE(only_arrivals.find("to erin, at 50 ppm and base fee 0"), std::string::npos) << "the usual fee";
}

TEST(OpenToBest, ConnectsWhereTheGraphTellsAnAddress) {
    const std::string text = said(10, {30, 30, 5}, 100, {}, "erin.example:9735");
    EXPECT_NE(text.find("when on-chain fees are low.\nlncli openchannel"), std::string::npos);
    EXPECT_NE(text.find(" --connect erin.example:9735 "), std::string::npos);
}

TEST(OpenToBest, NamesTheDayOfAnAdviceThatWasKept) {
    const Day monday{std::chrono::year{2025} / 10 / 20};
    EXPECT_NE(said(10, {30, 30, 5}, 100, monday).find("Exact on the graph of 20 October 2025;"), std::string::npos);
}

TEST(OpenToBest, NeverRanksAboveSixHoweverLargeTheGain) {
    EXPECT_EQ(said(1e6, {1e6, 1e6, 1e6}, 1).substr(0, 18), "high channels 6.0\n");
    EXPECT_EQ(said(10, {30, 30, 5}, 0).substr(0, 18), "high channels 6.0\n");
}

TEST(OpenToBest, IsQuietWhenNothingIsGained) {
    EXPECT_EQ(said(0.5, {0.4, 0.4, 0.4}, 10), "nothing");
    EXPECT_NE(said(0.5, {0.5, 0.5, 0.5}, 10), "nothing");
}

TEST(OpenToBest, IsQuietWithoutTheWhatIfOrWithoutCandidates) {
    EXPECT_EQ(test::said(open_to_best(test::Scene(test::quiet_node().build()).input())), "nothing");
    const OpenAdvice none{.capacity = kOpeningCapacity,
                          .amount = kTypicalPayment,
                          .betweenness_now = 0,
                          .usual_fee = Ppm{50},
                          .own_fees = {Ppm{50}},
                          .candidates = {}};
    EXPECT_EQ(test::said(open_to_best(test::Scene(test::quiet_node().build()).with(none).input())), "nothing");
}

} // namespace
} // namespace mcp::analysis
