#include "tests/unit/api/api_world.hpp"

#include <gtest/gtest.h>

namespace mcp::test {
namespace {

namespace json = boost::json;

constexpr const char* kProfile = "/api/v1/user/profile";
constexpr const char* kEnable = "/api/v1/user/profile/daily-report/enable";
constexpr const char* kDisable = "/api/v1/user/profile/daily-report/disable";
constexpr const char* kStatus = "/api/v1/user/profile/daily-report/status";

class ProfileRoutes : public GateWorld, public testing::Test {};

std::string with_key(std::string_view key) {
    return fmt::format(R"({{"lightning_pubkey": "{}"}})", key);
}

TEST_F(ProfileRoutes, WithoutAProfileThereIsNothing) {
    for (const Answer& answer :
         {get(kProfile, "alice"), get(kStatus, "alice"), post(kEnable, "alice"), post(kDisable, "alice"),
          ask({.method = "DELETE", .target = kProfile, .token = "alice"})}) {
        EXPECT_EQ(answer.status, 404);
        EXPECT_EQ(answer.detail(), "there is no profile yet; make one with PUT /api/v1/user/profile");
    }
}

TEST_F(ProfileRoutes, PutMakesAProfileOfTheTokenAndTheBody) {
    const Answer made =
        put(kProfile, "alice@acme", R"({"lightning_pubkey": ")" + std::string(kAliceKey) + R"(", "language": "fr"})");
    EXPECT_EQ(made.status, 201);
    const json::object expected{{"user_id", "alice"},
                                {"tenant_id", "acme"},
                                {"lightning_pubkey", kAliceKey},
                                {"pubkey_verified", false},
                                {"pubkey_verified_by", nullptr},
                                {"node_connected", nullptr},
                                {"language", "fr"},
                                {"daily_report_enabled", false},
                                {"created_at", "2025-10-25T10:00:00Z"},
                                {"updated_at", "2025-10-25T10:00:00Z"}};
    EXPECT_EQ(made.json(), expected);
    EXPECT_EQ(get(kProfile, "alice@acme").json(), expected);
}

TEST_F(ProfileRoutes, ABodyIsOptionalAndTheLanguageThenTheServicesOwn) {
    const Answer made = put(kProfile, "alice");
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(made.json().at("language"), "en");
    EXPECT_TRUE(made.json().at("lightning_pubkey").is_null());
    EXPECT_EQ(put(kProfile, "alice", "{}").status, 200) << "it is there already";
}

TEST_F(ProfileRoutes, WhatIsLeftOutStaysAndNullTakesTheNodeOut) {
    put(kProfile, "alice", with_key(kAliceKey));
    EXPECT_EQ(post(kEnable, "alice").status, 200);
    const Answer changed = put(kProfile, "alice", R"({"language": "fr"})");
    EXPECT_EQ(changed.status, 200);
    EXPECT_EQ(changed.json().at("lightning_pubkey"), json::value(kAliceKey));
    EXPECT_EQ(changed.json().at("daily_report_enabled"), true);
    const Answer taken_out = put(kProfile, "alice", R"({"lightning_pubkey": null})");
    EXPECT_TRUE(taken_out.json().at("lightning_pubkey").is_null());
    EXPECT_EQ(taken_out.json().at("daily_report_enabled"), false) << "without a node there is nothing to report";
    EXPECT_EQ(taken_out.json().at("language"), "fr");
}

TEST_F(ProfileRoutes, AnotherNodeIsUnverified) {
    domain::User alice = add_user("alice", kAliceKey);
    alice.node_proof = domain::NodeProof::signature;
    must(store.put_user(alice));
    EXPECT_EQ(put(kProfile, "alice", with_key(kAliceKey)).json().at("pubkey_verified"), true) << "the same node";
    EXPECT_EQ(put(kProfile, "alice", with_key(kBobKey)).json().at("pubkey_verified"), false);
}

TEST_F(ProfileRoutes, AKeyInUpperCaseIsTheSameKey) {
    std::string upper(kAliceKey);
    std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) { return std::toupper(c); });
    EXPECT_EQ(put(kProfile, "alice", with_key(upper)).json().at("lightning_pubkey"), json::value(kAliceKey));
}

