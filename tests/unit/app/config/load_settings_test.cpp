#include "app/config/load_settings.hpp"

#include "app/config/token_keys.hpp"
#include "language/language.hpp"
#include "tests/support/config_world.hpp"
#include "tests/support/signing.hpp"
#include "tests/support/temporary_folder.hpp"

#include <algorithm>
#include <gmock/gmock.h>

namespace mcp::app {
namespace {

using test::FakeWorld;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> in_english(const std::vector<Message>& messages) {
    std::vector<std::string> lines;
    lines.reserve(messages.size());
    for (const Message& message : messages) {
        lines.push_back(language::render(message, language::Language::en));
    }
    return lines;
}

LoadedSettings loaded(const FakeWorld& world, const std::string& env_file = "") {
    const auto result = load_settings(env_file, world.world());
    if (!result) {
        throw std::runtime_error(in_english(result.error()).at(0));
    }
    return *result;
}

std::vector<std::string> faults(const FakeWorld& world, const std::string& env_file = "") {
    const auto result = load_settings(env_file, world.world());
    return result ? std::vector<std::string>{} : in_english(result.error());
}

std::vector<std::string> warnings(const FakeWorld& world, const std::string& env_file = "") {
    return in_english(loaded(world, env_file).warnings);
}

const Setting& setting(const LoadedSettings& loaded, std::string_view name) {
    return *std::find_if(loaded.all.begin(), loaded.all.end(), [&](const Setting& s) { return s.key->name == name; });
}

TEST(Configuration, IsTheDefaultsWhereNothingIsSet) {
    const LoadedSettings nothing = loaded({});
    EXPECT_EQ(nothing.file, "");
    EXPECT_EQ(nothing.settings.port, 8000);
    EXPECT_EQ(setting(nothing, "MCP_PORT").source, SettingSource::by_default);
    EXPECT_FALSE(nothing.is_set("MCP_PORT"));
    EXPECT_THAT(nothing.warnings, IsEmpty());
    EXPECT_EQ(nothing.all.size(), config_keys().size());
}

TEST(Configuration, TakesTheGuidesFileBesideKeysOfOtherPrograms) {
    const LoadedSettings guide = loaded({.files = {{"./.env", R"(# mcp
DATABASE_URL="postgres://x"
OPENAI_API_KEY=sk-123
DAILY_REPORTS_SCHEDULER_ENABLED=true
DAILY_REPORTS_HOUR=6
DAILY_REPORTS_MINUTE=30
DAILY_REPORTS_MAX_CONCURRENT=20  # instead of 10
DAILY_REPORTS_MAX_RETRIES=3
DAILY_REPORTS_TIMEOUT=300
DAILY_REPORTS_SCHEDULER_ENABLED=false
)"}}});
    EXPECT_EQ(guide.file, "./.env");
    EXPECT_FALSE(guide.settings.scheduler_enabled) << "the last one wins";
    EXPECT_EQ(setting(guide, "DAILY_REPORTS_SCHEDULER_ENABLED").line, 10U);
    EXPECT_EQ(guide.settings.reports_at_once, 20);
    EXPECT_EQ(guide.settings.schedule().clock_text(), "06:30");
    EXPECT_THAT(guide.warnings, IsEmpty());
}

TEST(Configuration, PrefersTheEnvironmentToTheFile) {
    const LoadedSettings both = loaded({.environment = {{"MCP_PORT", "9000"}, {"MCP_HOST", ""}},
                                        .files = {{"./.env", "MCP_PORT=7000\nMCP_HOST=::1"}}});
    EXPECT_EQ(both.settings.port, 9000);
    EXPECT_EQ(setting(both, "MCP_PORT").source, SettingSource::environment);
    EXPECT_EQ(both.settings.host, "::1") << "an empty variable counts as not set";
    EXPECT_EQ(setting(both, "MCP_HOST").source, SettingSource::file);
    EXPECT_TRUE(both.is_set("MCP_HOST"));
}

TEST(Configuration, ReadsOneFile) {
    FakeWorld world{.files = {{"./.env", "MCP_PORT=1"}, {"/etc/mcp/.env", "MCP_PORT=2"}, {"/own", "MCP_PORT=3"}}};
    EXPECT_EQ(loaded(world).settings.port, 1);
    EXPECT_EQ(loaded(world, "/own").settings.port, 3);
    world.environment = {{"MCP_ENV_FILE", "/own"}};
    EXPECT_EQ(loaded(world).settings.port, 3);
    EXPECT_EQ(loaded(world, "/etc/mcp/.env").settings.port, 2) << "the call goes before the environment";
    world.files.erase("./.env");
    world.environment.clear();
    EXPECT_EQ(loaded(world).settings.port, 2);
    EXPECT_EQ(loaded(world).file, "/etc/mcp/.env");
}

TEST(Configuration, WarnsOfAnotherFileThatIsThereToo) {
    FakeWorld world{.files = {{"./.env", ""}, {"/etc/mcp/.env", ""}}};
    EXPECT_THAT(warnings(world),
                ElementsAre("the configuration is read from ./.env; /etc/mcp/.env exists too and is not read"));
    EXPECT_EQ(loaded(world).other_file, "/etc/mcp/.env");
    EXPECT_EQ(loaded(world, "/etc/mcp/.env").other_file, "./.env");
    world.files.erase("./.env");
    world.links = {{"./.env", "/etc/mcp/.env"}};
    EXPECT_THAT(warnings(world), IsEmpty()) << "both are one file";
    EXPECT_THAT(warnings(world, "/etc/mcp/.env"), IsEmpty());
}

TEST(Configuration, DemandsTheFileThatWasAskedFor) {
    EXPECT_THAT(faults({.files = {{"./.env", ""}}}, "/none"),
                ElementsAre("configuration file /none: cannot be opened: no such file; check the path"));
    EXPECT_THAT(faults({.environment = {{"MCP_ENV_FILE", "/gone"}}}), ElementsAre(HasSubstr("/gone")));
    EXPECT_THAT(faults({.files = {{"./.env", "\xFF\xFE"}}}), ElementsAre(HasSubstr("is in UTF-16; save it as UTF-8")));
}

TEST(Configuration, TellsAllFaultsAtOnceInTheirOrder) {
    EXPECT_THAT(
        faults({.environment = {{"MCP_PORT", "http"}},
                .files = {{"./.env", "MONGODB_URI=mongodb://h\nDAILY_REPORTS_HOUR=25\nDAILY_REPORTS_HOURS=7\n"
                                     "JWT_SECRET=short\nMCP_HOST='::1\nDAILY_REPORTS_MINUTE 7\nDAILY_REPORTS_X=1"}}}),
        ElementsAre("environment: MCP_PORT: 'http' is not accepted; give a whole number from 0 to 65535",
                    HasSubstr("./.env, line 1: MONGODB_URI: MongoDB is not built into this version yet"),
                    "./.env, line 2: DAILY_REPORTS_HOUR: '25' is not accepted; give a whole number from 0 to 23",
                    "./.env, line 3: DAILY_REPORTS_HOURS: unknown key; did you mean DAILY_REPORTS_HOUR?",
                    HasSubstr("./.env, line 4: JWT_SECRET: its value of 5 bytes is not accepted; give 32 bytes"),
                    HasSubstr("./.env, line 5: MCP_HOST: its quote is not closed"),
                    HasSubstr("./.env, line 6: DAILY_REPORTS_MINUTE: no '=' follows it"),
                    HasSubstr("./.env, line 7: DAILY_REPORTS_X: unknown key;")));
}

TEST(Configuration, LetsALaterLineMendAnEarlierOne) {
    EXPECT_EQ(loaded({.files = {{"./.env", "DAILY_REPORTS_HOUR=25\nDAILY_REPORTS_HOUR=7"}}}).settings.run_hour, 7);
    EXPECT_EQ(loaded({.files = {{"./.env", "DAILY_REPORTS_HOUR='7\nDAILY_REPORTS_HOUR=7"}}}).settings.run_hour, 7);
    EXPECT_EQ(faults({.files = {{"./.env", "DAILY_REPORTS_HOUR=7\nDAILY_REPORTS_HOUR=25"}}}).size(), 1U);
    EXPECT_THAT(faults({.environment = {{"DAILY_REPORTS_HOUR", "7"}}, .files = {{"./.env", "DAILY_REPORTS_HOUR=25"}}}),
                IsEmpty())
        << "what the environment overrides is not used";
}

TEST(Configuration, WarnsOfUnknownKeysOfItsOwn) {
    EXPECT_THAT(warnings({.environment = {{"MCP_HOSTS", "x"}},
                          .files = {{"./.env", "MCP_PROT=1\nMCP_SERVERS=a\ndaily_reports_hour=7\nOTHER=1"}}}),
                ElementsAre("environment: MCP_HOSTS: unknown key; did you mean MCP_HOST?",
                            "./.env, line 1: MCP_PROT: unknown key; did you mean MCP_PORT?",
                            HasSubstr("./.env, line 2: MCP_SERVERS: unknown key;"),
                            "./.env, line 3: daily_reports_hour: unknown key; did you mean DAILY_REPORTS_HOUR?"));
    EXPECT_THAT(faults({.environment = {{"DAILY_REPORTS_HUOR", "7"}}}), ElementsAre(HasSubstr("DAILY_REPORTS_HOUR?")));
}

TEST(Configuration, IgnoresLinesOfOthersThatItCannotRead) {
    const std::string shared = "PEM=\"-----BEGIN KEY-----\nMIIB\n-----END KEY-----\"\nMCP_PORT=9\nBROKEN='x";
    EXPECT_THAT(warnings({.files = {{"./.env", shared}}}),
                ElementsAre("./.env: 2 lines are no KEY=value and were skipped, the first: line 2"));
    EXPECT_EQ(loaded({.files = {{"./.env", shared}}}).settings.port, 9);
}

TEST(Configuration, KnowsOtherNamesOfAKey) {
    const std::string secret(40, 's');
    const std::string other(40, 'o');
    const LoadedSettings alias = loaded({.files = {{"./.env", "SECRET_KEY=" + other + "\nJWT_SECRET_KEY=" + secret}}});
    EXPECT_EQ(alias.settings.jwt_secret, secret);
    EXPECT_EQ(setting(alias, "JWT_SECRET").name, "JWT_SECRET_KEY");
    EXPECT_EQ(setting(alias, "JWT_SECRET").line, 2U);
    const LoadedSettings own = loaded({.files = {{"./.env", "JWT_SECRET=" + secret + "\nSECRET_KEY=x"}}});
    EXPECT_EQ(own.settings.jwt_secret, secret) << "another program's SECRET_KEY does not matter then";
    EXPECT_THAT(faults({.environment = {{"MONGO_URL", "mongodb://h"}}}),
                ElementsAre(HasSubstr("MONGO_URL: MongoDB is not")));
}

TEST(Configuration, SaysThatItsOwnFileIsNamedInTheEnvironment) {
    EXPECT_THAT(warnings({.files = {{"./.env", "MCP_ENV_FILE=/x"}}}),
                ElementsAre(HasSubstr("line 1: MCP_ENV_FILE: is read from the environment only")));
}

TEST(Configuration, PutsTheRagFolderBelowTheData) {
    EXPECT_EQ(loaded({.environment = {{"MCP_DATA_DIR", "/var/lib/mcp"}}}).settings.rag_folder,
              "/var/lib/mcp/rag/RAG_assets");
    EXPECT_EQ(loaded({.environment = {{"MCP_DATA_DIR", "/d"}, {"MCP_RAG_ASSETS_DIR", "/r"}}}).settings.rag_folder,
              "/r");
    EXPECT_EQ(loaded({.files = {{"./.env", "MCP_DATA_DIR=\nMCP_LOG_FILE="}}}).settings.data_folder, ".");
    EXPECT_EQ(loaded({.files = {{"./.env", "MCP_LOG_FILE="}}}).settings.log_file, "") << "standard error only";
}

TEST(Configuration, OfThisProcessReadsRealFiles) {
    const test::TemporaryFolder folder;
    const std::string path = folder.with("mcp.env", "DAILY_REPORTS_HOUR=7\n");
    const ConfigWorld world = this_process();
    EXPECT_THAT(world.environment, testing::Contains(testing::Pair("PATH", testing::Not(IsEmpty()))));
    EXPECT_EQ(world.read_file(path).value(), "DAILY_REPORTS_HOUR=7\n");
    EXPECT_EQ(world.read_file(folder.path("none")).error().kind, ErrorKind::not_found);
    EXPECT_EQ(world.identity(path), world.identity(folder.path("./mcp.env")));
    EXPECT_EQ(world.identity(folder.path("none")), std::nullopt);
}

TEST(TokenKeysOfSettings, AreDemanded) {
    Settings settings = default_settings();
    const auto said = [&] { return language::render(make_token_verifier(settings).error(), language::Language::en); };
    EXPECT_THAT(said(), HasSubstr("JWT_SECRET=$(openssl rand -hex 32)"));
    settings.jwt_keys_file = "/no/such/keys.pem";
    EXPECT_THAT(said(), HasSubstr("MCP_JWT_PUBLIC_KEYS: /no/such/keys.pem: cannot be opened"));
    const test::TemporaryFolder folder;
    settings.jwt_keys_file = folder.with("keys.pem", test::SigningKey::ed25519().public_pem());
    EXPECT_TRUE(make_token_verifier(settings));
    settings.jwt_keys_file.clear();
    settings.jwt_secret = std::string(32, 's');
    EXPECT_TRUE(make_token_verifier(settings));
}

} // namespace
} // namespace mcp::app
