#include "flow/node/links.hpp"

#include "flow/node/statement.hpp"
#include "tests/unit/flow/node/user_world.hpp"

namespace mcp::test {
namespace {

using domain::LinkKind;
using domain::NodeProof;
using flow::LinkGiven;
using flow::LinkView;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr const char* kCertificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

LinkGiven an_lnd() {
    return {.kind = LinkKind::lnd,
            .url = "https://node.example:8080/",
            .secret = "read-macaroon",
            .certificate = kCertificate};
}

std::vector<std::string_view> keys_of(const std::vector<Message>& messages) {
    std::vector<std::string_view> keys;
    keys.reserve(messages.size());
    for (const Message& message : messages) {
        keys.push_back(message.key);
    }
    return keys;
}

class TheNodeLinks : public UserWorld {
protected:
    Result<LinkView> connect(const std::string& id, LinkGiven given = an_lnd()) {
        return time_.run(links_.connect(caller(id), std::move(given)));
    }
    Result<LinkView> test(const std::string& id) { return time_.run(links_.test(caller(id))); }
    Result<LinkView> status(const std::string& id) { return time_.run(links_.status(caller(id))); }
    void pause() { time_.run_for(std::chrono::seconds{10}); }
};

TEST_F(TheNodeLinks, ConnectANodeSealedTriedAndShown) {
    const Result<LinkView> view = connect("alice");
    ASSERT_TRUE(view);
    EXPECT_EQ(view->kind, LinkKind::lnd);
    EXPECT_EQ(view->url, "https://node.example:8080");
    EXPECT_EQ(view->node, node_number(1));
    EXPECT_EQ(view->alias, "my node");
    EXPECT_EQ(view->version, "0.18.5-beta");
    EXPECT_FALSE(view->failure);
    EXPECT_EQ(view->read_at, kTen + std::chrono::seconds{1});
    EXPECT_THAT(view->missing.value(), IsEmpty());
    const domain::NodeLink kept = link("alice").value();
    EXPECT_EQ(kept.sealed.find("read-macaroon"), std::string::npos);
    EXPECT_EQ(vault_.open("alice", kept.sealed)->secret, "read-macaroon");
    EXPECT_EQ(vault_.open("alice", kept.sealed)->certificate, kCertificate);
    ASSERT_EQ(node_.tries.size(), 1U);
    EXPECT_EQ(node_.tries[0].secret, "read-macaroon");
    EXPECT_EQ(node_.tries[0].certificate, kCertificate);
    EXPECT_EQ(user("alice").node_proof, NodeProof::connection);
}

TEST_F(TheNodeLinks, KeepANodeThatCannotBeReachedAndSayWhy) {
    node_.fault = Error{ErrorKind::unavailable, {"live.lnd_locked", {}}};
    const Result<LinkView> view = connect("alice");
    ASSERT_TRUE(view);
    ASSERT_TRUE(view->failure);
    EXPECT_EQ(view->failure->what.key, "live.lnd_locked");
    EXPECT_EQ(view->tried_at, kTen + std::chrono::seconds{1});
    EXPECT_FALSE(view->read_at);
    EXPECT_FALSE(view->missing) << "nobody knows";
    EXPECT_THAT(keys_of(view->advice), ElementsAre("link.kept_unread"));
    EXPECT_EQ(user("alice").node_proof, NodeProof::none) << "it proved nothing";
    EXPECT_EQ(status("alice")->failure->what.key, "live.lnd_locked");
}

TEST_F(TheNodeLinks, WaitTwentySecondsForANodeAndNoLonger) {
    node_.takes = std::chrono::hours{1};
    const Result<LinkView> view = connect("alice");
    ASSERT_TRUE(view);
    EXPECT_EQ(view->failure->kind, ErrorKind::timeout);
    EXPECT_EQ(time_.now(), kTen + std::chrono::seconds{20});
}

TEST_F(TheNodeLinks, RefuseAnotherNodeThanTheProfiles) {
    node_.trial.key = node_number(9);
    EXPECT_THAT(refusal(connect("alice")), Pair(ErrorKind::conflict, "link.other_node"));
    EXPECT_FALSE(link("alice"));
    EXPECT_EQ(user("alice").node, node_number(1));
}

TEST_F(TheNodeLinks, GiveAProfileWithoutANodeTheOneThatWasConnected) {
    node_.trial.key = node_number(9);
    ASSERT_TRUE(connect("carol"));
    EXPECT_EQ(user("carol").node, node_number(9));
    EXPECT_EQ(user("carol").node_proof, NodeProof::connection);
    EXPECT_TRUE(link("carol"));
}

TEST_F(TheNodeLinks, TakeANodeFromNobodyWhoHasIt) {
    for (const NodeProof proof : {NodeProof::none, NodeProof::connection, NodeProof::signature}) {
        set_proof("alice", proof);
        const domain::User before = user("alice");
        EXPECT_THAT(refusal(connect("carol")), Pair(ErrorKind::conflict, "link.node_taken"));
        EXPECT_FALSE(link("carol"));
        EXPECT_EQ(user("carol").node, std::nullopt);
        EXPECT_EQ(user("alice"), before);
        pause();
    }
}

TEST_F(TheNodeLinks, LeaveABetterProofAsItIs) {
    set_proof("alice", NodeProof::signature);
    const Time before = user("alice").updated_at;
    ASSERT_TRUE(connect("alice"));
    EXPECT_EQ(user("alice").node_proof, NodeProof::signature);
    EXPECT_EQ(user("alice").updated_at, before);
}

TEST_F(TheNodeLinks, SeeAProfileThatChangedWhileTheNodeWasTried) {
    std::optional<Result<LinkView>> answer;
    const auto connecting = [&]() -> Task<void> {
        Result<LinkView> view = co_await links_.connect(caller("alice"), an_lnd());
        answer.emplace(std::move(view));
    };
    time_.start(connecting());
    time_.run_ready();
    EXPECT_TRUE(time_.run(store_.put_user(a_reader("alice", 5))));
    time_.run_until_true([&] { return answer.has_value(); });
    EXPECT_THAT(refusal(*answer), Pair(ErrorKind::conflict, "link.other_node"));
    EXPECT_EQ(user("alice").node, node_number(5));
}

TEST_F(TheNodeLinks, RefuseWhatNeedsNoAskingBeforeAnythingIsAsked) {
    LinkGiven spends = an_lnd();
    spends.secret = "write-everything";
    EXPECT_EQ(connect("alice", spends).error().kind, ErrorKind::forbidden);
    LinkGiven none = an_lnd();
    none.secret = "";
    EXPECT_EQ(connect("alice", none).error().kind, ErrorKind::invalid_input);
    LinkGiven inside = an_lnd();
    inside.url = "https://127.0.0.1:8080";
    EXPECT_THAT(refusal(connect("alice", inside)), Pair(ErrorKind::forbidden, "fetch.address_refused"));
    LinkGiven own_key = an_lnd();
    own_key.certificate = "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n";
    EXPECT_THAT(refusal(connect("alice", own_key)), Pair(ErrorKind::invalid_input, "link.private_key"));
    for (const std::string& certificate :
         {std::string("AAAA"), kCertificate + std::string(flow::NodeLinks::kCertificateMax, 'A')}) {
        LinkGiven bad = an_lnd();
        bad.certificate = certificate;
        EXPECT_THAT(refusal(connect("alice", bad)), Pair(ErrorKind::invalid_input, "link.no_certificate"));
    }
    EXPECT_THAT(node_.tries, IsEmpty());
    EXPECT_FALSE(link("alice"));
    EXPECT_TRUE(connect("alice")) << "nothing of it counted as a try";
}

TEST_F(TheNodeLinks, RefuseANameThatTurnsOutToLeadInside) {
    node_.fault = Error{ErrorKind::forbidden, {"fetch.address_refused", {{"address", std::string("node.example")}}}};
    EXPECT_THAT(refusal(connect("alice")), Pair(ErrorKind::forbidden, "fetch.address_refused"));
    EXPECT_FALSE(link("alice"));
}

TEST_F(TheNodeLinks, KeepNoCredentialWithoutAKeyToSealIt) {
    vault_.fault = Error{ErrorKind::unavailable, {"secrets.no_key", {}}};
    EXPECT_THAT(refusal(connect("alice")), Pair(ErrorKind::unavailable, "secrets.no_key"));
    EXPECT_THAT(node_.tries, IsEmpty()) << "a credential that cannot be kept is not shown to anybody either";
    EXPECT_TRUE(connect("alice", {.kind = LinkKind::agent, .agent_key = std::string(64, 'a')}));
}

TEST_F(TheNodeLinks, KnowAnAgentFromItsKeyOn) {
    const Result<LinkView> view = connect("alice", {.kind = LinkKind::agent, .agent_key = std::string(64, 'a')});
    ASSERT_TRUE(view);
    EXPECT_EQ(view->kind, LinkKind::agent);
    EXPECT_FALSE(view->tried_at);
    EXPECT_FALSE(view->failure);
    EXPECT_THAT(keys_of(view->advice), ElementsAre("link.agent_waits"));
    EXPECT_EQ(link("alice")->agent_key, std::string(64, 'a'));
    EXPECT_THAT(refusal(connect("bob", {.kind = LinkKind::agent, .agent_key = std::string(64, 'a')})),
                Pair(ErrorKind::conflict, "store.agent_taken"));
    EXPECT_THAT(refusal(test("alice")), Pair(ErrorKind::conflict, "link.agent_sends"));
    const Result<LinkView> nodeless = connect("carol", {.kind = LinkKind::agent, .agent_key = std::string(64, 'c')});
    EXPECT_THAT(keys_of(nodeless->advice), ElementsAre("link.agent_waits", "push.no_node"));
}

TEST_F(TheNodeLinks, NeedAProfileAndFindNoneOfAnotherTenant) {
    ASSERT_TRUE(connect("alice"));
    for (const ports::Caller& stranger :
         {ports::Caller{.user_id = "nobody", .tenant_id = "tenant-1"}, {.user_id = "alice", .tenant_id = "evil"}}) {
        EXPECT_THAT(refusal(time_.run(links_.connect(stranger, an_lnd()))), Pair(ErrorKind::not_found, "account.none"));
        EXPECT_THAT(refusal(time_.run(links_.status(stranger))), Pair(ErrorKind::not_found, "account.none"));
        EXPECT_THAT(refusal(time_.run(links_.test(stranger))), Pair(ErrorKind::not_found, "account.none"));
        EXPECT_THAT(refusal(time_.run(links_.forget(stranger))), Pair(ErrorKind::not_found, "account.none"));
    }
    EXPECT_TRUE(link("alice"));
}

TEST_F(TheNodeLinks, FindNothingWhereNoneIsConnected) {
    EXPECT_THAT(refusal(status("alice")), Pair(ErrorKind::not_found, "link.none"));
    EXPECT_THAT(refusal(test("alice")), Pair(ErrorKind::not_found, "link.none"));
    EXPECT_THAT(refusal(time_.run(links_.forget(caller("alice")))), Pair(ErrorKind::not_found, "link.none"));
    EXPECT_EQ(time_.run(links_.kind_of("alice")).value(), std::nullopt);
}

TEST_F(TheNodeLinks, ForgetALink) {
    ASSERT_TRUE(connect("alice"));
    EXPECT_EQ(time_.run(links_.kind_of("alice")).value(), LinkKind::lnd);
    EXPECT_TRUE(time_.run(links_.forget(caller("alice"))));
    EXPECT_FALSE(link("alice"));
    EXPECT_EQ(user("alice").node, node_number(1)) << "the profile stays";
}

// Trying

TEST_F(TheNodeLinks, TryANodeAgainAndNameWhatIsMissing) {
    node_.fault = Error{ErrorKind::unavailable, {"live.lnd_locked", {}}};
    ASSERT_TRUE(connect("alice"));
    pause();
    node_.fault.reset();
    node_.trial.missing = {{domain::NodePart::wallet, {ErrorKind::forbidden, {"live.lnd_macaroon_weak", {}}}}};
    node_.trial.doubts = {domain::NodeDoubt::not_synced_to_chain, domain::NodeDoubt::no_channel_active};
    const Result<LinkView> view = test("alice");
    ASSERT_TRUE(view);
    EXPECT_FALSE(view->failure);
    ASSERT_EQ(view->missing.value().size(), 1U);
    EXPECT_EQ(view->missing->at(0).part, domain::NodePart::wallet);
    EXPECT_THAT(keys_of(view->advice), ElementsAre("link.not_synced_to_chain", "link.no_channel_active"));
    EXPECT_EQ(node_.tries.back().secret, "read-macaroon");
    EXPECT_EQ(node_.tries.back().certificate, kCertificate);
    EXPECT_EQ(link("alice")->failure, "");
    EXPECT_EQ(link("alice")->read_at, time_.now());
    EXPECT_EQ(user("alice").node_proof, NodeProof::connection);
}

TEST_F(TheNodeLinks, TryAtMostOnceInTenSecondsAUser) {
    ASSERT_TRUE(connect("alice"));
    const Result<LinkView> early = test("alice");
    EXPECT_THAT(refusal(early), Pair(ErrorKind::rate_limited, "link.too_often"));
    EXPECT_EQ(std::get<std::int64_t>(early.error().what.args.at(0).value), 9) << "one second went by in the first try";
    EXPECT_THAT(refusal(connect("alice")), Pair(ErrorKind::rate_limited, "link.too_often"));
    EXPECT_EQ(node_.tries.size(), 1U);
    node_.trial.key = node_number(2);
    EXPECT_TRUE(connect("bob")) << "another user";
    node_.trial.key = node_number(1);
    time_.run_for(std::chrono::seconds{8});
    EXPECT_TRUE(test("alice"));
}

TEST_F(TheNodeLinks, NoteThatAnotherNodeAnswersNow) {
    ASSERT_TRUE(connect("alice"));
    pause();
    node_.trial.key = node_number(9);
    const Result<LinkView> view = test("alice");
    ASSERT_TRUE(view);
    EXPECT_EQ(view->failure->what.key, "link.other_node");
    EXPECT_FALSE(view->node) << "what it says of itself is not shown as the user's";
    EXPECT_EQ(link("alice")->read_at, kTen + std::chrono::seconds{1}) << "of the last good one";
    EXPECT_EQ(user("alice").node, node_number(1));
}

TEST_F(TheNodeLinks, SayWhoMustActWhenACredentialDoesNotOpen) {
    ASSERT_TRUE(connect("alice"));
    pause();
    vault_.fault = Error{ErrorKind::unavailable, {"secrets.other_key", {}}};
    EXPECT_THAT(refusal(test("alice")), Pair(ErrorKind::unavailable, "secrets.other_key"));
    vault_.fault = Error{ErrorKind::internal, {"secrets.not_intact", {}}};
    EXPECT_THAT(refusal(test("alice")), Pair(ErrorKind::conflict, "secrets.not_intact"));
    EXPECT_EQ(node_.tries.size(), 1U);
}

// Showing

TEST_F(TheNodeLinks, ShowWhatTheNodeLastToldOfItself) {
    ASSERT_TRUE(connect("alice"));
    EXPECT_FALSE(status("alice")->alias) << "nothing was told yet";
    domain::OwnNode node;
    node.key = node_number(1);
    node.alias = "told";
    node.version = "v24.11";
    node.day = kMonday;
    node.read_at = time_.now();
    node.gaps = {{domain::NodePart::peers, {ErrorKind::forbidden, {"live.lnd_macaroon_weak", {}}}}};
    const ports::Statement told{"alice", node.key, kMonday, node.read_at, flow::statement_text(node)};
    ASSERT_TRUE(time_.run(store_.keep_statement(told)));
    const Result<LinkView> view = status("alice");
    ASSERT_TRUE(view);
    EXPECT_EQ(view->node, node_number(1));
    EXPECT_EQ(view->alias, "told");
    EXPECT_EQ(view->version, "v24.11");
    ASSERT_EQ(view->missing.value().size(), 1U);
    pause();
    node_.fault = Error{ErrorKind::unavailable, {"live.lnd_locked", {}}};
    ASSERT_TRUE(connect("alice"));
    EXPECT_FALSE(status("alice")->alias) << "a new link has told nothing";
}

TEST_F(TheNodeLinks, WarnOfACredentialThatEnds) {
    const auto advice_with = [this](std::chrono::days left) {
        credentials_.expires_at = time_.now() + left;
        EXPECT_TRUE(connect("alice"));
        const std::vector<std::string_view> advice = keys_of(status("alice")->advice);
        pause();
        return advice;
    };
    EXPECT_THAT(advice_with(std::chrono::days{30}), IsEmpty());
    EXPECT_THAT(advice_with(std::chrono::days{13}), ElementsAre("link.expires_soon"));
    time_.run_for(std::chrono::days{13});
    EXPECT_THAT(keys_of(status("alice")->advice), ElementsAre("link.expired"));
}

TEST_F(TheNodeLinks, PassOnWhatTheStoreCannotDo) {
    store_.fault = Error{ErrorKind::unavailable, {"store.full", {}}};
    EXPECT_EQ(connect("alice").error().kind, ErrorKind::unavailable);
    EXPECT_EQ(status("alice").error().kind, ErrorKind::unavailable);
    EXPECT_EQ(time_.run(links_.forget(caller("alice"))).error().kind, ErrorKind::unavailable);
}

TEST(TheTryPace, LetsOnlySoManyTryAtOnce) {
    flow::TryPace pace;
    std::vector<flow::TryPace::Turn> turns;
    for (int i = 0; i < flow::TryPace::kAtOnce; ++i) {
        Result<flow::TryPace::Turn> turn = pace.begin(std::to_string(i), std::chrono::seconds{1});
        ASSERT_TRUE(turn);
        turns.push_back(std::move(*turn));
    }
    const auto refused = pace.begin("one more", std::chrono::seconds{1});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::rate_limited);
    turns.pop_back();
    EXPECT_TRUE(pace.begin("one more", std::chrono::seconds{1}));
}

} // namespace
} // namespace mcp::test
