#include "adapters/nodes/lnd_told.hpp"

#include "language/language.hpp"
#include "tests/support/recorded.hpp"
#include "tests/unit/adapters/nodes/lnd_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::adapters::lnd {
namespace {

using boost::json::object;
using domain::CloseKind;
using domain::NodeChannel;
using domain::NodeDoubt;
using domain::PendingKind;
using domain::ShortChannelId;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string list_of(const char* name, boost::json::array entries) {
    return boost::json::serialize(object{{name, std::move(entries)}});
}

template <typename T>
std::string fault(const Result<T>& result) {
    if (!result) {
        EXPECT_EQ(result.error().kind, ErrorKind::bad_upstream);
    }
    return result ? "" : language::render(result.error(), language::Language::en);
}

// Channels

TEST(LndChannels, TellWhatCanBeSentAndReceived) {
    object one = test::channel_of(5, test::kAlice, 1'000'000, 400'000); // opened by us, 2,500 sat a 1000 weight units
    const auto told = open_channels(list_of("channels", {one}));
    ASSERT_EQ(fault(told), "");
    const NodeChannel& channel = told->channels.at(0);
    EXPECT_EQ(channel.local, Msat{400'000'000});
    EXPECT_EQ(channel.remote, Msat{596'530'000});
    EXPECT_EQ(channel.local_reserve, Msat{10'000'000});
    EXPECT_EQ(channel.can_send, Msat{400'000'000 - 10'000'000 - 2'500 * 172}) << "one more payment is ours to pay";
    EXPECT_EQ(channel.can_receive, Msat{596'530'000 - 10'000'000});
    EXPECT_EQ(channel.watched, std::chrono::seconds{1000});
    EXPECT_EQ(channel.online, std::chrono::seconds{900});
    EXPECT_EQ(channel.fee, std::nullopt);

    one["initiator"] = false;
    const NodeChannel theirs = open_channels(list_of("channels", {one}))->channels.at(0);
    EXPECT_EQ(theirs.can_send, Msat{390'000'000});
    EXPECT_EQ(theirs.can_receive, Msat{586'530'000 - 2'500 * 172});

    one.erase("initiator");
    const NodeChannel untold = open_channels(list_of("channels", {one}))->channels.at(0);
    EXPECT_EQ(untold.opened_by_us, std::nullopt);
    EXPECT_EQ(untold.can_send, channel.can_send) << "who pays is not known: both might";
    EXPECT_EQ(untold.can_receive, theirs.can_receive);
}

TEST(LndChannels, BelowTheReserveSendNothingRatherThanLessThanNothing) {
    const auto told = open_channels(list_of("channels", {test::channel_of(5, test::kAlice, 1'000'000, 9'999)}));
    EXPECT_EQ(told->channels.at(0).can_send, Msat{0});
}

TEST(LndChannels, StandInOrderOfTheirIds) {
    const auto told = open_channels(list_of("channels", {test::channel_of(9, test::kAlice, 100'000, 5'000),
                                                         test::channel_of(3, test::kCarol, 100'000, 5'000)}));
    ASSERT_EQ(fault(told), "");
    EXPECT_EQ(told->channels.at(0).id, ShortChannelId{3});
    EXPECT_EQ(told->channels.at(1).id, ShortChannelId{9});
}

TEST(LndChannels, AreKnownByTheirRealIdAlsoWhereForwardsGoByAnAlias) {
    object used_early = test::channel_of(5, test::kAlice, 1'000'000, 400'000);
    used_early["zero_conf"] = true;
    used_early["zero_conf_confirmed_scid"] = "77";
    used_early["alias_scids"] = boost::json::array{"5", "6"};
    object not_yet_in_a_block = test::channel_of(8, test::kCarol, 1'000'000, 400'000);
    not_yet_in_a_block["zero_conf_confirmed_scid"] = "0";
    not_yet_in_a_block["alias_scids"] = boost::json::array{"8"};
    const auto told = open_channels(list_of("channels", {used_early, not_yet_in_a_block}));
    ASSERT_EQ(fault(told), "");
    EXPECT_EQ(told->channels.at(0).id, ShortChannelId{8});
    EXPECT_EQ(told->channels.at(1).id, ShortChannelId{77});
    const ChannelNames names{{ShortChannelId{5}, ShortChannelId{77}}, {ShortChannelId{6}, ShortChannelId{77}}};
    EXPECT_EQ(told->names, names);
}

TEST(LndChannels, OfAnOldNodeLackWhatItDidNotTell) {
    object old = test::channel_of(5, test::kAlice, 1'000'000, 400'000);
    old.erase("lifetime");
    old.erase("uptime");
    const auto told = open_channels(list_of("channels", {old}));
    ASSERT_EQ(fault(told), "");
    EXPECT_EQ(told->channels.at(0).watched, std::nullopt);
    EXPECT_EQ(told->channels.at(0).online, std::nullopt);
}

struct Lie {
    const char* member;
    boost::json::value value;
    const char* said;
};

/// "aaa...": as long as a transaction's name.
boost::json::value point(char digit, std::size_t digits, const char* end) {
    return boost::json::string(std::string(digits, digit) + end);
}

class LndChannelLies : public testing::TestWithParam<Lie> {};

TEST_P(LndChannelLies, AreAFaultWithThePathAndNoFigure) {
    object channel = test::channel_of(5, test::kAlice, 1'000'000, 400'000);
    channel[GetParam().member] = GetParam().value;
    const auto told = open_channels(list_of("channels", {test::channel_of(1, test::kCarol, 9'000, 10), channel}));
    EXPECT_THAT(fault(told), HasSubstr(GetParam().said));
}

const char* const kHtlc = R"([{"incoming":true,"amount":"596531","expiration_height":7}])";

INSTANTIATE_TEST_SUITE_P(
    All, LndChannelLies,
    testing::Values(
        Lie{"local_balance", "-1", "channels[1].local_balance"},
        Lie{"remote_balance", "600001", "channels[1] holds more than its capacity"},
        Lie{"capacity", "2100000000000001", "channels[1].capacity"},
        Lie{"capacity", "99999999999999999999999", "channels[1].capacity"},
        Lie{"capacity", nullptr, "channels[1].capacity is missing"}, Lie{"capacity", 1.5, "channels[1].capacity"},
        Lie{"active", "true", "channels[1].active"}, Lie{"private", nullptr, "channels[1].private is missing"},
        Lie{"chan_id", "0", "channels[1].chan_id"}, Lie{"chan_id", "-5", "channels[1].chan_id"},
        Lie{"chan_id", "1", "is there twice"}, Lie{"channel_point", point('a', 63, "1:1"), "is there twice"},
        Lie{"channel_point", "beef:0", "channels[1].channel_point"},
        Lie{"channel_point", point('a', 64, ":"), "channels[1].channel_point"},
        Lie{"channel_point", point('g', 64, ":0"), "channels[1].channel_point"},
        Lie{"remote_pubkey", "05ab", "channels[1].remote_pubkey"},
        Lie{"remote_pubkey", "", "channels[1].remote_pubkey is missing"},
        Lie{"local_chan_reserve_sat", "-1", "channels[1].local_chan_reserve_sat"},
        Lie{"fee_per_kw", "-253", "channels[1].fee_per_kw"}, Lie{"uptime", "1002", "channels[1].uptime"},
        Lie{"lifetime", "-1", "channels[1].lifetime"}, Lie{"pending_htlcs", nullptr, "channels[1].pending_htlcs"},
        Lie{"pending_htlcs", boost::json::parse(kHtlc), "channels[1] holds more than its capacity"},
        Lie{"pending_htlcs", boost::json::parse(R"([{"incoming":true,"amount":"-1","expiration_height":7}])"),
            "channels[1].pending_htlcs[0].amount"},
        Lie{"alias_scids", boost::json::array{"x"}, "channels[1].alias_scids[0]"}));

TEST(LndChannels, TogetherCannotHoldMoreThanAllBitcoin) {
    const std::int64_t most = kAllBitcoin.value;
    const auto one = open_channels(list_of("channels", {test::channel_of(1, test::kAlice, most, 1)}));
    EXPECT_EQ(fault(one), "");
    const auto two = open_channels(list_of(
        "channels", {test::channel_of(1, test::kAlice, most, 1), test::channel_of(2, test::kAlice, 10'000, 1)}));
    EXPECT_THAT(fault(two), HasSubstr("more than there is bitcoin"));
}

TEST(LndChannels, ThatAreNoListAreAFaultAndNotNoChannels) {
    EXPECT_THAT(fault(open_channels("{}")), HasSubstr("channels is missing"));
    EXPECT_THAT(fault(open_channels(R"({"channels":{}})")), HasSubstr("channels"));
    EXPECT_NE(fault(open_channels("<html>")), "");
    EXPECT_NE(fault(open_channels(R"({"channels":[)")), "");
    EXPECT_THAT(open_channels(R"({"channels":[]})")->channels, IsEmpty());
}

TEST(LndChannels, OnTheirWayAreTold) {
    const std::string one = R"("remote_node_pub":")" + std::string(test::kAlice) + R"(","channel_point":")" +
                            std::string(64, 'b') + R"(:1","capacity":"50000","local_balance":"30000")";
    const auto told = pending(R"({"pending_open_channels":[{"channel":{)" + one + R"(}}],)" +
                              R"("waiting_close_channels":[{"channel":{)" + one + R"(},"limbo_balance":"29000"}],)" +
                              R"("pending_force_closing_channels":[{"channel":{)" + one +
                              R"(},"closing_txid":"cc","limbo_balance":"20330","recovered_balance":"9000",)" +
                              R"("maturity_height":800,"blocks_til_maturity":-3},{"channel":{)" + one +
                              R"(},"closing_txid":"dd","limbo_balance":"30330","recovered_balance":"0",)" +
                              R"("maturity_height":0,"blocks_til_maturity":0}]})");
    ASSERT_EQ(fault(told), "");
    ASSERT_THAT(*told, SizeIs(4));
    EXPECT_EQ(told->at(0).kind, PendingKind::opening);
    EXPECT_EQ(told->at(0).ours, Sat{30'000});
    EXPECT_EQ(told->at(1).kind, PendingKind::closing);
    EXPECT_EQ(told->at(1).ours, Sat{29'000});
    EXPECT_EQ(told->at(1).closing_txid, "");
    EXPECT_EQ(told->at(2).kind, PendingKind::force_closing);
    EXPECT_EQ(told->at(2).ours, Sat{20'330}) << "what is recovered is not to come any more";
    EXPECT_EQ(told->at(2).blocks_left, -3);
    EXPECT_EQ(told->at(3).blocks_left, std::nullopt) << "nothing of it waits for a height";
    EXPECT_THAT(fault(pending(R"({"pending_open_channels":[],"waiting_close_channels":[]})")),
                HasSubstr("pending_force_closing_channels is missing"));
    EXPECT_THAT(fault(pending(R"({"pending_open_channels":[],"pending_force_closing_channels":[],)"
                              R"("waiting_close_channels":[{"channel":{)" +
                              one + R"(},"limbo_balance":"50661"}]})")),
                HasSubstr("waiting_close_channels[0] holds more than its capacity"));
}

object closed_channel(std::uint64_t id, std::int64_t height, const char* kind) {
    return {{"channel_point", std::string(64, 'c') + ":" + std::to_string(id)},
            {"chan_id", std::to_string(id)},
            {"remote_pubkey", test::kAlice},
            {"capacity", "20000"},
            {"close_height", height},
            {"settled_balance", "19817"},
            {"close_type", kind},
            {"close_initiator", "INITIATOR_LOCAL"}};
}

TEST(LndClosings, StandNewestFirst) {
    object canceled = closed_channel(0, 0, "FUNDING_CANCELED");
    canceled["close_initiator"] = "INITIATOR_UNKNOWN";
    canceled["remote_pubkey"] = "";
    const auto told = closed(
        list_of("channels", {canceled, closed_channel(3, 500, "COOPERATIVE_CLOSE"),
                             closed_channel(4, 700, "REMOTE_FORCE_CLOSE"), closed_channel(5, 600, "BREACH_CLOSE")}));
    ASSERT_EQ(fault(told), "");
    ASSERT_THAT(told->closings, SizeIs(4));
    EXPECT_EQ(told->closings[0].height, 700U);
    EXPECT_EQ(told->closings[0].kind, CloseKind::force_by_peer);
    EXPECT_EQ(told->closings[0].ours, Msat{19'817'000});
    EXPECT_EQ(told->closings[0].closed_by_us, true);
    EXPECT_EQ(told->closings[1].kind, CloseKind::breach);
    EXPECT_EQ(told->closings[2].kind, CloseKind::cooperative);
    EXPECT_EQ(told->closings[3].kind, CloseKind::other);
    EXPECT_EQ(told->closings[3].height, std::nullopt);
    EXPECT_EQ(told->closings[3].peer, std::nullopt);
    EXPECT_EQ(told->closings[3].closed_by_us, std::nullopt);
}

TEST(LndClosings, AreTheNewestHundred) {
    boost::json::array many;
    for (int i = 1; i <= 250; ++i) {
        many.push_back(closed_channel(static_cast<std::uint64_t>(i), i, "COOPERATIVE_CLOSE"));
    }
    const auto told = closed(list_of("channels", many));
    ASSERT_THAT(told->closings, SizeIs(domain::kClosingsKept));
    EXPECT_EQ(told->closings.front().height, 250U);
    EXPECT_EQ(told->closings.back().height, 151U);
}

TEST(LndClosings, OfAKindThatOnlyLaterNodesHaveAreOthers) {
    const auto told = closed(list_of("channels", {closed_channel(3, 500, "SOMEHOW")}));
    ASSERT_EQ(fault(told), "");
    EXPECT_EQ(told->closings.at(0).kind, CloseKind::other);
    EXPECT_EQ(told->closings.at(0).ours, Msat{19'817'000});
}

TEST(LndClosings, OfMoreThanTheChannelHeldOrOfNoKindAreAFault) {
    object odd = closed_channel(3, 500, "COOPERATIVE_CLOSE");
    odd.erase("close_type");
    EXPECT_THAT(fault(closed(list_of("channels", {odd}))), HasSubstr("channels[0].close_type is missing"));
    object more = closed_channel(3, 500, "COOPERATIVE_CLOSE");
    more["settled_balance"] = "20001";
    EXPECT_THAT(fault(closed(list_of("channels", {more}))), HasSubstr("channels[0].settled_balance"));
    object who = closed_channel(3, 500, "COOPERATIVE_CLOSE");
    who["close_initiator"] = "INITIATOR_STRANGER";
    EXPECT_THAT(fault(closed(list_of("channels", {who}))), HasSubstr("channels[0].close_initiator"));
}

// Itself

TEST(LndInfo, TellsWhatIsDoubtful) {
    const std::string begin = std::string(R"({"identity_pubkey":")") + test::kNodeKey +
                              R"(","alias":"b\u202eob","version":"0.18.2-beta commit=","block_height":459,)";
    const auto told = info(begin + R"("synced_to_chain":false,"synced_to_graph":false})");
    ASSERT_EQ(fault(told), "");
    EXPECT_EQ(told->key.hex(), test::kNodeKey);
    EXPECT_EQ(told->alias, "bob");
    EXPECT_EQ(told->block_height, 459U);
    EXPECT_THAT(told->doubts, ElementsAre(NodeDoubt::not_synced_to_chain, NodeDoubt::not_synced_to_graph));
    EXPECT_THAT(info(begin + R"("synced_to_chain":true})")->doubts, IsEmpty());
    EXPECT_THAT(fault(info(begin + R"("synced_to_graph":true})")), HasSubstr("synced_to_chain is missing"));
}

TEST(LndInfo, OfNobodyIsAFault) {
    for (const char* key :
         {R"("")", R"("03")", R"("05c8b0b4013d0e1931e3d35b033cee88711c06170c0151d4cb48140b12f5fe705d")", "null", "7"}) {
        const std::string answer = std::string(R"({"identity_pubkey":)") + key +
                                   R"(,"block_height":459,"synced_to_chain":true,"synced_to_graph":true})";
        EXPECT_THAT(fault(info(answer)), HasSubstr("identity_pubkey")) << key;
    }
}

TEST(LndBalances, OfAnOldNodeAreAbsentAndNotNothing) {
    const auto old = balances(R"({"balance":"5","pending_open_balance":"0"})");
    ASSERT_EQ(fault(old), "");
    EXPECT_EQ(*old, std::nullopt);
    EXPECT_THAT(fault(balances("{}")), HasSubstr("balance is missing"));
    EXPECT_THAT(fault(balances(R"({"balance":"5","local_balance":{"sat":"5","msat":"5001"}})")),
                HasSubstr("remote_balance.msat is missing"));
    EXPECT_THAT(fault(balances(R"({"balance":"5","local_balance":{"sat":"5","msat":"-1"}})")),
                HasSubstr("local_balance.msat"));
}

TEST(LndWallet, OfAnOldNodeKnowsOfNoReserve) {
    EXPECT_EQ(wallet(R"({"confirmed_balance":"7","unconfirmed_balance":"1"})")->anchor_reserve, std::nullopt);
    EXPECT_EQ(wallet(R"({"confirmed_balance":"7","unconfirmed_balance":"1","reserved_balance_anchor_chan":"0"})")
                  ->anchor_reserve,
              Sat{0});
    EXPECT_THAT(fault(wallet(R"({"confirmed_balance":"-7","unconfirmed_balance":"1"})")),
                HasSubstr("confirmed_balance"));
    EXPECT_THAT(fault(wallet(R"({"confirmed_balance":"7"})")), HasSubstr("unconfirmed_balance is missing"));
}

TEST(LndPeers, HaveFlapsWhereTheNodeCountsThem) {
    const auto told =
        peers(std::string(R"({"peers":[{"pub_key":")") + test::kAlice +
                  R"(","flap_count":3,"last_flap_ns":"1795451764029816673"},{"pub_key":")" + test::kCarol + R"("}]})",
              test::kReadAt);
    ASSERT_EQ(fault(told), "");
    EXPECT_EQ(told->at(0).flaps, 3);
    EXPECT_EQ(told->at(0).last_flap, Time{std::chrono::seconds{1'795'451'764}});
    EXPECT_EQ(told->at(1).flaps, std::nullopt);
    EXPECT_EQ(told->at(1).last_flap, std::nullopt);
    const auto wild = peers(std::string(R"({"peers":[{"pub_key":")") + test::kAlice +
                                R"(","flap_count":3,"last_flap_ns":"5000000000000000000"}]})",
                            test::kReadAt);
    EXPECT_EQ(wild->at(0).last_flap, std::nullopt) << "a clock that runs wild is no lie";
    const std::string twice = std::string(R"({"pub_key":")") + test::kAlice + R"("})";
    EXPECT_THAT(fault(peers(R"({"peers":[)" + twice + "," + twice + "]}", test::kReadAt)),
                HasSubstr("peers[1].pub_key"));
}

// Forwards and transactions

std::string page_of(object event, const char* last = "1") {
    return boost::json::serialize(
        object{{"forwarding_events", boost::json::array{std::move(event)}}, {"last_offset_index", std::stoi(last)}});
}

object good_event() {
    return test::event_of(
        {.at_ns = 1'795'451'783'819'360'913, .in = 7, .out = 9, .amount_in = 2'300, .amount_out = 1'000});
}

class LndForwardLies : public testing::TestWithParam<Lie> {};

TEST_P(LndForwardLies, AreAFaultWithThePath) {
    ASSERT_EQ(fault(forward_page(page_of(good_event()), 0)), "");
    object event = good_event();
    event[GetParam().member] = GetParam().value;
    EXPECT_THAT(fault(forward_page(page_of(event), 0)), HasSubstr(GetParam().said));
}

INSTANTIATE_TEST_SUITE_P(All, LndForwardLies,
                         testing::Values(Lie{"amt_out_msat", "2301", "forwarding_events[0].amt_out_msat"},
                                         Lie{"amt_out_msat", "-1", "forwarding_events[0].amt_out_msat"},
                                         Lie{"amt_in_msat", nullptr, "forwarding_events[0].amt_in_msat is missing"},
                                         Lie{"amt_in_msat", "2100000000000000001", "forwarding_events[0].amt_in_msat"},
                                         Lie{"fee_msat", "1301", "forwarding_events[0].fee_msat"},
                                         Lie{"fee_msat", "18446744073709551615", "forwarding_events[0].fee_msat"},
                                         Lie{"chan_id_in", "0", "forwarding_events[0].chan_id_in is missing"},
                                         Lie{"chan_id_out", "x", "forwarding_events[0].chan_id_out"},
                                         Lie{"timestamp_ns", "-1", "forwarding_events[0].timestamp_ns"},
                                         Lie{"timestamp", "5", "forwarding_events[0].timestamp_ns"},
                                         Lie{"timestamp_ns", "99999999999999999999",
                                             "forwarding_events[0].timestamp_ns"}));

TEST(LndForwards, AreCountedByTheOffsetThatWasAskedFor) {
    EXPECT_EQ(forward_page(page_of(good_event(), "41"), 40)->next_offset, 41U);
    EXPECT_THAT(fault(forward_page(page_of(good_event(), "40"), 40)), HasSubstr("last_offset_index"));
    EXPECT_THAT(fault(forward_page(page_of(good_event(), "42"), 40)), HasSubstr("last_offset_index"));
    EXPECT_EQ(forward_page(R"({"forwarding_events":[],"last_offset_index":0})", 40)->next_offset, 40U);
    EXPECT_EQ(forward_page(R"({"forwarding_events":[],"last_offset_index":40})", 40)->next_offset, 40U);
    EXPECT_THAT(fault(forward_page("{}", 0)), HasSubstr("forwarding_events is missing"));
}

TEST(LndForwards, OfAnOldNodeAreToTheSecond) {
    object old = good_event();
    old.erase("timestamp_ns");
    old.erase("fee_msat");
    const auto page = forward_page(page_of(old), 0);
    ASSERT_EQ(fault(page), "");
    EXPECT_FALSE(page->forwards[0].is_exact);
    EXPECT_EQ(page->forwards[0].at_ns, 1'795'451'783 * test::kNs);
}

TEST(LndForwards, MayCostNothing) { // an inbound discount takes a fee down to 0, and no further
    object free = test::event_of({.at_ns = 5 * test::kNs, .in = 7, .out = 9, .amount_in = 1'000, .amount_out = 1'000});
    EXPECT_EQ(fault(forward_page(page_of(free), 0)), "");
}

TEST(LndTransactions, ThatWaitForABlockAreLeftOut) {
    const auto told =
        transactions(R"({"transactions":[)"
                     R"({"tx_hash":"aa","time_stamp":"1795451783","total_fees":"154","block_height":9},)"
                     R"({"tx_hash":"bb","time_stamp":"1795451784","total_fees":"200","block_height":0}]})");
    ASSERT_EQ(fault(told), "");
    ASSERT_THAT(*told, SizeIs(1));
    EXPECT_EQ(told->at(0).id, "aa");
    EXPECT_EQ(told->at(0).fees, Sat{154});
    EXPECT_THAT(fault(transactions(R"({"transactions":[{"tx_hash":"aa","time_stamp":"1","total_fees":"-1"}]})")),
                HasSubstr("transactions[0].total_fees"));
    EXPECT_THAT(fault(transactions("{}")), HasSubstr("transactions is missing"));
}

// What real nodes said

class LndRecorded : public testing::Test {
protected:
    static std::string text(const std::string& name) { return test::recorded_bytes("recorded/" + name + ".json"); }
    void SetUp() override {
        if (text("lnd-simnet/channels").empty()) {
            GTEST_SKIP() << "../shared/data/recorded is not there";
        }
    }
};

/// LND cuts each channel's balances to whole sat: the sums lose less than one for each.
void expect_sums(const OpenChannels& open, const domain::NodeBalances& sums) {
    Msat local{0};
    Msat remote{0};
    for (const NodeChannel& channel : open.channels) {
        local += channel.local;
        remote += channel.remote;
    }
    const Msat most{static_cast<std::int64_t>(open.channels.size()) * 999};
    EXPECT_GE(sums.local - local, Msat{0});
    EXPECT_LE(sums.local - local, most);
    EXPECT_GE(sums.remote - remote, Msat{0});
    EXPECT_LE(sums.remote - remote, most);
}

TEST_F(LndRecorded, ChannelsAndTheirSumsAgree) {
    for (const auto& [channels, sums] : {std::pair{"lnd-simnet/channels", "lnd-simnet/balance_channels"},
                                         std::pair{"lnd-simnet/channels_held", "lnd-simnet/balance_channels_held"},
                                         std::pair{"lnd-node/v1_channels", "lnd-node/v1_balance_channels"}}) {
        const auto open = open_channels(text(channels));
        const auto told = balances(text(sums));
        ASSERT_EQ(fault(open), "") << channels;
        ASSERT_EQ(fault(told), "") << sums;
        expect_sums(*open, **told);
    }
}

TEST_F(LndRecorded, APaymentUnderWayIsOnNeitherSide) {
    const auto held = open_channels(text("lnd-simnet/channels_held"));
    ASSERT_EQ(fault(held), "");
    const NodeChannel& incoming = held->channels.at(0);
    ASSERT_THAT(incoming.htlcs, SizeIs(1));
    EXPECT_EQ(incoming.htlcs[0], (domain::PendingHtlc{true, Msat{12'355'000}, 622}));
    EXPECT_EQ(incoming.opened_by_us, false);
    EXPECT_EQ(incoming.can_send, Msat{1'574'674'000 - 20'000'000});
    EXPECT_EQ(incoming.can_receive, Msat{409'069'000 - 20'000'000 - 2'500 * 172});
    const NodeChannel& outgoing = held->channels.at(1);
    EXPECT_EQ(outgoing.htlcs.at(0), (domain::PendingHtlc{false, Msat{12'345'000}, 542}));
    EXPECT_EQ(balances(text("lnd-simnet/balance_channels_held"))->value().unsettled_local, Msat{12'355'953});
}

TEST_F(LndRecorded, FeesGoWithTheirChannels) {
    const auto open = open_channels(text("lnd-simnet/channels"));
    const auto fees = channel_fees(text("lnd-simnet/fees"));
    ASSERT_EQ(fault(fees), "");
    const domain::ChannelFee& fee = fees->at(open->channels.at(0).funding_outpoint);
    EXPECT_EQ(fee.base, Msat{500});
    EXPECT_EQ(fee.rate, Ppm{250});
    EXPECT_EQ(fee.inbound_base, Msat{-200});
    EXPECT_EQ(fee.inbound_rate, Ppm{-50});
    const auto old = channel_fees(text("lnd-node/v1_fees"));
    ASSERT_EQ(fault(old), "");
    EXPECT_EQ(old->begin()->second.inbound_rate, std::nullopt) << "LND 0.12 knows of no inbound fees";
}

TEST_F(LndRecorded, ForceCloseAndCooperativeClose) {
    const auto waiting = pending(text("lnd-simnet/pending"));
    ASSERT_EQ(fault(waiting), "");
    ASSERT_THAT(*waiting, SizeIs(1));
    EXPECT_EQ(waiting->at(0).kind, PendingKind::force_closing);
    EXPECT_EQ(waiting->at(0).ours, Sat{1'575'004});
    EXPECT_EQ(waiting->at(0).blocks_left, 0);
    const auto done = closed(text("lnd-simnet/closed_all"));
    ASSERT_EQ(fault(done), "");
    ASSERT_THAT(done->closings, SizeIs(2));
    EXPECT_EQ(done->closings[0].kind, CloseKind::cooperative);
    EXPECT_EQ(done->closings[0].closed_by_us, true);
    EXPECT_EQ(done->closings[1].kind, CloseKind::force_by_peer);
    EXPECT_EQ(done->closings[1].ours, Msat{1'574'674'000});
    EXPECT_EQ(fault(closed(text("lnd-node/v1_channels_closed"))), "");
    EXPECT_EQ(fault(pending(text("lnd-node/v1_channels_pending"))), "");
}

TEST_F(LndRecorded, TheRestOfBothNodes) {
    EXPECT_EQ(info(text("lnd-simnet/getinfo"))->alias, "bob");
    EXPECT_EQ(info(text("lnd-node/v1_getinfo"))->block_height, 2'007'393U);
    EXPECT_EQ(wallet(text("lnd-simnet/balance_blockchain"))->anchor_reserve, Sat{20'000});
    EXPECT_EQ(wallet(text("lnd-node/v1_balance_blockchain"))->anchor_reserve, std::nullopt);
    EXPECT_THAT(*peers(text("lnd-simnet/peers"), test::kReadAt), SizeIs(2));
    EXPECT_EQ(fault(peers(text("lnd-node/v1_peers"), test::kReadAt)), "");
}

TEST_F(LndRecorded, ForwardsAndTheirPages) {
    const auto all = forward_page(text("lnd-simnet/switch"), 0);
    ASSERT_EQ(fault(all), "");
    EXPECT_EQ(all->next_offset, all->forwards.size());
    const auto last = forward_page(text("lnd-simnet/switch_last"), 42);
    ASSERT_EQ(fault(last), "");
    EXPECT_EQ(last->forwards.back().amount_in - last->forwards.back().amount_out, Msat{292'085});
    EXPECT_THAT(forward_page(text("lnd-simnet/switch_past"), 1000)->forwards, IsEmpty());
    const auto old = forward_page(text("lnd-node/v1_switch_2events"), 0);
    ASSERT_EQ(fault(old), "");
    EXPECT_FALSE(old->forwards.at(0).is_exact);
}

} // namespace
} // namespace mcp::adapters::lnd
