#include "flow/node/statement.hpp"
#include "tests/support/store_samples.hpp"
#include "tests/unit/api/api_world.hpp"

#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kNode = "/api/v1/user/profile/node";
constexpr const char* kTest = "/api/v1/user/profile/node/test";
constexpr const char* kProfile = "/api/v1/user/profile";
constexpr const char* kClaim = "/api/v1/user/profile/claim";
constexpr const char* kVerify = "/api/v1/user/profile/claim/verify";
constexpr const char* kSnapshot = "/api/v1/agent/snapshot";

constexpr std::string_view kLnd =
    R"({"kind": "lnd", "url": "https://node.example:8080", "macaroon": "read-5EC2E7", "tls_cert": "-----BEGIN CERTIFICATE-----\nCE27\n-----END CERTIFICATE-----\n"})";
const std::string kAgentKey(64, 'a');
const std::string kAgent = R"({"kind": "agent", "agent_key": ")" + kAgentKey + R"("})";

class NodeRoutes : public GateWorld, public testing::Test {
protected:
    NodeRoutes() {
        add_user("alice", kAliceKey);
        node.trial.key = domain::PubKey::parse(kAliceKey).value();
    }
    Answer put_node(std::string_view body, const std::string& token = "alice") {
        return put(kNode, token, std::string(body));
    }
    Answer delete_node(const std::string& token = "alice") {
        return ask({.method = "DELETE", .target = kNode, .token = token});
    }
    void pause() { time.run_for(std::chrono::seconds{10}); }
};

TEST_F(NodeRoutes, PutConnectsANodeAndAnswersHowItIs) {
    const Answer answer = put_node(kLnd);
    EXPECT_EQ(answer.status, 200);
    const json::object expected{{"status", "success"},
                                {"node",
                                 {{"kind", "lnd"},
                                  {"url", "https://node.example:8080"},
                                  {"state", "ok"},
                                  {"pubkey", kAliceKey},
                                  {"alias", "my node"},
                                  {"version", "0.18.5-beta"},
                                  {"tried_at", "2025-10-25T10:00:01Z"},
                                  {"read_at", "2025-10-25T10:00:01Z"},
                                  {"error", nullptr},
                                  {"credential_expires_at", nullptr},
                                  {"created_at", "2025-10-25T10:00:00Z"}}},
                                {"missing", json::array()},
                                {"advice", json::array()}};
    EXPECT_EQ(answer.json(), expected);
    const json::object later = get(kNode, "alice").json();
    EXPECT_EQ(later.at("node").at("state"), "ok");
    EXPECT_TRUE(later.at("missing").is_null()) << "it was tried, and not read yet";
}

TEST_F(NodeRoutes, ProfileTellsOfProofAndConnection) {
    json::object profile = get(kProfile, "alice").json();
    EXPECT_EQ(profile.at("pubkey_verified"), false);
    EXPECT_TRUE(profile.at("pubkey_verified_by").is_null());
    EXPECT_TRUE(profile.at("node_connected").is_null());
    put_node(kLnd);
    profile = get(kProfile, "alice").json();
    EXPECT_EQ(profile.at("pubkey_verified"), true);
    EXPECT_EQ(profile.at("pubkey_verified_by"), "connection");
    EXPECT_EQ(profile.at("node_connected"), "lnd");
    EXPECT_EQ(put(kProfile, "alice", json::serialize(profile)).status, 200) << "sent back as it came";
    for (const char* member : {"node_connected", "pubkey_verified_by"}) {
        json::object changed = profile;
        changed[member] = nullptr;
        EXPECT_THAT(put(kProfile, "alice", json::serialize(changed)).detail(), HasSubstr("cannot be changed here"));
        changed[member] = "agent";
        EXPECT_EQ(put(kProfile, "alice", json::serialize(changed)).status, 400);
    }
    put_node(kAgent);
    EXPECT_EQ(get(kProfile, "alice").json().at("node_connected"), "agent");
}

TEST_F(NodeRoutes, AnotherPubkeyInTheProfileEndsTheConnection) {
    put_node(kLnd);
    const json::object changed = put(kProfile, "alice", fmt::format(R"({{"lightning_pubkey": "{}"}})", kBobKey)).json();
    EXPECT_TRUE(changed.at("node_connected").is_null());
    EXPECT_EQ(changed.at("pubkey_verified"), false);
    EXPECT_EQ(get(kNode, "alice").status, 404);
}

TEST_F(NodeRoutes, ANodeThatDoesNotAnswerIsKeptWithItsErrorInTheUsersLanguage) {
    node.fault = Error{ErrorKind::unavailable, {"live.lnd_locked", {}}};
    const Answer answer = put_node(kLnd);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.json().at("node").at("state"), "failing");
    EXPECT_THAT(std::string(answer.json().at("node").at("error").as_string()), HasSubstr("lncli unlock"));
    EXPECT_TRUE(answer.json().at("node").at("pubkey").is_null());
    EXPECT_TRUE(answer.json().at("missing").is_null());
    EXPECT_EQ(answer.json().at("advice").as_array().size(), 1U);
    const Answer french = ask({.target = kNode, .token = "alice", .accept_language = "fr"});
    EXPECT_THAT(std::string(french.json().at("node").at("error").as_string()), HasSubstr("portefeuille"));
}

