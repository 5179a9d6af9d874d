#include "language/language.hpp"
#include "language/messages.hpp"
#include "language/numbers.hpp"

#include <gtest/gtest.h>
#include <regex>
#include <set>
#include <stdexcept>

namespace mcp::language {
namespace {

using namespace std::chrono_literals;

TEST(Numbers, FollowTheCustomsOfTheLanguage) {
    EXPECT_EQ(format_integer(-1234567, Language::en), "-1,234,567");
    EXPECT_EQ(format_integer(-1234567, Language::fr), "-1\u202F234\u202F567");
    EXPECT_EQ(format_integer(999, Language::fr), "999");
    EXPECT_EQ(format_decimal(1234.56, 1, Language::en), "1,234.6");
    EXPECT_EQ(format_decimal(1234.56, 1, Language::fr), "1\u202F234,6");
    EXPECT_EQ(format_decimal(-0.04, 1, Language::en), "0.0");
    EXPECT_EQ(format_share(0.254, 0, Language::en), "25%");
    EXPECT_EQ(format_share(0.254, 1, Language::fr), "25,4\u00A0%");
}

TEST(Numbers, DatesAreWrittenOut) {
    const Day day = std::chrono::sys_days(std::chrono::year(2025) / 10 / 25);
    EXPECT_EQ(format_day(day, Language::fr), "25 octobre 2025");
    EXPECT_EQ(format_time(day + 3h + 47min, Language::en), "25 October 2025, 03:47 UTC");
}

TEST(Language, IsKnownFromALocale) {
    EXPECT_EQ(parse_language("fr_FR.UTF-8"), Language::fr);
    EXPECT_EQ(parse_language("en"), Language::en);
    EXPECT_EQ(parse_language("de"), std::nullopt);
}

TEST(Language, AnUnknownKeyIsAProgrammersError) {
    EXPECT_THROW((void)render(Message{"no.such.key", {}}, Language::en), std::logic_error);
}

TEST(Language, StepsOfAnErrorStandBeforeIt) {
    Error error{.kind = ErrorKind::cancelled, .what = {"error.interrupted", {}}};
    const Error outer = std::move(error).in({"error.interrupted", {}});
    EXPECT_EQ(render(outer, Language::en), "interrupted: nothing was written: interrupted: nothing was written");
}

TEST(Messages, HaveUniqueKeysAndBothLanguages) {
    std::set<std::string_view> keys;
    for (const MessageRow& row : messages()) {
        EXPECT_TRUE(keys.insert(row.key).second) << row.key;
        EXPECT_FALSE(row.en.empty()) << row.key;
        EXPECT_FALSE(row.fr.empty()) << row.key;
    }
}

TEST(Messages, HoldFrenchPunctuationAndNumbersTogether) {
    // a plain space there could end a line; digits in groups of three are held by a thin one
    const std::regex loose("( [:;?!%]| »)( |$)|« |[0-9] [0-9]{3}([^0-9]|$)");
    for (const MessageRow& row : messages()) {
        EXPECT_FALSE(std::regex_search(std::string(row.fr), loose)) << row.key << ": " << row.fr;
    }
}

} // namespace
} // namespace mcp::language
