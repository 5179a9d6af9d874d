#include "adapters/nodes/cln_answers.hpp"

#include "tests/support/recorded.hpp"
#include "tests/unit/adapters/nodes/cln_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

using domain::NodeDoubt;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string info_with(const std::string& more) {
    return std::string(R"({"id":")") + test::kClnKey +
           R"(","alias":"a\u202eb","version":"v24.08","blockheight":900000)" + more + "}";
}

TEST(ClnAnswersTest, RecordedAnswersAreRead) {
    const std::string info = test::recorded_answer("recorded/cln-node/getinfo.examples.json", 0);
    if (info.empty()) {
        GTEST_SKIP() << "no recorded answers beside the project";
    }
    const Result<ClnInfo> told = read_cln_info(info);
    ASSERT_TRUE(told) << test::ScriptedCln::fault(told);
    EXPECT_EQ(told->key.hex(), test::kClnKey);
    EXPECT_EQ(told->alias, "SILENTARTIST-v26.09");
    EXPECT_EQ(told->version, "v26.09");
    EXPECT_EQ(told->block_height, 114U);
    EXPECT_THAT(told->doubts, IsEmpty());
    const Result<domain::NodeWallet> wallet =
        read_cln_wallet(test::recorded_answer("recorded/cln-node/listfunds.examples.json", 0));
    ASSERT_TRUE(wallet) << test::ScriptedCln::fault(wallet);
    EXPECT_EQ(wallet->confirmed, Sat{995'073 + 497'105 + 203'398'803 + 1'000 + 25'000});
    EXPECT_EQ(wallet->unconfirmed, Sat{497'105});
    EXPECT_FALSE(wallet->anchor_reserve);
    const Result<std::vector<domain::NodePeer>> peers =
        read_cln_peers(test::recorded_answer("recorded/cln-node/listpeers.examples.json", 1));
    ASSERT_TRUE(peers) << test::ScriptedCln::fault(peers);
    ASSERT_EQ(peers->size(), 3U);
    EXPECT_FALSE((*peers)[0].is_connected);
    EXPECT_TRUE((*peers)[1].is_connected);
    EXPECT_FALSE((*peers)[1].flaps) << "Core Lightning does not count them";
}

TEST(ClnAnswersTest, WarningsAreDoubts) {
    const auto doubts = [](const std::string& more) { return read_cln_info(info_with(more))->doubts; };
    EXPECT_THAT(doubts(""), IsEmpty());
    EXPECT_THAT(doubts(R"(,"warning_bitcoind_sync":"Bitcoind is not up-to-date with network.")"),
                ElementsAre(NodeDoubt::not_synced_to_chain));
    EXPECT_THAT(doubts(R"(,"warning_lightningd_sync":"Still loading latest blocks from bitcoind.")"),
                ElementsAre(NodeDoubt::not_synced_to_chain));
    EXPECT_THAT(doubts(R"(,"num_active_channels":0,"num_inactive_channels":3)"),
                ElementsAre(NodeDoubt::no_channel_active));
    EXPECT_THAT(doubts(R"(,"num_active_channels":0,"num_inactive_channels":0)"), IsEmpty());
    EXPECT_THAT(doubts(R"(,"num_active_channels":1,"num_inactive_channels":3)"), IsEmpty());
}

TEST(ClnAnswersTest, WhatCallsItselfIsCleaned) {
    EXPECT_EQ(read_cln_info(info_with(""))->alias, "ab");
}

TEST(ClnAnswersTest, WhatIsNoCoreLightningIsSaidSo) {
    for (const char* text : {"", "<html>hello</html>", "[]", "{}", R"({"identity_pubkey":"02"})"}) {
        EXPECT_THAT(test::ScriptedCln::fault(read_cln_info(text)), HasSubstr("no Core Lightning")) << text;
    }
    EXPECT_THAT(test::ScriptedCln::fault(read_cln_info(R"({"id":"xyz","blockheight":1})")), HasSubstr("id is \"xyz\""));
    EXPECT_FALSE(read_cln_info(std::string(R"({"id":")") + test::kClnKey + R"(","blockheight":-1})"));
    EXPECT_THAT(test::ScriptedCln::fault(read_cln_info(std::string(R"({"id":")") + test::kClnKey + R"("})")),
                HasSubstr("blockheight is missing"));
}

std::string output(unsigned number, const std::string& amount, const std::string& status) {
    return R"({"txid":")" + test::cln_txid(number) + R"(","output":0,"amount_msat":)" + amount + R"(,"status":")" +
           status + "\"}";
}

Result<domain::NodeWallet> wallet_of(const std::vector<std::string>& outputs) {
    std::string all;
    for (const std::string& one : outputs) {
        all += (all.empty() ? "" : ",") + one;
    }
    return read_cln_wallet("{\"outputs\":[" + all + "],\"channels\":[]}");
}

TEST(ClnAnswersTest, SpentMoneyIsNoMoney) {
    const Result<domain::NodeWallet> wallet =
        wallet_of({output(1, "1000", "confirmed"), output(2, "\"20000msat\"", "unconfirmed"),
                   output(3, "300000", "immature"), output(4, "4000000", "spent")});
    ASSERT_TRUE(wallet) << test::ScriptedCln::fault(wallet);
    EXPECT_EQ(wallet->confirmed, Sat{1});
    EXPECT_EQ(wallet->unconfirmed, Sat{320});
}

TEST(ClnAnswersTest, AWalletThatCannotBeIsRefused) {
    EXPECT_THAT(test::ScriptedCln::fault(wallet_of({output(1, "-1000", "confirmed")})),
                HasSubstr("outputs[0].amount_msat"));
    EXPECT_FALSE(wallet_of({output(1, "1001", "confirmed")})) << "no whole satoshi";
    EXPECT_FALSE(wallet_of({output(1, "1000", "lent")}));
    EXPECT_THAT(test::ScriptedCln::fault(wallet_of({output(1, "1000", "confirmed"), output(1, "1000", "confirmed")})),
                HasSubstr("outputs[1].txid"))
        << "counted twice it would be";
    const std::string most = "2000000000000000000";
    EXPECT_TRUE(wallet_of({output(1, most, "confirmed")}));
    EXPECT_FALSE(wallet_of({output(1, most, "confirmed"), output(2, most, "confirmed")}));
    EXPECT_FALSE(read_cln_wallet("{}"));
}

TEST(ClnAnswersTest, PeersThatCannotBeAreRefused) {
    const std::string one = std::string(R"({"id":")") + test::kClnPeer + R"(","connected":true})";
    EXPECT_TRUE(read_cln_peers("{\"peers\":[" + one + "]}"));
    EXPECT_THAT(test::ScriptedCln::fault(read_cln_peers("{\"peers\":[" + one + "," + one + "]}")),
                HasSubstr("peers[1].id"));
    EXPECT_FALSE(read_cln_peers(R"({"peers":[{"id":"02","connected":true}]})"));
    EXPECT_FALSE(read_cln_peers(std::string(R"({"peers":[{"id":")") + test::kClnPeer + "\"}]}"));
    EXPECT_FALSE(read_cln_peers("{}"));
}

} // namespace
} // namespace mcp::adapters