TEST_F(NodeRoutes, TestNamesWhatIsMissing) {
    put_node(kLnd);
    pause();
    node.trial.missing = {{domain::NodePart::wallet,
                           {ErrorKind::forbidden, {"credential.right", {{"right", std::string("onchain:read")}}}}},
                          {domain::NodePart::chain_costs, {ErrorKind::forbidden, {"live.lnd_macaroon_weak", {}}}}};
    const Answer answer = post(kTest, "alice");
    EXPECT_EQ(answer.status, 200);
    const json::array missing = answer.json().at("missing").as_array();
    ASSERT_EQ(missing.size(), 2U);
    EXPECT_EQ(missing[0].at("part"), "wallet");
    EXPECT_EQ(missing[0].at("right"), "onchain:read");
    EXPECT_EQ(missing[1].at("part"), "chain_costs");
    EXPECT_TRUE(missing[1].at("right").is_null());
    EXPECT_THAT(std::string(missing[1].at("reason").as_string()), HasSubstr("lacks the right"));
}

TEST_F(NodeRoutes, TryingTooOftenIsRefusedWithTheTimeToWait) {
    put_node(kLnd);
    const Answer early = post(kTest, "alice");
    EXPECT_EQ(early.status, 429);
    EXPECT_EQ(*early.response.header("Retry-After"), "9");
    EXPECT_THAT(early.detail(), HasSubstr("in 9 seconds"));
}

TEST_F(NodeRoutes, DeleteForgetsAndIsNotFoundTheSecondTime) {
    put_node(kLnd);
    EXPECT_EQ(delete_node().status, 200);
    EXPECT_EQ(delete_node().status, 404);
    EXPECT_EQ(get(kNode, "alice").status, 404);
    EXPECT_EQ(post(kTest, "alice").status, 404);
}

TEST_F(NodeRoutes, AnotherTenantFindsNothing) {
    put_node(kLnd);
    for (const Answer& answer :
         {get(kNode, "alice@evil"), put_node(kLnd, "alice@evil"), post(kTest, "alice@evil"), delete_node("alice@evil"),
          post(kClaim, "alice@evil"), post(kVerify, "alice@evil", R"({"signature": "x"})")}) {
        EXPECT_EQ(answer.status, 404);
        EXPECT_THAT(answer.detail(), HasSubstr("there is no profile yet"));
    }
    EXPECT_EQ(get(kNode, "alice").status, 200);
    for (const Answer& answer : {get(kNode), put(kNode, ""), post(kTest, ""), post(kClaim, ""), post(kVerify, "")}) {
        EXPECT_EQ(answer.status, 401);
    }
}

