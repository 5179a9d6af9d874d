#include "app/config/env_file.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace mcp::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<EnvEntry> entries(std::string_view text) {
    return parse_env_file(text).value();
}

/// The value of the one entry that `text` makes.
std::string value(std::string_view text) {
    const std::vector<EnvEntry> found = entries(text);
    return found.size() == 1 && found[0].fault == EnvLineFault::none ? found[0].value : "no single sound entry";
}

EnvLineFault fault(std::string_view text) {
    return entries(text).at(0).fault;
}

TEST(EnvFile, HoldsKeysWithTheirLines) {
    EXPECT_THAT(entries("# the daily run\nDAILY_REPORTS_HOUR=7\n\n  \t\nexport A=b\nDAILY_REPORTS_HOUR=8"),
                ElementsAre(EnvEntry{2, "DAILY_REPORTS_HOUR", "7"}, EnvEntry{5, "A", "b"},
                            EnvEntry{6, "DAILY_REPORTS_HOUR", "8"}));
    EXPECT_THAT(entries(""), IsEmpty());
    EXPECT_THAT(entries("\n\n#x\n   # y"), IsEmpty());
}

TEST(EnvFile, TakesCommentsAfterAValue) {
    EXPECT_EQ(value("DAILY_REPORTS_MAX_CONCURRENT=20  # instead of 10"), "20");
    EXPECT_EQ(value("A=b #"), "b");
    EXPECT_EQ(value("A=b\t# c"), "b");
    EXPECT_EQ(value("A=   # nothing"), "");
    EXPECT_EQ(value("A=b#c"), "b#c") << "no blank before it";
    EXPECT_EQ(value("A=#c"), "#c") << "a secret may begin with it, as in a shell";
    EXPECT_EQ(value("A=http://h/#top"), "http://h/#top");
    EXPECT_EQ(value("A='b # c' # d"), "b # c");
    EXPECT_EQ(value("A=\"b # c\"\t#d"), "b # c");
}

TEST(EnvFile, TakesQuotes) {
    EXPECT_EQ(value("A='b c'"), "b c");
    EXPECT_EQ(value("A=\"b c\""), "b c");
    EXPECT_EQ(value("A=''"), "");
    EXPECT_EQ(value("A=' b '"), " b ");
    EXPECT_EQ(value("A = \"b\" "), "b");
    EXPECT_EQ(value(R"(A="a\"b\\c\$d\n\r\t\q")"), "a\"b\\c$d\n\r\t\\q");
    EXPECT_EQ(value(R"(A='a\"b')"), R"(a\"b)");
    EXPECT_EQ(value("A=it's"), "it's") << "a quote within";
    EXPECT_EQ(value("A=b\"c\""), "b\"c\"");
    EXPECT_EQ(value("A=$HOME/${B}`c`"), "$HOME/${B}`c`") << "nothing is expanded";
}

TEST(EnvFile, TakesBlanksExportCrlfAndAByteOrderMark) {
    EXPECT_THAT(entries("\xEF\xBB\xBF"
                        "A=1\r\n\r\n  export\tB = 2  \r\nexport=3\r\n"),
                ElementsAre(EnvEntry{1, "A", "1"}, EnvEntry{3, "B", "2"}, EnvEntry{4, "export", "3"}));
    EXPECT_EQ(value("A=b c  d"), "b c  d");
    EXPECT_EQ(value("A==b="), "=b=");
}

TEST(EnvFile, TellsLinesThatItCannotRead) {
    EXPECT_EQ(fault("DAILY_REPORTS_HOUR 7"), EnvLineFault::no_equals);
    EXPECT_EQ(entries("DAILY_REPORTS_HOUR: 7").at(0).key, "DAILY_REPORTS_HOUR");
    EXPECT_EQ(fault("=7"), EnvLineFault::no_equals);
    EXPECT_EQ(fault("\xC3\xA9=7"), EnvLineFault::no_equals);
    EXPECT_EQ(fault("export A"), EnvLineFault::no_equals);
    EXPECT_EQ(fault("A='b"), EnvLineFault::quote_not_closed);
    EXPECT_EQ(fault("A=\"b'"), EnvLineFault::quote_not_closed);
    EXPECT_EQ(fault(R"(A="b\")"), EnvLineFault::quote_not_closed);
    EXPECT_EQ(fault("A=\""), EnvLineFault::quote_not_closed);
    EXPECT_EQ(fault("A='b'c"), EnvLineFault::text_after_quote);
    EXPECT_EQ(fault("A=\"b\" c"), EnvLineFault::text_after_quote);
    EXPECT_EQ(fault("A='b'#c"), EnvLineFault::text_after_quote) << "in a shell this is b#c";
}

TEST(EnvFile, RefusesWhatIsNoSuchFile) {
    EXPECT_EQ(parse_env_file(std::string(kEnvFileBytesMax + 1, '#')).error().what.key, "config.file_too_large");
    std::string many;
    for (std::size_t i = 0; i <= kEnvFileEntriesMax; ++i) {
        many += "A=1\n";
    }
    EXPECT_EQ(parse_env_file(many).error().what.key, "config.file_too_long");
    EXPECT_TRUE(parse_env_file(many.substr(4)));
    EXPECT_EQ(parse_env_file("\xFF\xFE"
                             "A")
                  .error()
                  .what.key,
              "config.file_utf16");
    EXPECT_EQ(parse_env_file("\xFE\xFF").error().what.key, "config.file_utf16");
}

RC_GTEST_PROP(EnvFile, GivesBackAnyValueThatWasQuoted, (const std::string& any)) {
    std::string written = "\"";
    for (const char c : any) {
        const bool is_special = c == '"' || c == '\\' || c == '$';
        written += is_special ? std::string{'\\', c} : c == '\n' ? "\\n" : std::string(1, c);
    }
    RC_ASSERT(entries("B=1\nA=" + written + "\" # c").back() == (EnvEntry{2, "A", any}));
}

} // namespace
} // namespace mcp::app