TEST_F(ProfileRoutes, ANodeOfAnotherUserIsAConflictThatSaysHowToSettleIt) {
    add_user("bob", kBobKey, "other tenant");
    const Answer answer = put(kProfile, "alice", with_key(kBobKey));
    EXPECT_EQ(answer.status, 409);
    EXPECT_NE(answer.detail().find("a signature by it takes it over"), std::string::npos) << answer.detail();
    EXPECT_NE(answer.detail().find(kBobKey), std::string::npos);
    EXPECT_EQ(answer.detail().find("bob"), std::string::npos) << "who has it is nobody's business";
    EXPECT_EQ(get(kProfile, "alice").status, 404) << "nothing was made";
}

TEST_F(ProfileRoutes, WhatGetAnsweredMayBeSentBack) {
    add_user("alice", kAliceKey);
    json::object profile = get(kProfile, "alice").json();
    profile["language"] = "fr";
    const Answer answer = put(kProfile, "alice", json::serialize(profile));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.json().at("language"), "fr");
}

TEST_F(ProfileRoutes, WhatTheServiceSetsItselfIsNotChangedByPut) {
    add_user("alice", kAliceKey);
    const Answer answer =
        put(kProfile, "alice",
            R"({"user_id": "bob", "pubkey_verified": true, "daily_report_enabled": false, "created_at": null})");
    EXPECT_EQ(answer.status, 400);
    for (const char* name : {"user_id", "pubkey_verified", "daily_report_enabled", "created_at"}) {
        EXPECT_NE(answer.detail().find(std::string(name) + " cannot be changed here"), std::string::npos) << name;
    }
    EXPECT_EQ(put(kProfile, "carol", R"({"daily_report_enabled": true})").status, 400) << "nor when it is made";
}

TEST_F(ProfileRoutes, EveryFieldAtFaultIsNamed) {
    const Answer answer =
        put(kProfile, "alice", R"({"lightning_pubkey": "04ff", "language": "de", "langage": "fr", "zzzzzzzz": 1})");
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.detail(), "langage is unknown; did you mean language?, "
                               "zzzzzzzz is unknown; known are lightning_pubkey, language, user_id, tenant_id, "
                               "pubkey_verified, pubkey_verified_by, node_connected, daily_report_enabled, created_at, "
                               "updated_at, "
                               "lightning_pubkey must be a node's public key, 66 hexadecimal digits that begin with 02 "
                               "or 03, or null, "
                               "language must be one of fr, en");
    EXPECT_EQ(store.calls, 1) << "nothing was put";
}

TEST_F(ProfileRoutes, ValuesOfAnotherKindAreFaults) {
    for (const char* body :
         {R"({"lightning_pubkey": 12})", R"({"lightning_pubkey": ["02"]})", R"({"lightning_pubkey": ""})",
          R"({"language": null})", R"({"language": "FR"})", R"({"language": 1})"}) {
        EXPECT_EQ(put(kProfile, "alice", body).status, 400) << body;
    }
}

TEST_F(ProfileRoutes, BodiesThatAreNoObjectAreRefused) {
    for (const char* body :
         {"[]", "1", "\"text\"", "null", "{", "{\"a\":}", "{} {}", "\xff", "{\"language\":\"\xff\"}"}) {
        EXPECT_EQ(put(kProfile, "alice", body).status, 400) << body;
    }
    EXPECT_EQ(put(kProfile, "alice", std::string(2000, '[')).status, 400);
    EXPECT_EQ(put(kProfile, "alice", "{\"language\": \"fr\"").detail(),
              "the body is not JSON (wrong near byte 17); check its quotes and commas");
}

TEST_F(ProfileRoutes, IdsThatOnlyATokenCouldBringAreRefusedWhereAProfileIsMade) {
    EXPECT_EQ(put(kProfile, "with\nline").status, 400);
    EXPECT_EQ(put(kProfile, std::string(600, 'x')).status, 400);
    EXPECT_EQ(put(kProfile, "../../etc/passwd").status, 201) << "an id like any other";
    EXPECT_EQ(put(kProfile, "⚡ Zoé").status, 201);
}

TEST_F(ProfileRoutes, EnablingSaysWhenTheNextReportComesAndIsTheSameTwice) {
    put(kProfile, "alice", with_key(kAliceKey));
    const Answer first = post(kEnable, "alice");
    EXPECT_EQ(first.status, 200);
    const json::object expected{
        {"status", "success"},
        {"message", "The daily report is enabled; the next one comes on 26 October 2025, 06:00 UTC."},
        {"next_report", "2025-10-26T06:00:00Z"},
        {"schedule", "Every day at 06:00 UTC"}};
    EXPECT_EQ(first.json(), expected);
    EXPECT_EQ(post(kEnable, "alice").json(), expected);
    EXPECT_EQ(get(kProfile, "alice").json().at("daily_report_enabled"), true);
}

