#include "adapters/nodes/cln_channels.hpp"

#include "adapters/nodes/cln_ending.hpp"
#include "tests/support/recorded.hpp"
#include "tests/unit/adapters/nodes/cln_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

using domain::CloseKind;
using domain::NodeChannel;
using domain::PendingKind;
using test::cln_channel;
using test::cln_list;
using testing::HasSubstr;
using Object = boost::json::object;

constexpr const char* kRecording = "recorded/cln-node/listpeerchannels.examples.json";

Result<ClnChannels> read(const std::vector<Object>& channels) {
    return read_cln_channels(cln_list("channels", channels));
}

/// One channel, changed.
Result<ClnChannels> read_changed(const std::function<void(Object&)>& change) {
    Object channel = cln_channel(1);
    change(channel);
    return read({channel});
}

TEST(ClnChannelsTest, ARecordedNodeIsReadToTheMsat) {
    const std::string answer = test::recorded_answer(kRecording, 1);
    if (answer.empty()) {
        GTEST_SKIP() << "no recorded answers beside the project";
    }
    const Result<ClnChannels> told = read_cln_channels(answer);
    ASSERT_TRUE(told) << test::ScriptedCln::fault(told);
    ASSERT_EQ(told->open.size(), 2U);
    const NodeChannel& theirs = told->open[0];
    EXPECT_EQ(theirs.id.text(), "116x1x1");
    EXPECT_EQ(theirs.funding_outpoint, "6958d6b2c23a79254dfd48b9b3d2a357c8c12c52a8bbd90bf48bd04e55996368:1");
    EXPECT_EQ(theirs.peer.hex(), "038194b5f32bdf0aa59812c86c4ef7ad2f294104fa027d1ace9b469bb6f88cf37b");
    EXPECT_EQ(theirs.capacity, Sat{1'000'000});
    EXPECT_TRUE(theirs.is_public);
    EXPECT_TRUE(theirs.is_active);
    EXPECT_EQ(theirs.opened_by_us, false);
    EXPECT_EQ(theirs.local, Msat{609'507'210});
    EXPECT_EQ(theirs.remote, Msat{1'000'000'000 - 609'507'210 - 4'000'082}) << "less what they have offered";
    EXPECT_EQ(theirs.local_reserve, Msat{10'000'000});
    EXPECT_EQ(theirs.can_send, Msat{599'507'210});
    EXPECT_EQ(theirs.can_receive, Msat{363'951'708});
    ASSERT_EQ(theirs.htlcs.size(), 1U);
    EXPECT_EQ(theirs.htlcs[0], (domain::PendingHtlc{true, Msat{4'000'082}, 190}));
    ASSERT_TRUE(theirs.fee);
    EXPECT_EQ(theirs.fee->base, Msat{1});
    EXPECT_EQ(theirs.fee->rate, Ppm{10});
    EXPECT_FALSE(theirs.fee->inbound_base) << "Core Lightning has none";
    EXPECT_FALSE(theirs.watched);
    const NodeChannel& ours = told->open[1];
    EXPECT_EQ(ours.local, Msat{899'996'000 - 4'000'041}) << "to_us_msat still holds what we have offered";
    EXPECT_EQ(ours.remote, Msat{100'004'000});
    EXPECT_EQ(told->balances, (domain::NodeBalances{.local = theirs.local + ours.local,
                                                    .remote = theirs.remote + ours.remote,
                                                    .unsettled_local = Msat{4'000'041},
                                                    .unsettled_remote = Msat{4'000'082}}));
    ASSERT_EQ(told->pending.size(), 1U);
    EXPECT_EQ(told->pending[0].kind, PendingKind::closing);
    EXPECT_EQ(told->pending[0].ours, Sat{500'000});
    EXPECT_EQ(told->pending[0].closing_txid, "9860f25fc55272e7250d4829e0ebf37f524c3a57ef6841e9585a2132c19b0f06");
    EXPECT_TRUE(told->ended.empty());
    EXPECT_FALSE(told->unknown);
    EXPECT_EQ(told->names.at(*domain::ShortChannelId::parse("13567504x10523633x59145")), theirs.id);
}

TEST(ClnChannelsTest, TheOldFormOfAmountsGivesTheSame) {
    Object old = cln_channel(1);
    for (auto& member : old) {
        if (member.key().ends_with("_msat")) {
            member.value() = std::to_string(member.value().to_number<std::int64_t>()) + "msat";
        }
    }
    old.erase("updates"); // before v24.02
    old["fee_base_msat"] = "1msat";
    old["fee_proportional_millionths"] = 10;
    const Result<ClnChannels> then = read({old});
    const Result<ClnChannels> now = read({cln_channel(1)});
    ASSERT_TRUE(then) << test::ScriptedCln::fault(then);
    EXPECT_EQ(then->balances, now->balances);
    EXPECT_EQ(then->open[0].can_send, Msat{590'000'000});
    EXPECT_EQ(then->open[0].fee->base, Msat{1});
    EXPECT_EQ(then->open[0].fee->rate, Ppm{10});
}

TEST(ClnChannelsTest, EveryStateIsOpenOrPendingOrOver) {
    const std::map<std::string, std::string> places = {
        {"OPENINGD", "-"},
        {"DUALOPEND_OPEN_INIT", "-"},
        {"DUALOPEND_OPEN_COMMIT_READY", "-"},
        {"DUALOPEND_OPEN_COMMITTED", "-"},
        {"CHANNELD_AWAITING_LOCKIN", "opening"},
        {"DUALOPEND_AWAITING_LOCKIN", "opening"},
        {"CHANNELD_NORMAL", "open"},
        {"CHANNELD_AWAITING_SPLICE", "open"},
        {"CHANNELD_SHUTTING_DOWN", "closing"},
        {"CLOSINGD_SIGEXCHANGE", "closing"},
        {"CLOSINGD_COMPLETE", "closing"},
        {"AWAITING_UNILATERAL", "force_closing"},
        {"FUNDING_SPEND_SEEN", "force_closing"},
        {"ONCHAIN", "force_closing"},
    };
    for (const auto& [state, place] : places) {
        const Result<ClnChannels> told = read_changed([&](Object& channel) { channel["state"] = state; });
        ASSERT_TRUE(told) << state << test::ScriptedCln::fault(told);
        const std::string found = !told->open.empty()                             ? "open"
                                  : told->pending.empty()                         ? "-"
                                  : told->pending[0].kind == PendingKind::opening ? "opening"
                                  : told->pending[0].kind == PendingKind::closing ? "closing"
                                                                                  : "force_closing";
        EXPECT_EQ(found, place) << state;
        EXPECT_EQ(told->balances.local, found == "open" ? Msat{600'000'000} : Msat{0}) << state;
        EXPECT_FALSE(told->unknown) << state;
    }
}

TEST(ClnChannelsTest, AStateOfTheFutureIsSaidAndNotGuessed) {
    Object future = cln_channel(2);
    future["state"] = "CHANNELD_TELEPORTING";
    const Result<ClnChannels> told = read({cln_channel(1), future});
    ASSERT_TRUE(told);
    EXPECT_EQ(told->open.size(), 1U);
    ASSERT_TRUE(told->unknown);
    EXPECT_THAT(
        language::render(Error{.kind = ErrorKind::bad_upstream, .what = *told->unknown}, language::Language::en),
        HasSubstr("channels[1].state is 'CHANNELD_TELEPORTING'"));
}

TEST(ClnChannelsTest, AChannelIsUsableWhileItsPeerIsThereAndAgrees) {
    const auto is_active = [](boost::json::value connected, boost::json::value again) {
        const Result<ClnChannels> told = read_changed([&](Object& channel) {
            channel["peer_connected"] = connected;
            channel["reestablished"] = again;
        });
        return told && told->open.at(0).is_active;
    };
    EXPECT_TRUE(is_active(true, true));
    EXPECT_TRUE(is_active(true, nullptr)) << "before v24.02";
    EXPECT_FALSE(is_active(true, false));
    EXPECT_FALSE(is_active(false, nullptr));
}

TEST(ClnChannelsTest, AChannelWithoutConfirmationGoesByItsAlias) {
    const Result<ClnChannels> told = read_changed([](Object& channel) { channel.erase("short_channel_id"); });
    ASSERT_TRUE(told);
    EXPECT_EQ(told->open[0].id.text(), "777x1x1");
    const Result<ClnChannels> nameless = read_changed([](Object& channel) {
        channel.erase("short_channel_id");
        channel.erase("alias");
    });
    EXPECT_THAT(test::ScriptedCln::fault(nameless), HasSubstr("channels[0].short_channel_id is missing"));
}

TEST(ClnChannelsTest, WhatCannotBeIsRefusedWithItsPath) {
    const std::vector<std::pair<std::function<void(Object&)>, std::string>> lies = {
        {[](Object& one) { one["to_us_msat"] = 1'000'000'001; }, "channels[0].to_us_msat is 1000000001"},
        {[](Object& one) { one["to_us_msat"] = -1; }, "channels[0].to_us_msat is -1"},
        {[](Object& one) { one["total_msat"] = "18446744073709551615"; }, "channels[0].total_msat"},
        {[](Object& one) { one["total_msat"] = 1'000'000'001; }, "channels[0].total_msat"},
        {[](Object& one) { one["spendable_msat"] = 600'000'001; }, "channels[0].spendable_msat"},
        {[](Object& one) { one["receivable_msat"] = 400'000'001; }, "channels[0].receivable_msat"},
        {[](Object& one) { one["our_reserve_msat"] = 1'000'000'001; }, "channels[0].our_reserve_msat"},
        {[](Object& one) { one["their_reserve_msat"] = -3; }, "channels[0].their_reserve_msat"},
        {[](Object& one) { one["peer_id"] = "02ab"; }, "channels[0].peer_id"},
        {[](Object& one) { one["opener"] = "nobody"; }, "channels[0].opener"},
        {[](Object& one) { one["private"] = 1; }, "channels[0].private"},
        {[](Object& one) { one["short_channel_id"] = "99999999x1x1"; }, "channels[0].short_channel_id"},
        {[](Object& one) { one["funding_txid"] = "xyz"; }, "channels[0].funding_txid"},
        {[](Object& one) { one["funding_outnum"] = -1; }, "channels[0].funding_outnum"},
        {[](Object& one) { one["state"] = 7; }, "channels[0].state"},
        {[](Object& one) { one["htlcs"] = "many"; }, "channels[0].htlcs"},
        {[](Object& one) { one["updates"].at("local").as_object()["fee_base_msat"] = -1; }, "fee_base_msat"},
        {[](Object& one) {
             one["htlcs"] = {{{"direction", "out"}, {"amount_msat", 600'000'001}, {"expiry", 1}}};
         },
         "channels[0].htlcs"},
        {[](Object& one) {
             one["htlcs"] = {{{"direction", "in"}, {"amount_msat", 400'000'001}, {"expiry", 1}}};
         },
         "channels[0].htlcs"},
        {[](Object& one) {
             one["htlcs"] = {{{"direction", "up"}, {"amount_msat", 1}, {"expiry", 1}}};
         },
         "channels[0].htlcs[0].direction"},
        {[](Object& one) {
             one["htlcs"] = {{{"direction", "in"}, {"amount_msat", 1}, {"expiry", -1}}};
         },
         "channels[0].htlcs[0].expiry"},
    };
    for (const auto& [lie, path] : lies) {
        const Result<ClnChannels> told = read_changed(lie);
        ASSERT_FALSE(told) << path;
        EXPECT_EQ(told.error().kind, ErrorKind::bad_upstream) << path;
        EXPECT_THAT(test::ScriptedCln::fault(told), HasSubstr(path));
    }
}

TEST(ClnChannelsTest, WhatEveryNodeTellsMustBeThere) {
    for (const char* name :
         {"state", "peer_id", "peer_connected", "private", "total_msat", "to_us_msat", "spendable_msat",
          "receivable_msat", "our_reserve_msat", "their_reserve_msat", "funding_txid", "funding_outnum"}) {
        const Result<ClnChannels> told = read_changed([&](Object& channel) { channel.erase(name); });
        EXPECT_EQ(test::ScriptedCln::fault(told), "channels[0]." + std::string(name) + " is missing");
    }
    for (const char* name : {"opener", "htlcs", "updates", "reestablished", "alias"}) {
        EXPECT_TRUE(read_changed([&](Object& channel) { channel.erase(name); })) << name;
    }
}

TEST(ClnChannelsTest, AChannelToldTwiceIsALie) {
    EXPECT_THAT(test::ScriptedCln::fault(read({cln_channel(1), cln_channel(1)})),
                HasSubstr("channels[1].funding_txid"));
    Object twin = cln_channel(2);
    twin["short_channel_id"] = "101x1x0";
    EXPECT_THAT(test::ScriptedCln::fault(read({cln_channel(1), twin})), HasSubstr("channels[1].short_channel_id"));
}

TEST(ClnChannelsTest, ChannelsOfAllBitcoinTogetherAreALie) {
    std::vector<Object> rich;
    for (const unsigned number : {1U, 2U}) {
        rich.push_back(cln_channel(number));
        rich.back()["total_msat"] = 1'200'000'000'000'000'000;
    }
    EXPECT_TRUE(read({rich[0]}));
    EXPECT_THAT(test::ScriptedCln::fault(read(rich)), HasSubstr("channels[1].total_msat"));
}

TEST(ClnChannelsTest, AnotherAnswerIsRefused) {
    for (const char* text : {"", "<html>", "[]", "{}", R"({"channels":{}})", R"({"channels":null})"}) {
        const Result<ClnChannels> told = read_cln_channels(text);
        ASSERT_FALSE(told) << text;
        EXPECT_EQ(told.error().kind, ErrorKind::bad_upstream) << text;
    }
}

Object on_chain(const boost::json::array& status) {
    Object channel = cln_channel(1);
    channel["state"] = "ONCHAIN";
    channel["status"] = status;
    return channel;
}

TEST(ClnChannelsTest, AForcedClosingTellsWhenItPaysOut) {
    const Result<ClnChannels> told =
        read({on_chain({"ONCHAIN:Tracking our own unilateral close",
                        "ONCHAIN:1 outputs unresolved: in 131 blocks will spend DELAYED_OUTPUT_TO_US (aa:0) using "
                        "OUR_DELAYED_RETURN_TO_WALLET"})});
    ASSERT_TRUE(told);
    ASSERT_EQ(told->pending.size(), 1U);
    EXPECT_EQ(told->pending[0].kind, PendingKind::force_closing);
    EXPECT_EQ(told->pending[0].blocks_left, 131);
    EXPECT_EQ(told->pending[0].ours, Sat{600'000});
    EXPECT_EQ(told->pending[0].closing_txid, "");
}

TEST(ClnChannelsTest, WhatIsPaidOutIsClosedThoughTheNodeStillLooksAtIt) {
    const std::vector<std::tuple<std::string, CloseKind, std::optional<bool>>> endings = {
        {"Tracking mutual close transaction", CloseKind::cooperative, std::nullopt},
        {"Tracking our own unilateral close", CloseKind::force_by_us, std::nullopt},
        {"Tracking their unilateral close", CloseKind::force_by_peer, false},
        {"Tracking their illegal close: taking all funds", CloseKind::breach, std::nullopt},
    };
    for (const auto& [words, kind, by_us] : endings) {
        const Result<ClnChannels> told = read({on_chain(
            {"ONCHAIN:" + words, "ONCHAIN:All outputs resolved: waiting 97 more blocks before forgetting channel"})});
        ASSERT_TRUE(told);
        EXPECT_TRUE(told->pending.empty()) << words;
        ASSERT_EQ(told->ended.size(), 1U) << words;
        EXPECT_EQ(told->ended[0].kind, kind) << words;
        EXPECT_EQ(told->ended[0].closed_by_us, by_us) << words;
        EXPECT_EQ(told->ended[0].ours, Msat{600'000'000}) << words;
        EXPECT_EQ(told->balances, domain::NodeBalances{}) << words;
    }
}

TEST(ClnChannelsTest, WithoutWordsThePastTellsHowAChannelEnds) {
    const auto kind_after = [](const std::vector<std::string>& states) {
        Object channel = on_chain({});
        boost::json::array changes;
        for (const std::string& state : states) {
            changes.push_back({{"old_state", "CHANNELD_NORMAL"}, {"new_state", state}});
        }
        channel["state_changes"] = changes;
        ClnValues values;
        const boost::json::value held = channel;
        return read_cln_ending(values, json::Cursor(&held, "")).kind;
    };
    EXPECT_EQ(kind_after({"CLOSINGD_COMPLETE", "FUNDING_SPEND_SEEN", "ONCHAIN"}), CloseKind::cooperative);
    EXPECT_EQ(kind_after({"FUNDING_SPEND_SEEN", "ONCHAIN"}), CloseKind::force_by_peer);
    EXPECT_EQ(kind_after({"AWAITING_UNILATERAL", "FUNDING_SPEND_SEEN"}), CloseKind::other) << "whose was the faster?";
    EXPECT_EQ(kind_after({"CLOSINGD_COMPLETE", "AWAITING_UNILATERAL"}), CloseKind::other);
}

TEST(ClnChannelsTest, RecordedClosingsAreRead) {
    const std::string answer = test::recorded_answer("recorded/cln-node/listclosedchannels.examples.json", 0);
    if (answer.empty()) {
        GTEST_SKIP() << "no recorded answers beside the project";
    }
    const Result<ClnClosed> told = read_cln_closings(answer);
    ASSERT_TRUE(told) << test::ScriptedCln::fault(told);
    ASSERT_EQ(told->closings.size(), 2U);
    EXPECT_EQ(told->closings[0].id.text(), "118x1x0") << "the later one in the list is the newer";
    EXPECT_EQ(told->closings[0].ours, Msat{489'809'898});
    EXPECT_EQ(told->closings[0].closed_by_us, true);
    EXPECT_EQ(told->closings[0].kind, CloseKind::other) << "what its owner asked for may have ended either way";
    EXPECT_EQ(told->closings[1].capacity, Sat{1'000'000});
    EXPECT_FALSE(told->closings[1].height);
}

Object closed(unsigned number, const std::string& cause, std::int64_t seen) {
    return {{"peer_id", test::kClnPeer},
            {"short_channel_id", std::to_string(number) + "x1x0"},
            {"funding_txid", test::cln_txid(number)},
            {"funding_outnum", 1},
            {"total_msat", 5'000'000},
            {"final_to_us_msat", "1234567msat"},
            {"close_cause", cause},
            {"last_stable_connection", seen}};
}

TEST(ClnChannelsTest, TheCauseOfAClosingTellsNoMoreThanItKnows) {
    const std::map<std::string, CloseKind> kinds = {
        {"user", CloseKind::other},          {"remote", CloseKind::other},          {"unknown", CloseKind::other},
        {"a_new_one", CloseKind::other},     {"onchain", CloseKind::force_by_peer}, {"local", CloseKind::force_by_us},
        {"protocol", CloseKind::force_by_us}};
    for (const auto& [cause, kind] : kinds) {
        const Result<ClnClosed> told = read_cln_closings(cln_list("closedchannels", {closed(1, cause, 0)}));
        ASSERT_TRUE(told) << test::ScriptedCln::fault(told);
        EXPECT_EQ(told->closings.at(0).kind, kind) << cause;
        EXPECT_EQ(told->closings[0].ours, Msat{1'234'567});
    }
}

TEST(ClnChannelsTest, ClosingsComeNewestFirst) {
    const Result<ClnClosed> told = read_cln_closings(
        cln_list("closedchannels", {closed(1, "user", 500), closed(2, "user", 900), closed(3, "user", 500)}));
    ASSERT_TRUE(told);
    EXPECT_EQ(told->closings[0].id.text(), "2x1x0");
    EXPECT_EQ(told->closings[1].id.text(), "3x1x0");
    EXPECT_EQ(told->closings[2].id.text(), "1x1x0");
}

TEST(ClnChannelsTest, ClosingsThatCannotBeAreRefused) {
    Object greedy = closed(1, "user", 0);
    greedy["final_to_us_msat"] = 5'000'001;
    EXPECT_THAT(test::ScriptedCln::fault(read_cln_closings(cln_list("closedchannels", {greedy}))),
                HasSubstr("closedchannels[0].final_to_us_msat is 5000001"));
    EXPECT_THAT(test::ScriptedCln::fault(
                    read_cln_closings(cln_list("closedchannels", {closed(1, "user", 0), closed(1, "user", 0)}))),
                HasSubstr("closedchannels[1].funding_txid"));
    EXPECT_FALSE(read_cln_closings(cln_list("closedchannels", {closed(1, "user", -1)})));
    EXPECT_FALSE(read_cln_closings("{}"));
}

} // namespace
} // namespace mcp::adapters
