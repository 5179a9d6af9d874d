#include "api/target.hpp"

#include <gtest/gtest.h>

namespace mcp::api {
namespace {

using Segments = std::vector<std::string>;

TEST(PercentDecode, TakesOutWhatWasEncoded) {
    EXPECT_EQ(percent_decode("plain"), "plain");
    EXPECT_EQ(percent_decode("%41%6a%4A"), "AjJ");
    EXPECT_EQ(percent_decode("%E2%9A%A1"), "⚡");
    EXPECT_EQ(percent_decode("a+b"), "a+b") << "a plus is a plus in a path";
    EXPECT_EQ(percent_decode("a+b", true), "a b");
    EXPECT_EQ(percent_decode("%2525"), "%25") << "once only";
    EXPECT_EQ(percent_decode(""), "");
}

TEST(PercentDecode, RefusesWhatIsBrokenOrNoText) {
    for (const char* text :
         {"%", "%4", "%4g", "%g4", "a%", "%%41", "%-1", "% 1", "%00", "a%00b", "%ff", "%C3", "%C0%AF", "%ED%A0%80"}) {
        EXPECT_EQ(percent_decode(text), std::nullopt) << text;
    }
    EXPECT_EQ(percent_decode("\xff"), std::nullopt) << "bytes that nobody encoded must be text as well";
    EXPECT_EQ(percent_decode(std::string_view("a\0b", 3)), std::nullopt);
}

TEST(ParseTarget, CutsAtSlashesBeforeItDecodes) {
    EXPECT_EQ(parse_target("/a/b%2Fc/d")->segments, (Segments{"a", "b/c", "d"}));
    EXPECT_EQ(parse_target("/")->segments, (Segments{""}));
    EXPECT_EQ(parse_target("/a/")->segments, (Segments{"a", ""}));
    EXPECT_EQ(parse_target("//a")->segments, (Segments{"", "a"}));
    EXPECT_EQ(parse_target("/../etc")->segments, (Segments{"..", "etc"})) << "it is no file system";
    EXPECT_EQ(parse_target("/%2e%2E/x")->segments, (Segments{"..", "x"}));
}

TEST(ParseTarget, LeavesTheQueryAsItCame) {
    const auto target = parse_target("/a?b=%2F&c=?d");
    EXPECT_EQ(target->segments, (Segments{"a"}));
    EXPECT_EQ(target->query, "b=%2F&c=?d");
    EXPECT_EQ(parse_target("/a?")->query, "");
    EXPECT_EQ(parse_target("/a?x#fragment")->query, "x");
    EXPECT_EQ(parse_target("/a#x?y")->query, "");
}

TEST(ParseTarget, TakesTheFormOfProxiesAndTheAsterisk) {
    EXPECT_EQ(parse_target("http://host:80/a/b?c")->segments, (Segments{"a", "b"}));
    EXPECT_EQ(parse_target("https://host")->segments, (Segments{""}));
    EXPECT_EQ(parse_target("http://host?c")->query, "c");
    EXPECT_TRUE(parse_target("*")->is_asterisk);
    EXPECT_FALSE(parse_target("/a")->is_asterisk);
}

TEST(ParseTarget, RefusesEverythingElse) {
    for (const char* text : {"", "a", "a/b", "host:443", "ftp://host/", "**", "?a=b", "/a%00", "/%ff", "/a%2", "#"}) {
        EXPECT_FALSE(parse_target(text)) << text;
    }
}

TEST(ParseQuery, CutsNamesAndValues) {
    using Parameters = QueryParameters;
    EXPECT_EQ(parse_query(""), Parameters{});
    EXPECT_EQ(parse_query("a=1&b=2"), (Parameters{{"a", "1"}, {"b", "2"}}));
    EXPECT_EQ(parse_query("a&&b=&=c&a=b=c"), (Parameters{{"a", ""}, {"b", ""}, {"", "c"}, {"a", "b=c"}}));
    EXPECT_EQ(parse_query("a+b=%26%3D+"), (Parameters{{"a b", "&= "}}));
    EXPECT_EQ(parse_query("a=%"), std::nullopt);
    EXPECT_EQ(parse_query("%00=a"), std::nullopt);
}

} // namespace
} // namespace mcp::api
