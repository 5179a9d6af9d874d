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
    EXPECT_THAT(english.out, HasSubstr("Usage: mcp-api COMMAND"));
    EXPECT_THAT(english.out, HasSubstr("graph"));
    const Outcome french = shell("mcp-api --lang fr graph facts --help");
    EXPECT_EQ(french.status, 0);
    EXPECT_THAT(french.out, HasSubstr("Usage\u00A0: mcp-api graph facts FILE"));
    EXPECT_THAT(french.out, HasSubstr("Exemples"));
}

TEST(CommandLine, NamesTheNearestCommandAndOption) {
    const Outcome group = shell("mcp-api grpah facts x.json");
    EXPECT_EQ(group.status, 2);
    EXPECT_EQ(group.err, "mcp-api: unknown command 'grpah': did you mean 'graph'?, see 'mcp-api --help'\n");
    const Outcome command = shell("mcp-api graph fact x.json");
    EXPECT_EQ(command.status, 2);
    EXPECT_THAT(command.err, HasSubstr("did you mean 'facts'?"));
    const Outcome option = shell("mcp-api graph facts x.json --fromat json");
    EXPECT_EQ(option.status, 2);
    EXPECT_THAT(option.err, HasSubstr("did you mean '--format'?"));
    EXPECT_EQ(option.out, "");
}

TEST(CommandLine, RefusesWrongCallsWithOneLineAndStatusTwo) {
    for (const char* call : {"mcp-api", "mcp-api graph", "mcp-api graph facts", "mcp-api graph facts a b",
                             "mcp-api graph facts a --format", "mcp-api graph facts a --format xml",
                             "mcp-api --lang de graph facts a", "mcp-api graph facts a --nonsense"}) {
        const Outcome run = shell(call);
        EXPECT_EQ(run.status, 2) << call;
        EXPECT_EQ(count_lines(run.err), 1) << call << ": " << run.err;
        EXPECT_EQ(run.out, "") << call;
    }
}

TEST(CommandLine, SpeaksTheLanguageOfTheLocaleUnlessToldOtherwise) {
    EXPECT_THAT(shell("LC_ALL=fr_FR.UTF-8; mcp-api graph facts a --format xml").err, HasSubstr("accepte text"));
    EXPECT_THAT(shell("LC_ALL=de_DE.UTF-8; mcp-api graph facts a --format xml").err, HasSubstr("takes text"));
    EXPECT_THAT(shell("LC_ALL=fr_FR.UTF-8; mcp-api graph facts a --format xml --lang=en").err, HasSubstr("takes text"));
    EXPECT_THAT(shell("LC_ALL=; LC_MESSAGES=fr_FR LANG=en_GB mcp-api graph facts a --format xml").err,
                HasSubstr("accepte text"));
}

TEST(CommandLine, DoesNotPassControlCharactersOfTheCallToTheScreen) {
    const Outcome run = shell("mcp-api graph facts a --format $'x\\e[31m\\ny'");
    EXPECT_EQ(run.status, 2);
    EXPECT_EQ(count_lines(run.err), 1);
    EXPECT_THAT(run.err, Not(HasSubstr("\x1b")));
}

constexpr const char* kGraph = MCP_SOURCE_DIR "/data/sample/mainnet-2024-09-22.describegraph.json.xz";

TEST(CommandLine, EndsQuietlyWhenNobodyReads) {
    const Outcome run =
        shell(std::string("mcp-api graph facts --format json ") + kGraph + " | true; echo ${PIPESTATUS[0]}");
    EXPECT_EQ(run.out, "141\n");
    EXPECT_EQ(run.err, "");
}

/// A pipe that nobody writes to keeps the program reading; opening it to write waits until the program reads.
std::string interrupted_by(const std::string& signal) {
    return "pipe=$(mktemp -u); mkfifo $pipe; set -m; " MCP_PROGRAM
           " graph facts $pipe & exec 3>$pipe; rm $pipe; kill -" +
           signal + " $!; wait $! 2>/dev/null; echo $?";
}

TEST(CommandLine, DiesByTheSignalOfCtrlCWithOneLine) {
    const Outcome run = shell(interrupted_by("INT"));
    EXPECT_EQ(run.out, "130\n");
    EXPECT_THAT(run.err, HasSubstr("\nmcp-api: interrupted: nothing was written\n"));
}

TEST(CommandLine, DiesByTerminationWithoutAWord) {
    const Outcome run = shell(interrupted_by("TERM"));
    EXPECT_EQ(run.out, "143\n");
    EXPECT_THAT(run.err, Not(HasSubstr("mcp-api")));
}

TEST(CommandLine, SaysSoWhenTheDeviceIsFull) {
    const Outcome run = shell("mcp-api --help > /dev/full");
    EXPECT_EQ(run.status, 1);
    EXPECT_EQ(count_lines(run.err), 1);
}

} // namespace
} // namespace mcp::e2e