TEST_F(NodeRoutes, EveryFieldAtFaultIsNamed) {
    const std::vector<std::pair<std::string, std::string>> bodies = {
        {R"({})", "kind must be one of lnd, cln, agent"},
        {R"({"kind": "LND"})", "kind must be one of lnd, cln, agent"},
        {R"({"kind": 1})", "kind must be one of lnd, cln, agent"},
        {R"({"kind": "lnd"})", "macaroon must be a text"},
        {R"({"kind": "lnd", "macaroon": "read"})", "url must be a text"},
        {R"({"kind": "lnd", "url": "https://a.example", "rune": "read"})", "rune is unknown"},
        {R"({"kind": "cln", "url": "https://a.example", "macaroon": "read"})", "macaroon is unknown"},
        {R"({"kind": "cln", "url": "https://a.example", "rune": ["read"]})", "rune must be a text"},
        {R"({"kind": "lnd", "url": "https://a.example", "macaroon": "read", "tls_cert": 1})",
         "tls_cert must be a text"},
        {R"({"kind": "lnd", "url": "https://a.example", "macaroon": "read", "tls_cert": "x"})",
         "must be a certificate"},
        {R"({"kind": "lnd", "url": "https://a.example", "macaroon": "read", "user_id": "bob"})", "user_id is unknown"},
        {R"({"kind": "lnd", "url": "http://a.example", "macaroon": "read"})", "does not begin with https"},
        {R"({"kind": "agent"})", "agent_key must be"},
        {R"({"kind": "agent", "agent_key": "abc"})", "64 hexadecimal digits"},
        {R"({"kind": "agent", "agent_key": ")" + std::string(64, 'g') + "\"}", "64 hexadecimal digits"},
        {R"({"kind": "agent", "agent_key": ")" + kAgentKey + R"(", "url": "https://a.example"})", "url is unknown"},
        {R"({"kind": "lnd", "macaroon": "read", "url": ")" + std::string(3000, 'u') + "\"}",
         "at most 2,048 characters"},
    };
    for (const auto& [body, words] : bodies) {
        const Answer answer = put_node(body);
        EXPECT_EQ(answer.status, 400) << body;
        EXPECT_THAT(answer.detail(), HasSubstr(words)) << body;
    }
    for (const char* body : {"", "[]", "null", "{", "\xff", "{\"kind\": \"lnd\"} {}"}) {
        EXPECT_EQ(put_node(body).status, 400) << body;
    }
    EXPECT_EQ(put_node(std::string(2000, '[')).status, 400);
    EXPECT_EQ(get(kNode, "alice").status, 404) << "nothing was connected";
    EXPECT_TRUE(node.tries.empty());
}

TEST_F(NodeRoutes, CredentialsThatCouldSpendAndAddressesInsideAreForbidden) {
    const Answer spends = put_node(R"({"kind": "cln", "url": "https://node.example:3010", "rune": "write-all"})");
    EXPECT_EQ(spends.status, 403);
    EXPECT_THAT(spends.detail(), HasSubstr("lightning-cli createrune"));
    const Answer inside = put_node(R"({"kind": "lnd", "url": "https://127.0.0.1:8080", "macaroon": "read"})");
    EXPECT_EQ(inside.status, 403);
    EXPECT_THAT(inside.detail(), HasSubstr("MCP_NODE_ADDRESS_ALLOW"));
}

TEST_F(NodeRoutes, AnotherNodeThanTheProfilesIsAConflict) {
    node.trial.key = domain::PubKey::parse(kBobKey).value();
    const Answer answer = put_node(kLnd);
    EXPECT_EQ(answer.status, 409);
    EXPECT_THAT(answer.detail(), HasSubstr(std::string(kBobKey)));
    EXPECT_EQ(get(kNode, "alice").status, 404);
}

TEST_F(NodeRoutes, ANodeThatAnotherUserNamedIsAConflictThatPointsToTheClaim) {
    put(kProfile, "carol");
    const Answer answer = put_node(kLnd, "carol");
    EXPECT_EQ(answer.status, 409);
    EXPECT_THAT(answer.detail(), HasSubstr(kClaim));
    EXPECT_EQ(get(kProfile, "alice").json().at("lightning_pubkey"), json::value(kAliceKey));
    EXPECT_EQ(get(kProfile, "alice").json().at("daily_report_enabled"), true);
}

TEST_F(NodeRoutes, WithoutAKeyForCredentialsTheUserLearnsWhoMustActAndTheOperatorWhat) {
    vault.fault = Error{ErrorKind::unavailable, {"secrets.no_key", {}}};
    const Answer answer = put_node(kLnd);
    EXPECT_EQ(answer.status, 503);
    EXPECT_THAT(answer.detail(), HasSubstr("MCP_SECRETS_KEY"));
    EXPECT_THAT(answer.detail(), HasSubstr("operator"));
    EXPECT_EQ(*answer.response.header("Retry-After"), "10");
    EXPECT_EQ(log.count("MCP_SECRETS_KEY"), 1);
    time.run_for(std::chrono::seconds{59});
    EXPECT_EQ(put_node(kLnd).status, 503);
    EXPECT_EQ(log.count("MCP_SECRETS_KEY"), 1) << "once a minute is enough";
    time.run_for(std::chrono::seconds{1});
    EXPECT_EQ(put_node(kLnd).status, 503);
    EXPECT_EQ(log.count("MCP_SECRETS_KEY"), 2);
    EXPECT_EQ(put_node(kAgent).status, 200) << "an agent needs none";
}

TEST_F(NodeRoutes, OtherFaultsInsideAreNotTold) {
    store.fault = Error{ErrorKind::unavailable, {"store.full", {}}};
    const Answer answer = put_node(kLnd);
    EXPECT_EQ(answer.status, 503);
    EXPECT_THAT(answer.detail(), Not(HasSubstr("disk")));
}

TEST_F(NodeRoutes, NoAnswerAndNoLogEverHoldsACredential) {
    std::string all;
    const auto heard = [&](const Answer& answer) {
        all += answer.text;
        for (const api::Header& header : answer.response.headers) {
            all += header.value;
        }
        pause();
    };
    const std::vector<std::optional<Error>> faults = {
        std::nullopt,
        Error{ErrorKind::unavailable, {"live.lnd_locked", {}}},
        Error{ErrorKind::unauthenticated, {"live.lnd_macaroon_other", {}}},
        Error{ErrorKind::forbidden, {"live.lnd_macaroon_weak", {}}},
        Error{ErrorKind::internal, {"outside.fault", {}}},
    };
    for (const auto& fault : faults) {
        node.fault = fault;
        heard(put_node(kLnd));
        heard(get(kNode, "alice"));
        heard(post(kTest, "alice"));
        heard(get(kProfile, "alice"));
    }
    for (
        const char* body :
        {R"({"kind": "lnd", "url": "https://a.example", "macaroon": "write-5EC2E7"})",
         R"({"kind": "lnd", "url": "https://a.example", "macaroon": "5EC2E7"})",
         R"({"kind": "cln", "url": "https://a.example", "macaroon": "read-5EC2E7"})",
         R"({"kind": "lnd", "url": "https://a.example", "rune": "read-5EC2E7"})",
         R"({"kind": "lnd", "url": "https://a.example", "macaroon": "read-5EC2E7", "tls_cert": "-----BEGIN PRIVATE KEY-----CE27"})",
         R"({"kind": "lnd", "url": "https://127.0.0.1", "macaroon": "read-5EC2E7"})",
         R"({"kind": "lnd", "url": "https://a.example", "macaroon": "read-5EC2E7)"}) {
        heard(put_node(body));
    }
    vault.fault = Error{ErrorKind::unavailable, {"secrets.no_key", {}}};
    heard(put_node(kLnd));
    heard(post(kTest, "alice"));
    vault.fault.reset();
    node.fault.reset();
    heard(put_node(kLnd));
    store.fault = Error{ErrorKind::unavailable, {"store.full", {}}};
    heard(put_node(kLnd));
    store.fault.reset();
    heard(delete_node());
    ASSERT_THAT(all, HasSubstr("https://node.example:8080")) << "or nothing was heard";
    for (const char* secret : {"5EC2E7", "CE27", "BEGIN CERTIFICATE-----\\n", "3543324537"}) { // the last: in digits
        EXPECT_THAT(all, Not(HasSubstr(secret)));
        EXPECT_THAT(log.text(), Not(HasSubstr(secret)));
    }
}

// Claims

class ClaimRoutes : public NodeRoutes {
protected:
    std::string signature(std::string_view key, const Answer& claim) {
        const std::string text(claim.json().at("challenge").as_string());
        return PlainSignatures::by(domain::PubKey::parse(key).value(), text);
    }
    Answer verify(const std::string& token, const std::string& signed_text) {
        return post(kVerify, token, json::serialize(json::object{{"signature", signed_text}}));
    }
};

TEST_F(ClaimRoutes, GiveATextWithTheCommandsThatSignIt) {
    const Answer claim = post(kClaim, "alice");
    EXPECT_EQ(claim.status, 200);
    const json::object body = claim.json();
    const std::string text(body.at("challenge").as_string());
    EXPECT_EQ(body.at("lightning_pubkey"), json::value(kAliceKey));
    EXPECT_EQ(body.at("expires_at"), "2025-10-25T10:10:00Z");
    EXPECT_EQ(body.at("commands").at("lnd"), json::value("lncli signmessage \"" + text + "\""));
    EXPECT_EQ(body.at("commands").at("cln"), json::value("lightning-cli signmessage \"" + text + "\""));
    EXPECT_THAT(text, HasSubstr("user alice"));
}

TEST_F(ClaimRoutes, VerifyASignatureAndShowItInTheProfile) {
    const Answer claim = post(kClaim, "alice");
    const Answer answer = verify("alice", signature(kAliceKey, claim));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.json().at("lightning_pubkey"), json::value(kAliceKey));
    EXPECT_EQ(get(kProfile, "alice").json().at("pubkey_verified_by"), "signature");
    EXPECT_EQ(verify("alice", signature(kAliceKey, claim)).status, 404) << "one use";
}

TEST_F(ClaimRoutes, TakeWhatTheProgramsPrintWhole) {
    const std::string signed_text = signature(kAliceKey, post(kClaim, "alice"));
    EXPECT_EQ(verify("alice", json::serialize(json::object{{"zbase", signed_text}, {"recid", "01"}}) + "\n").status,
              200);
}

TEST_F(ClaimRoutes, RefuseWhatIsNoSignatureOrAnothers) {
    post(kClaim, "alice");
    const Answer nonsense = verify("alice", "nonsense");
    EXPECT_EQ(nonsense.status, 400);
    const Answer claim = post(kClaim, "alice");
    const Answer other = verify("alice", signature(kBobKey, claim));
    EXPECT_EQ(other.status, 403);
    EXPECT_NE(other.detail(), nonsense.detail());
    EXPECT_EQ(get(kProfile, "alice").json().at("pubkey_verified"), false);
}

TEST_F(ClaimRoutes, LeaveTheTextAloneWhenTheRequestIsFaulty) {
    const Answer claim = post(kClaim, "alice");
    for (const char* body : {"", "{}", "[]", R"({"signature": 1})", R"({"signature": null})", R"({"sig": "x"})"}) {
        EXPECT_EQ(post(kVerify, "alice", body).status, 400) << body;
    }
    EXPECT_EQ(post(kVerify, "alice", json::serialize(json::object{{"signature", std::string(5000, 'y')}})).status, 400);
    EXPECT_EQ(verify("alice", signature(kAliceKey, claim)).status, 200);
}

TEST_F(ClaimRoutes, TakeANodeOver) {
    add_user("bob", kBobKey);
    const Answer claim = post(kClaim, "bob", fmt::format(R"({{"lightning_pubkey": "{}"}})", kAliceKey));
    EXPECT_EQ(verify("bob", signature(kAliceKey, claim)).status, 200);
    EXPECT_EQ(get(kProfile, "bob").json().at("lightning_pubkey"), json::value(kAliceKey));
    EXPECT_TRUE(get(kProfile, "alice").json().at("lightning_pubkey").is_null());
    EXPECT_EQ(get(kProfile, "alice").json().at("daily_report_enabled"), false);
    const Answer back = put(kProfile, "alice", fmt::format(R"({{"lightning_pubkey": "{}"}})", kAliceKey));
    EXPECT_EQ(back.status, 409);
    EXPECT_THAT(back.detail(), HasSubstr(kClaim));
}

TEST_F(ClaimRoutes, NeedANodeToClaim) {
    put(kProfile, "carol");
    EXPECT_EQ(post(kClaim, "carol").status, 400);
    EXPECT_EQ(post(kClaim, "carol", R"({"lightning_pubkey": null})").status, 400);
    EXPECT_EQ(post(kClaim, "carol", R"({"lightning_pubkey": "02"})").status, 400);
    EXPECT_EQ(post(kClaim, "carol", R"({"pubkey": "02"})").status, 400);
    EXPECT_EQ(post(kClaim, "nobody").status, 404);
}

// Agents

class AgentRoute : public NodeRoutes {
protected:
    AgentRoute() { put_node(kAgent); }

    std::string statement() {
        domain::OwnNode told;
        told.key = node.trial.key;
        told.alias = "mine";
        told.day = std::chrono::floor<std::chrono::days>(time.now());
        told.read_at = time.now();
        return flow::statement_text(told);
    }
    Answer push(const std::string& key, const std::string& signature, const std::string& body,
                const std::string& type = "application/json") {
        return ask({.method = "POST",
                    .target = kSnapshot,
                    .body = body,
                    .content_type = type,
                    .agent_key = key,
                    .signature = signature});
    }
    Answer push(const std::string& body) { return push(kAgentKey, signature_of(body), body); }
    static std::string signature_of(const std::string& body) {
        return PlainSignatures::of_agent(kAgentKey, "mcp-api snapshot v1 for alice\n" + body);
    }
    void wait_for_turn() { time.run_for(std::chrono::seconds{20}); }
};

TEST_F(AgentRoute, KeepsASignedSnapshotWithoutAToken) {
    const Answer answer = push(statement());
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(
        answer.json(),
        (json::object{{"status", "success"}, {"day", "2025-10-25T00:00:00Z"}, {"node", kAliceKey}, {"kept", true}}));
    const json::object shown = get(kNode, "alice").json();
    EXPECT_EQ(shown.at("node").at("state"), "ok");
    EXPECT_EQ(shown.at("node").at("alias"), "mine");
    EXPECT_TRUE(shown.at("node").at("url").is_null());
    EXPECT_EQ(shown.at("missing"), json::array());
}

TEST_F(AgentRoute, RefusesUnknownKeysAndWrongSignaturesAlike) {
    const std::string body = statement();
    const std::string good = signature_of(body);
    const std::string for_bob = PlainSignatures::of_agent(kAgentKey, "mcp-api snapshot v1 for bob\n" + body);
    const Answer unknown = push(std::string(64, 'b'), good, body);
    const std::vector<std::array<std::string, 3>> bad = {{std::string(64, 'b'), good, body},
                                                         {kAgentKey, std::string(128, '0'), body},
                                                         {"", "", body},
                                                         {kAgentKey, for_bob, body},
                                                         {kAgentKey, good, body + " "},
                                                         {kAgentKey, good, ""}};
    for (const auto& [key, signature, text] : bad) {
        wait_for_turn();
        const Answer answer = push(key, signature, text);
        EXPECT_EQ(answer.status, 401);
        EXPECT_EQ(answer.detail(), unknown.detail());
        EXPECT_EQ(*answer.response.header("WWW-Authenticate"), R"(MCP-Signature realm="mcp-api")");
    }
    wait_for_turn();
    EXPECT_EQ(push(kAgentKey, good, body).status, 200);
}

TEST_F(AgentRoute, TakesOneOfAnAgentInTwentySeconds) {
    EXPECT_EQ(push(statement()).status, 200);
    time.run_for(std::chrono::seconds{7});
    const Answer early = push(statement());
    EXPECT_EQ(early.status, 429);
    EXPECT_EQ(*early.response.header("Retry-After"), "13");
    EXPECT_THAT(early.detail(), HasSubstr("13 seconds"));
    time.run_for(std::chrono::seconds{13});
    EXPECT_EQ(push(statement()).status, 200);
}

TEST_F(AgentRoute, TellsAUserWithoutANodeToNameIt) {
    put(kProfile, "alice", R"({"lightning_pubkey": null})");
    put_node(kAgent);
    const Answer answer = push(statement());
    EXPECT_EQ(answer.status, 409);
    EXPECT_THAT(answer.detail(), HasSubstr("lightning_pubkey"));
    EXPECT_TRUE(get(kProfile, "alice").json().at("lightning_pubkey").is_null());
}

TEST_F(AgentRoute, RefusesReplaysOtherDaysAndOtherNodes) {
    const std::string first = statement();
    EXPECT_EQ(push(first).status, 200);
    wait_for_turn();
    EXPECT_EQ(push(first).status, 409);
    time.run_for(std::chrono::days{1});
    EXPECT_EQ(push(first).status, 400);
    wait_for_turn();
    node.trial.key = domain::PubKey::parse(kBobKey).value();
    EXPECT_EQ(push(statement()).status, 403);
    EXPECT_EQ(get(kNode, "alice").json().at("node").at("state"), "failing");
}

TEST_F(AgentRoute, TellsWhereAStatementIsWrong) {
    for (const char* body : {"[]", "{", "{}", "null", "{\"statement\": 2}", "\xff"}) {
        EXPECT_EQ(push(body).status, 400) << body;
        wait_for_turn();
    }
    std::string wrong = statement();
    const std::size_t at = wrong.find(kAliceKey);
    wrong.replace(at, 2, "09");
    const Answer answer = push(wrong);
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.detail(), testing::AnyOf(HasSubstr("key"), HasSubstr("node")));
}

TEST_F(AgentRoute, TakesJsonOnlyAndCountsAgainstItsAddress) {
    EXPECT_EQ(push(kAgentKey, "", "x", "text/plain").status, 415);
    settings.rate_limit_per_minute = 2;
    restart();
    EXPECT_EQ(push("", "", "x").status, 401);
    EXPECT_EQ(push("", "", "x").status, 401);
    EXPECT_EQ(push("", "", "x").status, 429);
}

} // namespace
} // namespace mcp::test
