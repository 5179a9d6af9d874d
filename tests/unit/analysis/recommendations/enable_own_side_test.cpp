#include "tests/support/scene.hpp"

#include "analysis/recommendations/all.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::days;
using test::End;
using test::NetworkBuilder;

const End kOff{.disabled = true};

std::string said(const NetworkBuilder& network) {
    return test::said(enable_own_side(test::Scene(network.build()).input()));
}

TEST(EnableOwnSide, AsksForASideThatOnlyTheNodeKeepsDisabled) {
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", kOff, {})),
              "medium channels 2.3\n"
              "Enable 1 channel that only your side keeps disabled\n"
              "The peers are ready, your side says disabled: alice (1,000,000 sat), 1,000,000 sat in all.\n"
              "Let your node decide again for the channel with alice.\n"
              "lncli updatechanstatus --action auto --chan_point funding0:0\n"
              "lightning-cli connect " +
                  test::key_of(1).hex() + "\n885600x0x0");
}

TEST(EnableOwnSide, LeavesWhatThePeerKeepsDisabledOrNeverAnnounced) {
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", kOff, kOff)), "nothing");
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", {}, kOff)), "nothing");
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", kOff, {.announced = false})), "nothing");
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", {.announced = false}, {})), "nothing");
}

TEST(EnableOwnSide, LeavesSilentYoungAndUndatedChannels) {
    const End silent{.ago = days{15}};
    const End silent_off{.disabled = true, .ago = days{15}};
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", silent_off, silent)), "nothing");
    EXPECT_EQ(said(test::quiet_node().channel("us", "erin", 1'000'000, kOff, {}, 29)), "nothing");
    EXPECT_EQ(said(test::quiet_node().set("us", "alice", kOff, {}).undated()), "nothing");
}

} // namespace
} // namespace mcp::analysis