TEST_F(ProfileRoutes, EnablingWithoutANodeSaysWhatIsMissing) {
    put(kProfile, "alice");
    const Answer answer = post(kEnable, "alice");
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.detail().find("lightning_pubkey is missing"), std::string::npos);
}

TEST_F(ProfileRoutes, WhileTheSchedulerIsOffNoNextReportIsPromised) {
    schedule = {.enabled = false, .at = std::chrono::minutes{90}};
    add_user("alice", kAliceKey);
    const Answer enabled = post(kEnable, "alice");
    EXPECT_TRUE(enabled.json().at("next_report").is_null());
    EXPECT_EQ(enabled.json().at("schedule"), "Every day at 01:30 UTC");
    const json::object status = get(kStatus, "alice").json();
    EXPECT_TRUE(status.at("next_report").is_null());
    EXPECT_EQ(status.at("schedule"), "30 1 * * *");
}

TEST_F(ProfileRoutes, StatusTellsOfTheNewestCompletedReport) {
    const domain::User alice = add_user("alice", kAliceKey);
    add_report(alice, 2);
    add_report(alice, 1);
    add_report(alice, 0, ports::ReportEnd::failed);
    const json::object expected{{"enabled", true},
                                {"schedule", "0 6 * * *"},
                                {"last_report", "2025-10-24T06:00:00Z"},
                                {"total_reports", 2},
                                {"next_report", "2025-10-26T06:00:00Z"}};
    EXPECT_EQ(get(kStatus, "alice").json(), expected);
    EXPECT_EQ(post(kDisable, "alice").status, 200);
    const json::object disabled = get(kStatus, "alice").json();
    EXPECT_EQ(disabled.at("enabled"), false);
    EXPECT_TRUE(disabled.at("next_report").is_null());
    EXPECT_EQ(post(kDisable, "alice").status, 200) << "disabling twice is the same";
}

TEST_F(ProfileRoutes, AnotherTenantFindsNothingUnderTheSameName) {
    const domain::User alice = add_user("alice", kAliceKey, "acme");
    add_report(alice, 0);
    const std::string detail = get(kProfile, "nobody").detail();
    for (const Answer& answer : {get(kProfile, "alice@evil"), get(kStatus, "alice@evil"), post(kEnable, "alice@evil"),
                                 post(kDisable, "alice@evil"), put(kProfile, "alice@evil", with_key(kBobKey)),
                                 ask({.method = "DELETE", .target = kProfile, .token = "alice@evil"})}) {
        EXPECT_EQ(answer.status, 404);
        EXPECT_EQ(answer.detail(), detail);
    }
    EXPECT_EQ(get(kProfile, "alice@acme").json().at("lightning_pubkey"), json::value(kAliceKey))
        << "and changes nothing";
}

TEST_F(ProfileRoutes, DeletingTakesTheAssetsToo) {
    const domain::User alice = add_user("alice", kAliceKey);
    add_report(alice, 0);
    ASSERT_TRUE(assets.write("alice", std::chrono::floor<std::chrono::days>(kMorning), "{}"));
    ASSERT_TRUE(assets.write("bob", std::chrono::floor<std::chrono::days>(kMorning), "{}"));
    const Answer answer = ask({.method = "DELETE", .target = kProfile, .token = "alice"});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.json().at("status"), "success");
    EXPECT_EQ(assets.files.size(), 1U);
    EXPECT_EQ(assets.files.begin()->first.first, "bob");
    EXPECT_EQ(get(kProfile, "alice").status, 404);
    EXPECT_EQ(get("/api/v1/reports/daily/latest", "alice").status, 404);
}

TEST_F(ProfileRoutes, SentencesFollowAcceptLanguage) {
    const Answer french = ask({.target = kProfile, .token = "alice", .accept_language = "de, fr-CA;q=0.9, en;q=0.8"});
    EXPECT_EQ(french.detail(), "il n'y a pas encore de profil\u00a0; créez-en un avec PUT /api/v1/user/profile");
}

} // namespace
} // namespace mcp::test
