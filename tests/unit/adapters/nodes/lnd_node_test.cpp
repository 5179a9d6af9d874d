#include "adapters/nodes/lnd_node.hpp"

#include "tests/support/recorded.hpp"
#include "tests/unit/adapters/nodes/lnd_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>

namespace mcp::adapters {
namespace {

using domain::NodeDoubt;
using domain::NodePart;
using test::ScriptedLnd;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::SizeIs;
using testing::StartsWith;

bool shows_macaroon(const ports::HttpRequest& request) {
    const auto& all = request.headers;
    return std::any_of(all.begin(), all.end(), [](const auto& header) { return header.second == "0201036c6e64"; });
}

class LndNodeTest : public testing::Test {
protected:
    template <typename T>
    std::string fault(const Result<T>& result) {
        return ScriptedLnd::fault(result);
    }

    ScriptedLnd lnd_;
};

TEST_F(LndNodeTest, IsReadWhole) {
    lnd_.answers["/v1/fees"] = R"({"channel_fees":[{"channel_point":")" + std::string(63, 'a') +
                               R"(2:2","base_fee_msat":"1000","fee_per_mil":"250"}]})";
    const Result<domain::OwnNode> node = lnd_.read();
    ASSERT_EQ(fault(node), "");
    EXPECT_EQ(node->key.hex(), test::kNodeKey);
    EXPECT_EQ(node->kind, domain::NodeKind::lnd);
    EXPECT_EQ(node->alias, "bob");
    EXPECT_EQ(node->version, "0.18.2-beta");
    EXPECT_EQ(node->day, test::kReportDay);
    EXPECT_EQ(node->read_at, test::kReadAt);
    EXPECT_EQ(node->block_height, 900'000U);
    EXPECT_THAT(node->doubts, IsEmpty());
    ASSERT_THAT(node->channels, SizeIs(2));
    EXPECT_EQ(node->channels[0].fee, std::nullopt) << "the fee report has no such channel";
    EXPECT_EQ(node->channels[1].fee->rate, Ppm{250});
    EXPECT_EQ(node->balances->local, Msat{1'700'000'530});
    EXPECT_EQ(node->wallet->unconfirmed, Sat{10});
    EXPECT_THAT(*node->pending, IsEmpty());
    EXPECT_THAT(*node->closings, IsEmpty());
    EXPECT_THAT(*node->peers, IsEmpty());
    EXPECT_THAT(node->days, SizeIs(7));
    EXPECT_THAT(node->gaps, IsEmpty());
}

TEST_F(LndNodeTest, GetsTheMacaroonOnlyOnceItHasShownThatItIsLnd) {
    ASSERT_EQ(fault(lnd_.read()), "");
    const auto& requests = lnd_.http.requests();
    EXPECT_THAT(requests[0].url, "https://node.example:8080/v1/state");
    EXPECT_THAT(requests[0].headers, IsEmpty());
    for (std::size_t i = 1; i < requests.size(); ++i) {
        EXPECT_TRUE(shows_macaroon(requests[i])) << requests[i].url;
        EXPECT_THAT(requests[i].url, Not(HasSubstr("0201036c6e64")));
    }
    for (const ports::HttpRequest& request : requests) {
        EXPECT_EQ(request.trusted_certificate, "-----BEGIN CERTIFICATE-----");
        EXPECT_LE(request.body_bytes_max, 48U << 20);
        EXPECT_LE(request.time_max, std::chrono::seconds{20});
    }
}

TEST_F(LndNodeTest, ThatIsAnotherServerNeverSeesTheMacaroon) {
    const std::pair<int, const char*> answers[] = {{200, "<html>"},
                                                   {200, "{}"},
                                                   {200, R"({"state":7})"},
                                                   {200, R"({"state":"WHATEVER"})"},
                                                   {404, "<html>not found"},
                                                   {302, ""},
                                                   {401, R"({"message":"who are you?"})"},
                                                   {500, "broken"}};
    for (const auto& [status, body] : answers) {
        ScriptedLnd other;
        other.says("/v1/state", status, body);
        EXPECT_THAT(fault(other.read()), StartsWith("GET /v1/state: ")) << body;
        EXPECT_THAT(fault(other.try_out()), StartsWith("GET /v1/state: ")) << body;
        EXPECT_THAT(fault(other.knock()), StartsWith("GET /v1/state: ")) << body;
        for (const ports::HttpRequest& request : other.http.requests()) {
            EXPECT_FALSE(shows_macaroon(request)) << body;
        }
    }
}

struct Waiting {
    const char* state;
    const char* said;
};

TEST_F(LndNodeTest, ThatIsNotReadyIsToldApart) {
    for (const Waiting& one : {Waiting{"LOCKED", "is locked"}, Waiting{"UNLOCKED", "still starting"},
                               Waiting{"WAITING_TO_START", "still starting"}, Waiting{"NON_EXISTING", "no wallet"}}) {
        lnd_.answers["/v1/state"] = std::string(R"({"state":")") + one.state + R"("})";
        const Result<domain::OwnNode> node = lnd_.read();
        ASSERT_FALSE(node) << one.state;
        EXPECT_EQ(node.error().kind, ErrorKind::unavailable);
        EXPECT_THAT(fault(node), HasSubstr(one.said));
        EXPECT_THAT(fault(lnd_.knock()), HasSubstr(one.said));
    }
}

TEST_F(LndNodeTest, ThatIsRestartedMeanwhileIsAnErrorAndNoHalfOfANode) {
    for (const char* path :
         {"/v1/getinfo", "/v1/channels", "/v1/fees", "/v1/channels/pending", "/v1/channels/closed",
          "/v1/balance/channels", "/v1/balance/blockchain", "/v1/peers", "/v1/switch", "/v1/transactions"}) {
        ScriptedLnd lnd;
        lnd.refuses(path, "the RPC server is in the process of starting up, but not yet ready to accept calls");
        const Result<domain::OwnNode> node = lnd.read();
        ASSERT_FALSE(node) << path;
        EXPECT_EQ(node.error().kind, ErrorKind::unavailable) << path;
        EXPECT_THAT(fault(node), AllOf(HasSubstr(path), HasSubstr("still starting")));
    }
}

TEST_F(LndNodeTest, ThatIsHalfSyncedOrShuttingDownIsDoubted) {
    lnd_.answers["/v1/getinfo"] = std::regex_replace(lnd_.answers["/v1/getinfo"], std::regex(":true"), ":false");
    for (boost::json::object& channel : lnd_.channels) {
        channel["active"] = false;
    }
    const Result<domain::OwnNode> node = lnd_.read();
    ASSERT_EQ(fault(node), "");
    EXPECT_THAT(node->doubts, ElementsAre(NodeDoubt::not_synced_to_chain, NodeDoubt::not_synced_to_graph,
                                          NodeDoubt::no_channel_active));
    lnd_.channels.clear();
    EXPECT_THAT(lnd_.read()->doubts, Not(Contains(NodeDoubt::no_channel_active))) << "it has none that could be";
}

struct Right {
    const char* path;
    NodePart part;
    const char* right;
};

class LndRights : public testing::TestWithParam<Right> {};

TEST_P(LndRights, ThatAreLackingAreNamedAndTheRestIsRead) {
    ScriptedLnd lnd;
    lnd.refuses(GetParam().path);
    const Result<domain::OwnNode> node = lnd.read();
    ASSERT_EQ(lnd.fault(node), "");
    ASSERT_THAT(node->gaps, SizeIs(1));
    EXPECT_EQ(node->gaps[0].part, GetParam().part);
    EXPECT_EQ(node->gaps[0].why.kind, ErrorKind::forbidden);
    EXPECT_THAT(language::render(node->gaps[0].why, language::Language::en), HasSubstr(GetParam().right));
    const std::string path = GetParam().path;
    EXPECT_EQ(node->balances.has_value(), path != "/v1/balance/channels");
    EXPECT_EQ(node->pending.has_value(), path != "/v1/channels/pending");
    EXPECT_EQ(node->closings.has_value(), path != "/v1/channels/closed");
    EXPECT_EQ(node->wallet.has_value(), path != "/v1/balance/blockchain");
    EXPECT_EQ(node->peers.has_value(), path != "/v1/peers");
    EXPECT_EQ(node->days.empty(), path == "/v1/switch");
    for (const domain::NodeDayFlow& day : node->days) {
        EXPECT_EQ(day.chain.has_value(), path != "/v1/transactions");
    }

    const Result<ports::NodeTrial> trial = lnd.try_out();
    ASSERT_EQ(lnd.fault(trial), "");
    ASSERT_THAT(trial->missing, SizeIs(1));
    EXPECT_EQ(trial->missing[0].part, GetParam().part);
    EXPECT_THAT(language::render(trial->missing[0].why, language::Language::en), HasSubstr(GetParam().right));
}

INSTANTIATE_TEST_SUITE_P(
    All, LndRights,
    testing::Values(
        Right{"/v1/fees", NodePart::channels, "offchain:read or uri:/lnrpc.Lightning/FeeReport"},
        Right{"/v1/channels/pending", NodePart::pending, "uri:/lnrpc.Lightning/PendingChannels"},
        Right{"/v1/channels/closed", NodePart::closings, "uri:/lnrpc.Lightning/ClosedChannels"},
        Right{"/v1/balance/channels", NodePart::balances, "uri:/lnrpc.Lightning/ChannelBalance"},
        Right{"/v1/balance/blockchain", NodePart::wallet, "onchain:read or uri:/lnrpc.Lightning/WalletBalance"},
        Right{"/v1/peers", NodePart::peers, "peers:read or uri:/lnrpc.Lightning/ListPeers"},
        Right{"/v1/switch", NodePart::forwards, "uri:/lnrpc.Lightning/ForwardingHistory"},
        Right{"/v1/transactions", NodePart::chain_costs, "onchain:read or uri:/lnrpc.Lightning/GetTransactions"}));

TEST_F(LndNodeTest, WithoutItsChannelsOrItsNameIsNotRead) {
    lnd_.refuses("/v1/channels");
    EXPECT_EQ(lnd_.read().error().kind, ErrorKind::forbidden);
    EXPECT_THAT(fault(lnd_.read()), HasSubstr("offchain:read or uri:/lnrpc.Lightning/ListChannels"));
    EXPECT_THAT(lnd_.try_out()->missing, SizeIs(1)) << "a trial says what is missing";
    lnd_.refuses("/v1/getinfo");
    EXPECT_THAT(fault(lnd_.read()), HasSubstr("info:read or uri:/lnrpc.Lightning/GetInfo"));
    EXPECT_THAT(fault(lnd_.try_out()), HasSubstr("info:read or uri:/lnrpc.Lightning/GetInfo"));
}

struct Refused {
    const char* words;
    ErrorKind kind;
    const char* said;
};

TEST_F(LndNodeTest, SaysWhatIsWrongWithTheMacaroon) {
    for (const Refused& one :
         {Refused{"expected 1 macaroon, got 0", ErrorKind::unauthenticated, "got no macaroon"},
          Refused{"verification failed: signature mismatch after caveat verification", ErrorKind::unauthenticated,
                  "of another node, or was revoked"},
          Refused{"caveat \\\"time-before\\\" not satisfied: macaroon has expired", ErrorKind::unauthenticated,
                  "has expired"},
          Refused{"macaroon locked to different IP address", ErrorKind::unauthenticated, "bound to an IP address"},
          Refused{"encoding/hex: invalid byte: U+007A 'z'", ErrorKind::unauthenticated, "damaged"}}) {
        lnd_.refuses("/v1/getinfo", one.words);
        const Result<domain::OwnNode> node = lnd_.read();
        ASSERT_FALSE(node) << one.words;
        EXPECT_EQ(node.error().kind, one.kind) << one.words;
        EXPECT_THAT(fault(node), AllOf(HasSubstr(one.said), Not(HasSubstr("MCP_")))) << "a user configures nothing";
    }
}

TEST_F(LndNodeTest, WhoseMacaroonExpiresMeanwhileIsAnError) {
    lnd_.refuses("/v1/peers", "caveat not satisfied: macaroon has expired");
    EXPECT_EQ(lnd_.read().error().kind, ErrorKind::unauthenticated);
}

TEST_F(LndNodeTest, ThatDoesNotKnowAQuestionIsReadWithoutIt) {
    lnd_.answers.erase("/v1/transactions"); // an unknown path is 404 with code 5
    const Result<domain::OwnNode> node = lnd_.read();
    ASSERT_EQ(fault(node), "");
    ASSERT_THAT(node->gaps, SizeIs(1));
    EXPECT_EQ(node->gaps[0].part, NodePart::chain_costs);
    EXPECT_EQ(node->gaps[0].why.kind, ErrorKind::not_found);
}

TEST_F(LndNodeTest, ThatLiesInWhatTheRestStandsOnIsAnErrorAndNoFigure) {
    const std::pair<const char*, const char*> lies[] = {
        {"/v1/getinfo", "{}"},
        {"/v1/channels", R"({"channels":[{}]})"},
        {"/v1/fees", R"({"channel_fees":[{"channel_point":"x"}]})"},
        {"/v1/balance/channels", R"({"balance":"-1"})"},
        {"/v1/switch", R"({"forwarding_events":[{}],"last_offset_index":1})"}};
    for (const auto& [path, body] : lies) {
        ScriptedLnd lnd;
        lnd.says(path, 200, body);
        const Result<domain::OwnNode> node = lnd.read();
        ASSERT_FALSE(node) << path;
        EXPECT_EQ(node.error().kind, ErrorKind::bad_upstream) << path;
        EXPECT_THAT(fault(node), HasSubstr(path));
    }
}

TEST_F(LndNodeTest, ThatTellsSomethingOddInAPartThatStandsAloneIsReadWithoutIt) {
    const std::tuple<const char*, const char*, NodePart> odd[] = {
        {"/v1/channels/pending", "[]", NodePart::pending},
        {"/v1/channels/closed", R"({"channels":null})", NodePart::closings},
        {"/v1/balance/blockchain", R"({"confirmed_balance":"5"})", NodePart::wallet},
        {"/v1/peers", R"({"peers":[{"pub_key":"zz"}]})", NodePart::peers},
        {"/v1/transactions", R"({"transactions":[{"tx_hash":5}]})", NodePart::chain_costs}};
    for (const auto& [path, body, part] : odd) {
        ScriptedLnd lnd;
        lnd.says(path, 200, body);
        const Result<domain::OwnNode> node = lnd.read();
        ASSERT_EQ(fault(node), "") << path;
        ASSERT_THAT(node->gaps, SizeIs(1)) << path;
        EXPECT_EQ(node->gaps[0].part, part);
        EXPECT_EQ(node->gaps[0].why.kind, ErrorKind::bad_upstream);
        EXPECT_THAT(language::render(node->gaps[0].why, language::Language::en), HasSubstr(path));
        EXPECT_EQ(node->pending.has_value(), part != NodePart::pending);
        EXPECT_EQ(node->closings.has_value(), part != NodePart::closings);
        EXPECT_EQ(node->wallet.has_value(), part != NodePart::wallet);
        EXPECT_EQ(node->peers.has_value(), part != NodePart::peers);
        EXPECT_EQ(node->days.at(0).chain.has_value(), part != NodePart::chain_costs);
    }
}

TEST_F(LndNodeTest, ThatIsSlowInOnePartIsReadWithoutIt) {
    lnd_.http.otherwise([rest = lnd_.replies()](const ports::HttpRequest& request) -> Result<ports::HttpResponse> {
        if (request.url.ends_with("/v1/channels/closed")) {
            return fail(ErrorKind::timeout, {"fetch.timeout", {{"seconds", std::int64_t{20}}}});
        }
        return rest(request);
    });
    const Result<domain::OwnNode> node = lnd_.read();
    ASSERT_EQ(fault(node), "");
    EXPECT_EQ(node->closings, std::nullopt);
    ASSERT_THAT(node->gaps, SizeIs(1));
    EXPECT_EQ(node->gaps[0].why.kind, ErrorKind::timeout);
}

TEST_F(LndNodeTest, ThatLeadsToAForbiddenAddressMeanwhileIsAskedNoMore) {
    lnd_.http.otherwise([rest = lnd_.replies()](const ports::HttpRequest& request) -> Result<ports::HttpResponse> {
        if (request.url.ends_with("/v1/fees")) {
            return fail(ErrorKind::forbidden, {"fetch.refused", {}});
        }
        return rest(request);
    });
    EXPECT_EQ(lnd_.read().error().kind, ErrorKind::forbidden);
    EXPECT_THAT(lnd_.asked().back(), "GET /v1/fees");
}

TEST_F(LndNodeTest, WhoseTimeIsOverOnceItsChannelsAreInIsReadWithoutTheRest) {
    lnd_.http.otherwise(
        [this, rest = lnd_.replies()](const ports::HttpRequest& request) -> Result<ports::HttpResponse> {
            if (request.url.ends_with("/v1/channels/closed")) {
                lnd_.time.run_for(std::chrono::minutes{3});
                return fail(ErrorKind::timeout, {"fetch.timeout", {{"seconds", std::int64_t{20}}}});
            }
            return rest(request);
        });
    const Result<domain::OwnNode> node = lnd_.read();
    ASSERT_EQ(fault(node), "");
    EXPECT_THAT(lnd_.asked().back(), "GET /v1/channels/closed") << "nothing is asked after the end";
    EXPECT_THAT(node->channels, SizeIs(2));
    EXPECT_TRUE(node->pending);
    std::vector<NodePart> parts;
    for (const domain::NodeGap& gap : node->gaps) {
        parts.push_back(gap.part);
        EXPECT_EQ(gap.why.kind, ErrorKind::timeout);
    }
    EXPECT_THAT(parts, ElementsAre(NodePart::closings, NodePart::balances, NodePart::wallet, NodePart::peers,
                                   NodePart::forwards, NodePart::chain_costs));
    EXPECT_THAT(node->days, IsEmpty());
}

TEST_F(LndNodeTest, WhoseTimeIsOverBeforeItsChannelsAreInIsGivenUp) {
    lnd_.http.otherwise(
        [this, rest = lnd_.replies()](const ports::HttpRequest& request) -> Result<ports::HttpResponse> {
            if (request.url.ends_with("/v1/getinfo")) {
                lnd_.time.run_for(std::chrono::minutes{3});
            }
            return rest(request);
        });
    EXPECT_EQ(lnd_.read().error().kind, ErrorKind::timeout);
}

TEST_F(LndNodeTest, IsTriedWithTheLeastOfEachQuestion) {
    lnd_.answers["/v1/switch"] = R"({"forwarding_events":[],"last_offset_index":0})";
    const Result<ports::NodeTrial> trial = lnd_.try_out();
    ASSERT_EQ(fault(trial), "");
    EXPECT_EQ(trial->key.hex(), test::kNodeKey);
    EXPECT_THAT(trial->missing, IsEmpty());
    EXPECT_THAT(lnd_.asked(),
                ElementsAre("GET /v1/state", "GET /v1/getinfo", "GET /v1/channels", "GET /v1/fees",
                            "GET /v1/channels/pending", "GET /v1/channels/closed?funding_canceled=true",
                            "GET /v1/balance/channels", "GET /v1/balance/blockchain", "GET /v1/peers",
                            "POST /v1/switch", "GET /v1/transactions?start_height=900000&end_height=900000"));
    for (std::size_t i = 2; i < lnd_.http.requests().size(); ++i) {
        EXPECT_TRUE(lnd_.http.requests()[i].on_body) << "only whether it answers: " << lnd_.http.requests()[i].url;
    }
}

TEST_F(LndNodeTest, IsTriedWithoutWaitingForTheEndOfAnAnswer) {
    lnd_.http.otherwise([rest = lnd_.replies()](const ports::HttpRequest& request) -> Result<ports::HttpResponse> {
        if (request.on_body && !request.on_body("{")) {
            return fail(ErrorKind::cancelled, {"fetch.called_off", {}});
        }
        return rest(request);
    });
    EXPECT_THAT(lnd_.try_out()->missing, IsEmpty());
}

TEST_F(LndNodeTest, IsNotTriedWhileTheClientCloses) {
    lnd_.http.otherwise([rest = lnd_.replies()](const ports::HttpRequest& request) -> Result<ports::HttpResponse> {
        if (request.on_body) { // before anything of the answer came
            return fail(ErrorKind::cancelled, {"fetch.called_off", {}});
        }
        return rest(request);
    });
    const Result<ports::NodeTrial> trial = lnd_.try_out();
    ASSERT_FALSE(trial);
    EXPECT_EQ(trial.error().kind, ErrorKind::cancelled);
}

TEST_F(LndNodeTest, IsKnockedAtWithoutTheMacaroon) {
    for (const char* state : {"RPC_ACTIVE", "SERVER_ACTIVE"}) {
        ScriptedLnd lnd;
        lnd.answers["/v1/state"] = std::string(R"({"state":")") + state + R"("})";
        EXPECT_EQ(fault(lnd.knock()), "");
        EXPECT_THAT(lnd.asked(), ElementsAre("GET /v1/state"));
        EXPECT_FALSE(shows_macaroon(lnd.http.requests()[0]));
    }
}

TEST_F(LndNodeTest, ThatIsTooOldForAStateIsKnockedAtByItsInfo) {
    lnd_.answers.erase("/v1/state");
    EXPECT_EQ(fault(lnd_.knock()), "");
    EXPECT_THAT(lnd_.asked(), ElementsAre("GET /v1/state", "GET /v1/getinfo"));
    EXPECT_TRUE(shows_macaroon(lnd_.http.requests()[1]));
    lnd_.refuses("/v1/getinfo", "wallet locked, unlock it to enable full RPC access");
    EXPECT_THAT(fault(lnd_.knock()), HasSubstr("is locked"));
}

TEST_F(LndNodeTest, OfARecordedSimnetIsReadToTheMsat) {
    const auto text = [](const std::string& name) {
        return test::recorded_bytes("recorded/lnd-simnet/" + name + ".json");
    };
    if (text("channels").empty()) {
        GTEST_SKIP() << "../shared/data/recorded is not there";
    }
    lnd_.answers["/v1/getinfo"] = text("getinfo");
    lnd_.answers["/v1/channels"] = text("channels");
    lnd_.answers["/v1/fees"] = text("fees");
    lnd_.answers["/v1/balance/channels"] = text("balance_channels");
    lnd_.answers["/v1/balance/blockchain"] = text("balance_blockchain");
    lnd_.answers["/v1/channels/pending"] = text("pending");
    lnd_.answers["/v1/channels/closed"] = text("closed_all");
    lnd_.answers["/v1/peers"] = text("peers");
    const boost::json::value recorded = boost::json::parse(text("switch"));
    for (const auto& event : recorded.at("forwarding_events").as_array()) {
        const auto number = [&event](const char* name) { return std::stoll(event.at(name).as_string().c_str()); };
        lnd_.forwards.push_back({.at_ns = number("timestamp_ns"),
                                 .in = static_cast<std::uint64_t>(number("chan_id_in")),
                                 .out = static_cast<std::uint64_t>(number("chan_id_out")),
                                 .amount_in = number("amt_in_msat"),
                                 .amount_out = number("amt_out_msat")});
    }
    lnd_.page_max = 2;
    const Day day = std::chrono::floor<std::chrono::days>(
                        std::chrono::sys_seconds{std::chrono::seconds{lnd_.forwards.back().at_ns / test::kNs}}) +
                    std::chrono::days{1};
    lnd_.time.jump_calendar(day - test::kReportDay);
    const Result<domain::OwnNode> node = lnd_.read({}, day);
    ASSERT_EQ(fault(node), "");
    Msat fees{0};
    std::int64_t count = 0;
    for (const domain::ForwardSum& sum : node->days.back().forwards) {
        fees += sum.fees();
        count += sum.count;
    }
    EXPECT_EQ(count, static_cast<std::int64_t>(lnd_.forwards.size()));
    EXPECT_EQ(fees, Msat{3'910});
    EXPECT_EQ(node->channels.at(0).fee->rate, Ppm{250});
    EXPECT_EQ(node->wallet->confirmed, Sat{46'499'177});
}

} // namespace
} // namespace mcp::adapters
