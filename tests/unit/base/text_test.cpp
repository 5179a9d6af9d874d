#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace mcp {
namespace {

TEST(CleanText, KeepsWhatPeopleWrite) {
    for (const std::string text :
         {"plain", "⚡🐺", "عقدة", "👩‍💻 joined", "say \"hi\" \\", "é\u0301", "\u200Fmark", ""}) {
        EXPECT_EQ(clean_text(text).text, text);
        EXPECT_FALSE(clean_text(text).changed) << text;
    }
}

TEST(CleanText, RemovesControlsAndDirectionOverrides) {
    EXPECT_EQ(clean_text(std::string_view("a\0b\x1B[31m\x7F", 10)).text, "ab[31m");
    EXPECT_EQ(clean_text("a\u0085b\u2028c\u2029d").text, "abcd");
    EXPECT_EQ(clean_text("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069.").text, ".");
}

TEST(CleanText, PutsOneSignForEachBrokenPiece) {
    EXPECT_EQ(clean_text("\xC0\x80").text, "\uFFFD\uFFFD");                     // overlong
    EXPECT_EQ(clean_text("\xED\xA0\x80").text, "\uFFFD\uFFFD\uFFFD");           // a surrogate
    EXPECT_EQ(clean_text("\xF4\x90\x80\x80").text, "\uFFFD\uFFFD\uFFFD\uFFFD"); // above U+10FFFF
    EXPECT_EQ(clean_text("\xF0\x9F\x90").text, "\uFFFD");                       // an emoji cut off
    EXPECT_EQ(clean_text("\xF0\x9F\x90g").text, "\uFFFDg");
}

RC_GTEST_PROP(CleanText, IsValidUtf8AndCleanWhateverCameIn, (const std::string& raw)) {
    const CleanText clean = clean_text(raw);
    RC_ASSERT(is_utf8(clean.text));
    RC_ASSERT(!clean_text(clean.text).changed);
    RC_ASSERT(clean.changed == (clean.text != raw));
}

TEST(FoldCase, MakesAsciiAndLatinLettersSmall) {
    EXPECT_EQ(fold_case("ÀÉÖÞ AbZ @[ ×÷ß 🐺 Ω"), "àéöþ abz @[ ×÷ß 🐺 Ω");
}

} // namespace
} // namespace mcp
