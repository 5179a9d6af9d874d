#include "adapters/security/base64url.hpp"
#include "app/commands/check_config.hpp"
#include "app/commands/token.hpp"
#include "tests/support/config_world.hpp"
#include "tests/support/signing.hpp"
#include "tests/support/temporary_folder.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <sstream>

namespace mcp::app {
namespace {

using test::FakeWorld;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kSecret = "a-secret-that-nobody-may-ever-see";

class OctoberMorning final : public Clock {
public:
    [[nodiscard]] Time now() const override { return Time{std::chrono::seconds{1'761'364'800}}; }
};

class ConfigCommands : public testing::Test {
protected:
    int issue(const TokenIssueOptions& options) { return token_issue(options, io_, world_.world()); }
    int verify(const TokenVerifyOptions& options) { return token_verify(options, io_, world_.world()); }
    int show(const TokenShowOptions& options) { return token_show(options, io_, world_.world()); }
    int check(const std::string& format = "text") { return check_config({.format = format}, io_, world_.world()); }

    std::string issued(const TokenIssueOptions& options) {
        EXPECT_EQ(issue(options), ExitStatus::kDone);
        return taken_output();
    }
    std::string taken_output() {
        std::string text = out_.str();
        out_.str("");
        return text;
    }

    FakeWorld world_{.files = {{"./.env", "JWT_SECRET=" + kSecret + "\nDAILY_REPORTS_HOUR=7 # later\n"}}};
    std::ostringstream out_;
    std::ostringstream err_;
    OctoberMorning clock_;
    Io io_{.out = out_, .err = err_, .clock = clock_};
};

TEST_F(ConfigCommands, IssueATokenThatVerifies) {
    const std::string token = issued({.user = "alice", .tenant = "acme", .admin = true});
    EXPECT_EQ(std::count(token.begin(), token.end(), '\n'), 1) << "the token, and nothing else";
    EXPECT_EQ(verify({.token = token}), ExitStatus::kDone);
    EXPECT_EQ(taken_output(), "accepted: user 'alice', tenant 'acme', admin: yes\n");
    EXPECT_EQ(verify({.token = token, .format = "json"}), ExitStatus::kDone);
    EXPECT_EQ(boost::json::parse(taken_output()),
              (boost::json::value{{"user_id", "alice"}, {"tenant_id", "acme"}, {"is_admin", true}}));
    EXPECT_THAT(err_.str(), IsEmpty());
}

TEST_F(ConfigCommands, IssueTokensForIssuerAndAudienceOfTheConfiguration) {
    world_.files["./.env"] += "MCP_JWT_ISSUER=us\nMCP_JWT_AUDIENCE=mcp\n";
    const std::string token = issued({.user = "alice"});
    EXPECT_EQ(verify({.token = token}), ExitStatus::kDone);
    world_.files["./.env"] += "MCP_JWT_AUDIENCE=other\n";
    EXPECT_EQ(verify({.token = token}), ExitStatus::kWorldFailed);
    EXPECT_EQ(err_.str(), "mcp-api: the token is for another audience (aud)\n");
}

TEST_F(ConfigCommands, IssueTokensForTheTimeAskedFor) {
    const auto expiry = [&](const TokenIssueOptions& options) {
        EXPECT_EQ(show({.token = issued(options)}), ExitStatus::kDone);
        return std::string(boost::json::parse(taken_output()).at("expires_at").as_string());
    };
    EXPECT_EQ(expiry({.user = "a"}), "2025-10-26T04:00:00Z");
    EXPECT_EQ(expiry({.user = "a", .days = 30}), "2025-11-24T04:00:00Z");
    EXPECT_EQ(expiry({.user = "a", .hours = 2}), "2025-10-25T06:00:00Z");
    err_.str("");
    EXPECT_EQ(issue({.user = "a", .days = 1, .hours = 1}), ExitStatus::kCallWrong);
    EXPECT_EQ(issue({.user = "a", .days = 0}), ExitStatus::kCallWrong);
    EXPECT_EQ(issue({.user = "a", .days = 3651}), ExitStatus::kCallWrong);
    EXPECT_EQ(issue({.user = "a", .hours = -1}), ExitStatus::kCallWrong);
    EXPECT_THAT(err_.str(), HasSubstr("not both"));
    EXPECT_THAT(err_.str(), HasSubstr("--days takes a whole number from 1 to 3,650, not 0"));
    EXPECT_THAT(out_.str(), IsEmpty());
}

TEST_F(ConfigCommands, IssueTokensOnlyForUsersThatThereCanBe) {
    EXPECT_EQ(issue({}), ExitStatus::kCallWrong);
    EXPECT_EQ(issue({.user = "a\nb"}), ExitStatus::kCallWrong);
    EXPECT_EQ(issue({.user = "a", .tenant = std::string(513, 't')}), ExitStatus::kCallWrong);
    EXPECT_THAT(err_.str(), HasSubstr("--user is needed"));
    EXPECT_THAT(err_.str(), HasSubstr("--tenant takes 1 to 512 bytes"));
}

TEST_F(ConfigCommands, RefuseToIssueWithoutASecretAndSayWhatToDo) {
    world_.files.clear();
    EXPECT_EQ(issue({.user = "alice"}), ExitStatus::kWorldFailed);
    EXPECT_THAT(err_.str(), HasSubstr("JWT_SECRET=$(openssl rand -hex 32)"));
    world_.environment = {{"MCP_JWT_PUBLIC_KEYS", "/keys.pem"}};
    EXPECT_EQ(issue({.user = "alice"}), ExitStatus::kWorldFailed);
    EXPECT_THAT(err_.str(), HasSubstr("only public keys are configured"));
    EXPECT_EQ(verify({.token = "a.b.c"}), ExitStatus::kWorldFailed);
    EXPECT_THAT(err_.str(), HasSubstr("/keys.pem: cannot be opened"));
    EXPECT_THAT(out_.str(), IsEmpty());
}

TEST_F(ConfigCommands, VerifyTokensOfOthersByTheirPublicKey) {
    const test::TemporaryFolder folder;
    const test::SigningKey key = test::SigningKey::ed25519();
    world_.environment = {{"MCP_JWT_PUBLIC_KEYS", folder.with("keys.pem", key.public_pem())}};
    const std::string token =
        test::signed_token(key, R"({"alg":"EdDSA"})", R"({"sub":"bob","exp":1761364860,"scope":"read"})");
    EXPECT_EQ(verify({.token = token}), ExitStatus::kDone);
    EXPECT_EQ(taken_output(), "accepted: user 'bob', tenant 'bob', admin: no\n");
}

TEST_F(ConfigCommands, VerifyATokenFromStandardInput) {
    world_.files["-"] = " " + issued({.user = "alice"}) + "\r\n";
    EXPECT_EQ(verify({.token = "-"}), ExitStatus::kDone);
    EXPECT_THAT(taken_output(), HasSubstr("user 'alice'"));
    world_.files["-"] = "";
    EXPECT_EQ(verify({.token = "-"}), ExitStatus::kWorldFailed);
    EXPECT_THAT(err_.str(), HasSubstr("malformed"));
}

TEST_F(ConfigCommands, SayWhyATokenIsRefused) {
    EXPECT_EQ(verify({.token = ""}), ExitStatus::kCallWrong);
    EXPECT_EQ(verify({.token = "x"}), ExitStatus::kWorldFailed);
    EXPECT_EQ(verify({.token = "x", .format = "xml"}), ExitStatus::kCallWrong);
    EXPECT_THAT(err_.str(), HasSubstr("no token given"));
    EXPECT_THAT(err_.str(), HasSubstr("it is not three parts"));
    EXPECT_THAT(err_.str(), HasSubstr("--format takes text, json, not 'xml'"));
}

TEST_F(ConfigCommands, ShowWhatATokenSaysAndThatNothingIsChecked) {
    world_.files.clear(); // no key is needed
    const auto encoded = [](std::string_view text) { return adapters::base64url(text); };
    const std::string forged =
        encoded(R"({"alg":"none"})") + "." + encoded("{\"sub\":\"eve \xC2\x9B\xE2\x80\xAE\",\"exp\":1e300}") + ".AAAA";
    EXPECT_EQ(show({.token = forged}), ExitStatus::kDone);
    EXPECT_THAT(err_.str(), HasSubstr("nothing is checked"));
    const boost::json::value shown = boost::json::parse(taken_output());
    EXPECT_FALSE(shown.at("verified").as_bool());
    EXPECT_EQ(shown.at("header").at("alg").as_string(), "none");
    EXPECT_EQ(shown.at("claims").at("sub").as_string(), "eve ") << "nothing that moves the terminal's cursor";
    EXPECT_EQ(shown.at("expires_at").as_string(), "9999-12-31T23:59:59Z");
    EXPECT_EQ(show({.token = encoded("{}") + "." + encoded(R"({"exp":"soon"})") + ".AA"}), ExitStatus::kDone);
    EXPECT_TRUE(boost::json::parse(taken_output()).at("expires_at").is_null());
    for (const std::string& none :
         {std::string("x.y"), encoded("[]") + "." + encoded("{}") + ".AA",
          encoded("{}") + "." + encoded(R"({"exp":1e999})") + ".AA", encoded("{}") + "." + encoded("\xFF") + ".AA"}) {
        EXPECT_EQ(show({.token = none}), ExitStatus::kWorldFailed) << none;
    }
    EXPECT_EQ(show({}), ExitStatus::kCallWrong);
    EXPECT_THAT(out_.str(), IsEmpty());
}

TEST_F(ConfigCommands, CheckTellsEachSettingAndWhereItCameFrom) {
    world_.environment = {{"MCP_PORT", "9000"}, {"MCP_SECRETS_KEY", std::string(64, 'a')}}; // else it would be missed
    EXPECT_EQ(check(), ExitStatus::kDone);
    const std::string text = out_.str();
    EXPECT_THAT(text, testing::StartsWith("Configuration file: ./.env\n\n"));
    EXPECT_THAT(text, testing::ContainsRegex("DAILY_REPORTS_HOUR +7 +line 2\n"));
    EXPECT_THAT(text, testing::ContainsRegex("MCP_PORT +9000 +environment\n"));
    EXPECT_THAT(text, testing::ContainsRegex("JWT_SECRET +[*]{8} +line 1\n"));
    EXPECT_THAT(text, testing::ContainsRegex("MCP_RAG_ASSETS_DIR +./rag/RAG_assets +default\n"));
    EXPECT_THAT(text, testing::ContainsRegex("MONGODB_URI +- +default\n"));
    EXPECT_THAT(text, Not(HasSubstr(kSecret)));
    EXPECT_THAT(err_.str(), IsEmpty());
}

TEST_F(ConfigCommands, CheckAnswersInJson) {
    world_.files["./.env"] = "SECRET_KEY=" + kSecret + "\nMCP_CORS_ORIGINS=https://a.b, https://c.d\n";
    world_.files["/etc/mcp/.env"] = "";
    EXPECT_EQ(check("json"), ExitStatus::kDone);
    EXPECT_THAT(out_.str(), Not(HasSubstr(kSecret)));
    const boost::json::value document = boost::json::parse(out_.str());
    EXPECT_EQ(document.at("file").as_string(), "./.env");
    EXPECT_EQ(document.at("other_file").as_string(), "/etc/mcp/.env");
    EXPECT_THAT(err_.str(), HasSubstr("/etc/mcp/.env exists too"));
    const auto row = [&](std::string_view key) {
        for (const boost::json::value& setting : document.at("settings").as_array()) {
            if (setting.at("key").as_string() == key) {
                return setting;
            }
        }
        return boost::json::value();
    };
    EXPECT_EQ(row("MCP_PORT"), (boost::json::value{{"key", "MCP_PORT"},
                                                   {"value", 8000},
                                                   {"is_secret", false},
                                                   {"is_empty", false},
                                                   {"source", "default"},
                                                   {"name", "MCP_PORT"},
                                                   {"line", nullptr}}));
    EXPECT_EQ(row("JWT_SECRET"), (boost::json::value{{"key", "JWT_SECRET"},
                                                     {"value", nullptr},
                                                     {"is_secret", true},
                                                     {"is_empty", false},
                                                     {"source", "file"},
                                                     {"name", "SECRET_KEY"},
                                                     {"line", 1}}));
    EXPECT_EQ(row("MCP_CORS_ORIGINS").at("value"), (boost::json::array{"https://a.b", "https://c.d"}));
    EXPECT_EQ(row("DAILY_REPORTS_SCHEDULER_ENABLED").at("value"), true);
}

TEST_F(ConfigCommands, CheckTellsEveryFaultOnALine) {
    world_.files["./.env"] = "DAILY_REPORTS_HOUR=25\nDAILY_REPORTS_MINUTE=60\nREDIS_URL=redis://h\n";
    EXPECT_EQ(check(), ExitStatus::kWorldFailed);
    const std::string told = err_.str();
    EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 3) << told;
    EXPECT_THAT(told, HasSubstr("mcp-api: ./.env, line 1: DAILY_REPORTS_HOUR: '25' is not accepted"));
    EXPECT_THAT(out_.str(), IsEmpty());
}

TEST_F(ConfigCommands, CheckTellsThatNoTokenKeyIsThere) {
    world_.files["./.env"] = "DAILY_REPORTS_HOUR=7\n";
    EXPECT_EQ(check(), ExitStatus::kWorldFailed) << "the service would not start";
    EXPECT_THAT(err_.str(), HasSubstr("no key for tokens is configured"));
    EXPECT_THAT(out_.str(), HasSubstr("DAILY_REPORTS_HOUR"));
}

} // namespace
} // namespace mcp::app
