#include "analysis/score/all.hpp"

#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::OwnNode;

/// The part after `change` of what the node tells.
template <typename Change>
PartResult after(Change change) {
    test::DayOfUs day(test::quiet_node().build());
    OwnNode node = test::node_of(day.facts->network);
    change(node, day.facts->network);
    day.us.tell(node);
    return liquidity(day.us, day.us.own());
}

TEST(Liquidity, IsNeverGuessedFromPublicData) {
    const test::DayOfUs day(test::quiet_node().build());
    const PartResult part = liquidity(day.us, day.us.own());
    EXPECT_EQ(test::why(part.value), test::needs_node());
    EXPECT_EQ(part.value.absence().source, domain::source::kNode);
    EXPECT_EQ(test::english(part.inputs), "absent");
}

TEST(Liquidity, IsTheHarmonicMeanOfWhatCanBeSentAndWhatCanCome) {
    EXPECT_EQ(*after([](OwnNode&, const auto&) {}).value, 100);
    const PartResult half = after([](OwnNode& node, const domain::Network& network) {
        test::fill(test::told_with(node, network, "alice"), 0);
        test::fill(test::told_with(node, network, "bob"), 0);
    });
    EXPECT_NEAR(*half.value, 200.0 / 3, 1e-9); // sends to 1/2, receives from all
    EXPECT_EQ(test::english(half.inputs),
              "20,000 sat, which nine of ten forwards do not exceed, can be sent now to 50% "
              "of the capacity with your peers and come from 100%");
    EXPECT_EQ(*after([](OwnNode& node, const auto&) {
                   for (auto& channel : node.channels) {
                       test::fill(channel, 1);
                   }
               }).value,
              0);
}

TEST(Liquidity, AsksForATypicalPaymentWhereTheOwnSizeIsNotKnown) {
    const PartResult part = after([](OwnNode& node, const auto&) { node.days.clear(); });
    EXPECT_EQ(*part.value, 100) << "490,000 sat can pass, a third of 1,000,000 is asked";
    EXPECT_EQ(test::english(part.inputs), "500,000 sat (a typical payment: your node did not tell the forwards of the "
                                          "week), or a third of a smaller channel, can be sent now to 100% of the "
                                          "capacity with your peers and come from 100%");
}

/// Nine forwards in the week: one too few to know their size.
void forward_little(OwnNode& node) {
    for (domain::NodeDayFlow& day : node.days) {
        day.sizes.clear();
    }
    node.days[0].sizes = {{.amount = Msat{20'000'000}, .count = 9}};
}

TEST(Liquidity, SaysThatATypicalPaymentIsNotTheOwnSize) {
    const PartResult part = after([](OwnNode& node, const auto&) { forward_little(node); });
    EXPECT_EQ(*part.value, 100);
    EXPECT_EQ(test::english(part.inputs).substr(0, 89),
              "500,000 sat (a typical payment, your own are too few), or a third of a smaller channel, c");
}

TEST(Liquidity, AsksOfASmallChannelAThirdOfATypicalPaymentOnlyWhereTheOwnSizeIsNotKnown) {
    const auto alice_lacks = [](bool forwards_little) {
        return *after([&](OwnNode& node, const domain::Network& network) {
                    if (forwards_little) {
                        forward_little(node);
                    } else {
                        node.days[0].sizes = {{.amount = Msat{500'000'000}, .count = 1000}};
                    }
                    test::told_with(node, network, "alice").can_send = Msat{333'332'999};
                }).value;
    };
    EXPECT_NEAR(alice_lacks(true), 2 * 0.75 / 1.75 * 100, 1e-9);
    EXPECT_EQ(alice_lacks(false), 0) << "its own forwards are of 500,000 sat, and none of its channels passes these";
}

TEST(Liquidity, CountsNoChannelThatCannotBeUsed) {
    EXPECT_EQ(*after([](OwnNode& node, const auto& network) {
                   test::told_with(node, network, "alice").is_active = false;
               }).value,
              75);
}

TEST(Liquidity, IsAbsentWhenTheNodeWasInDoubtOrDidNotTellItsChannels) {
    EXPECT_EQ(test::why(after([](OwnNode& node, const auto&) {
                            node.doubts = {domain::NodeDoubt::no_channel_active};
                        }).value),
              "your node was starting, stopping or behind when it was read: it would mislead");
    EXPECT_EQ(
        test::why(after([](OwnNode& node, const auto&) {
                      node.channels.clear();
                      node.gaps = {{domain::NodePart::channels, {ErrorKind::forbidden, {"system.not_allowed", {}}}}};
                  }).value),
        "your node did not tell it: permission denied; check its owner and mode");
}

} // namespace
} // namespace mcp::analysis
