#include "analysis/commands.hpp"

#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using test::DayOfUs;

const std::string kAlice = test::key_of(1).hex();

DayOfUs day() {
    return DayOfUs(test::quiet_node().set("us", "alice", {.base_msat = 1000, .ppm = 250}, {}).build());
}

/// The channel's id as a number, 885600x0x0.
constexpr std::uint64_t kIdOfAlice = std::uint64_t{885'600} << 40;

TEST(Commands, SetAFeeAndKeepTheTimeLock) {
    const DayOfUs us = day();
    const Commands commands = set_fee(us.view(), us.with("alice"), Msat{7}, Ppm{300});
    EXPECT_EQ(commands.lnd, "lncli updatechanpolicy --base_fee_msat 7 --fee_rate_ppm 300 --time_lock_delta 80 "
                            "--chan_point funding0:0");
    EXPECT_EQ(commands.cln, "lightning-cli setchannel 885600x0x0 7 300");
}

TEST(Commands, SetInboundFeesWhereTheyAreGiven) {
    const DayOfUs us = day();
    const domain::ChannelFee fee{.base = Msat{7}, .rate = Ppm{300}, .inbound_base = Msat{-1}, .inbound_rate = Ppm{-20}};
    const Commands commands = set_fee(us.view(), us.with("alice"), fee);
    EXPECT_EQ(commands.lnd, "lncli updatechanpolicy --base_fee_msat 7 --fee_rate_ppm 300 --time_lock_delta 80 "
                            "--inbound_base_fee_msat -1 --inbound_fee_rate_ppm -20 --chan_point funding0:0");
    EXPECT_EQ(commands.cln, "lightning-cli setchannel 885600x0x0 7 300");
}

TEST(Commands, SetMaxHtlcAndKeepTheFees) {
    const DayOfUs us = day();
    const Commands commands = set_max_htlc(us.view(), us.with("alice"), Msat{990'000'000});
    EXPECT_EQ(commands.lnd, "lncli updatechanpolicy --base_fee_msat 1000 --fee_rate_ppm 250 --time_lock_delta 80 "
                            "--max_htlc_msat 990000000 --chan_point funding0:0");
    EXPECT_EQ(commands.cln, "lightning-cli setchannel -k id=885600x0x0 htlcmax=990000000");
}

TEST(Commands, EnableAChannelAgain) {
    const DayOfUs us = day();
    const Commands commands = enable_again(us.view(), us.with("alice"));
    EXPECT_EQ(commands.lnd, "lncli updatechanstatus --action auto --chan_point funding0:0");
    EXPECT_EQ(commands.cln, "lightning-cli connect " + kAlice);
}

TEST(Commands, CloseByAgreementOrByForce) {
    const DayOfUs us = day();
    EXPECT_EQ(close_channel(us.view(), us.with("alice"), false).lnd, "lncli closechannel --chan_point funding0:0");
    EXPECT_EQ(close_channel(us.view(), us.with("alice"), false).cln, "lightning-cli close 885600x0x0");
    EXPECT_EQ(close_channel(us.view(), us.with("alice"), true).lnd,
              "lncli closechannel --force --chan_point funding0:0");
    EXPECT_EQ(close_channel(us.view(), us.with("alice"), true).cln, "lightning-cli close 885600x0x0 1");
}

TEST(Commands, AskTheNodeForAFundingOutputThatTheGraphLeavesOut) {
    domain::Network network = test::quiet_node().build();
    network.channels[0].funding_outpoint.clear();
    const DayOfUs us(network);
    EXPECT_EQ(enable_again(us.view(), us.with("alice")).lnd,
              "lncli updatechanstatus --action auto --chan_point $(lncli listchannels --peer " + kAlice +
                  " | jq -r '.channels[] | select(.chan_id==\"" + std::to_string(kIdOfAlice) +
                  "\") | .channel_point')");
}

TEST(Commands, NameAChannelByItsPeerWhereIdsArePositions) {
    domain::Network network = test::quiet_node().build();
    network.positional_ids = true;
    network.channels[0].funding_outpoint.clear();
    const DayOfUs us(network);
    const Commands commands = close_channel(us.view(), us.with("alice"), false);
    EXPECT_EQ(commands.lnd, "lncli closechannel --chan_point $(lncli listchannels --peer " + kAlice +
                                " | jq -r '.channels[0].channel_point')");
    EXPECT_EQ(commands.cln, "lightning-cli close " + kAlice);
}

TEST(Commands, ConnectToAnAddressOrLeaveItToCoreLightning) {
    domain::Node peer{.key = test::key_of(1), .alias = {}, .updated = {}};
    EXPECT_EQ(connect(peer).lnd, "");
    EXPECT_EQ(connect(peer).cln, "lightning-cli connect " + kAlice);
    peer.address = "[2001:db8::1]:9735";
    EXPECT_EQ(connect(peer).lnd, "lncli connect " + kAlice + "@[2001:db8::1]:9735");
    EXPECT_EQ(connect(peer).cln, "lightning-cli connect " + kAlice + "@[2001:db8::1]:9735");
}

TEST(Commands, OpenAChannelAtAFeeConnectingFirst) {
    domain::Node peer{.key = test::key_of(1), .alias = {}, .updated = {}};
    EXPECT_EQ(open_channel(peer, Sat{5'000'000}, Ppm{250}).lnd,
              "lncli openchannel --node_key " + kAlice + " --local_amt 5000000 --base_fee_msat 0 --fee_rate_ppm 250");
    peer.address = "example.org:9735";
    const Commands commands = open_channel(peer, Sat{5'000'000}, Ppm{250});
    EXPECT_EQ(commands.lnd, "lncli openchannel --node_key " + kAlice +
                                " --connect example.org:9735 --local_amt 5000000 --base_fee_msat 0 --fee_rate_ppm 250");
    EXPECT_EQ(commands.cln, "lightning-cli connect " + kAlice + "@example.org:9735 && lightning-cli fundchannel " +
                                kAlice + " 5000000 && lightning-cli setchannel " + kAlice + " 0 250");
}

} // namespace
} // namespace mcp::analysis
