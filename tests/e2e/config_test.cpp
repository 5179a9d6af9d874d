// The configuration and tokens as operators meet them: files in the working directory, variables, pipes.
#include "tests/e2e/in_folder.hpp"

#include <gmock/gmock.h>

namespace mcp::e2e {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

const std::string kSecret = "0123456789abcdef0123456789abcdef";

class Configuration : public InFolder {};

TEST_F(Configuration, IsReadFromTheFileAsTheGuideTypesIt) {
    write(".env", "OTHER_PROGRAM=\"yes\"\nDAILY_REPORTS_HOUR=6\nDAILY_REPORTS_MAX_CONCURRENT=20  # instead of 10\n");
    const Outcome checked = run("echo \"JWT_SECRET=$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \\n')\" >> .env;"
                                "echo DAILY_REPORTS_SCHEDULER_ENABLED=false >> .env; mcp-api check config");
    EXPECT_EQ(checked.status, 0) << checked.err;
    EXPECT_THAT(checked.out, HasSubstr("Configuration file: ./.env"));
    EXPECT_THAT(checked.out, ContainsRegex("DAILY_REPORTS_MAX_CONCURRENT +20 +line 3"));
    EXPECT_THAT(checked.out, ContainsRegex("DAILY_REPORTS_SCHEDULER_ENABLED +false +line 5"));
    EXPECT_THAT(checked.out, ContainsRegex("JWT_SECRET +[*]+ +line 4"));
}

TEST_F(Configuration, GoesByTheEnvironmentFirstAndByTheFileThatIsNamed) {
    write("other.env", "MCP_PORT=9001\nJWT_SECRET=" + kSecret + "\n");
    EXPECT_THAT(run("MCP_ENV_FILE=other.env mcp-api check config").out, ContainsRegex("MCP_PORT +9001 +line 1"));
    EXPECT_THAT(run("MCP_PORT=9002 mcp-api check config --env-file other.env").out,
                ContainsRegex("MCP_PORT +9002 +environment"));
    const Outcome json = run("mcp-api check config --env-file other.env --format json | jq -r '.settings[] | "
                             "select(.key == \"MCP_PORT\") | .value, .source, .line'");
    EXPECT_EQ(json.out, "9001\nfile\n1\n");
    EXPECT_EQ(run("mcp-api check config --env-file none.env").status, 1);
}

TEST_F(Configuration, TellsAllFaultsOneALineWithStatusOne) {
    write("bad.env", "DAILY_REPORTS_HOUR=25\nDAILY_REPORTS_TIMEOUTS=1\nMONGODB_URI=mongodb://h/db\n");
    const Outcome checked = run("mcp-api check config --env-file bad.env");
    EXPECT_EQ(checked.status, 1);
    EXPECT_EQ(checked.out, "");
    EXPECT_THAT(checked.err,
                HasSubstr("bad.env, line 1: DAILY_REPORTS_HOUR: '25' is not accepted; give a whole number"));
    EXPECT_THAT(checked.err, HasSubstr("bad.env, line 2: DAILY_REPORTS_TIMEOUTS: unknown key; did you mean"));
    EXPECT_THAT(checked.err, HasSubstr("bad.env, line 3: MONGODB_URI: MongoDB is not built into this version yet"));
    EXPECT_THAT(run("mcp-api --lang fr check config --env-file bad.env").err, HasSubstr("n'est pas accepté"));
}

TEST_F(Configuration, SignsAndChecksTokens) {
    write(".env", "JWT_SECRET=" + kSecret + "\n");
    const Outcome verified = run("mcp-api token issue --user alice --admin --hours 1 | mcp-api token verify -");
    EXPECT_EQ(verified.status, 0) << verified.err;
    EXPECT_EQ(verified.out, "accepted: user 'alice', tenant 'alice', admin: yes\n");
    const Outcome foreign = run("TOKEN=$(mcp-api token issue --user alice); JWT_SECRET=" + std::string(32, 'x') +
                                " mcp-api token verify $TOKEN");
    EXPECT_EQ(foreign.status, 1);
    EXPECT_THAT(foreign.err, HasSubstr("signature does not fit"));
    const Outcome shown = run("mcp-api token issue --user alice | mcp-api token show - | jq -r .claims.sub");
    EXPECT_EQ(shown.out, "alice\n");
    EXPECT_THAT(shown.err, HasSubstr("nothing is checked"));
}

TEST_F(Configuration, SaysHowToGetASecretWhereThereIsNone) {
    write("empty.env", "");
    for (const char* call : {"token issue --user a", "token verify a.b.c", "check config"}) {
        const Outcome refused = run("mcp-api " + std::string(call) + " --env-file empty.env");
        EXPECT_EQ(refused.status, 1) << call;
        EXPECT_THAT(refused.err, HasSubstr("echo \"JWT_SECRET=$(openssl rand -hex 32)\" >> .env")) << call;
    }
}

TEST_F(Configuration, HasGroupsOfCommandsWithHelpOfTheirOwn) {
    const Outcome all = run("mcp-api --help");
    EXPECT_THAT(all.out, ContainsRegex("graph +the whole network"));
    EXPECT_THAT(all.out, ContainsRegex("check +look whether all is in order"));
    EXPECT_THAT(all.out, ContainsRegex("token +issue, check and show access tokens"));
    EXPECT_THAT(run("mcp-api token --help").out, Not(HasSubstr("the whole network")));
    EXPECT_EQ(run("mcp-api token").status, 2);
    EXPECT_THAT(run("mcp-api token isue --user a").err, HasSubstr("did you mean 'issue'?"));
    EXPECT_EQ(run("mcp-api token issue --user a --days many").status, 2);
}

} // namespace
} // namespace mcp::e2e
