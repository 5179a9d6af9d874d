#include "tests/e2e/program.hpp"

#include <gmock/gmock.h>

namespace mcp::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(CommandLine, TellsItsVersion) {
    const Outcome run = shell("mcp-api --version");
    EXPECT_EQ(run.status, 0);
    EXPECT_THAT(run.out, testing::MatchesRegex("mcp-api [0-9.]+\n"));
    EXPECT_EQ(run.err, "");
}

TEST(CommandLine, HelpsInBothLanguages) {
    const Outcome english = shell("mcp-api --help");
    EXPECT_EQ(english.status, 0);
    EXPECT_THAT(english.out, HasSubstr("Usage: mcp-api"));
    const Outcome french = shell("mcp-api --lang fr --help");
    EXPECT_EQ(french.status, 0);
    EXPECT_THAT(french.out, HasSubstr("Usage\u00A0: mcp-api"));
}

TEST(CommandLine, HelpDoesNotPromiseWhatIsNotBuilt) {
    const Outcome run = shell("mcp-api --help");
    for (const char* later : {"serve", "migrate", "check", "token"}) {
        EXPECT_THAT(run.out, Not(HasSubstr(later)));
    }
    EXPECT_EQ(shell("mcp-api serve").status, 2);
}

TEST(CommandLine, RefusesWrongCallsWithOneLineAndStatusTwo) {
    for (const char* call :
         {"mcp-api", "mcp-api nonsense", "mcp-api --nonsense", "mcp-api --lang de", "mcp-api --lang"}) {
        const Outcome run = shell(call);
        EXPECT_EQ(run.status, 2) << call;
        EXPECT_EQ(count_lines(run.err), 1) << call << ": " << run.err;
        EXPECT_EQ(run.out, "") << call;
    }
}

TEST(CommandLine, SaysSoWhenTheDeviceIsFull) {
    const Outcome run = shell("mcp-api --help > /dev/full");
    EXPECT_EQ(run.status, 1);
    EXPECT_EQ(count_lines(run.err), 1);
}

} // namespace
} // namespace mcp::e2e
