#include "api/accept_language.hpp"

#include <gtest/gtest.h>

namespace mcp::api {
namespace {

using domain::Language;

Language of(std::string_view header) {
    return accepted_language(header, Language::fr);
}

TEST(AcceptLanguage, TakesTheBestOfThoseWeHave) {
    EXPECT_EQ(of("en"), Language::en);
    EXPECT_EQ(of("en-GB,en;q=0.9"), Language::en);
    EXPECT_EQ(of("de-DE, de;q=0.9, en;q=0.5, fr;q=0.4"), Language::en);
    EXPECT_EQ(of("en;q=0.3,fr;q=0.7"), Language::fr);
    EXPECT_EQ(of("EN"), Language::en);
    EXPECT_EQ(of("en, fr"), Language::en) << "the first of equals";
    EXPECT_EQ(of("en;q=0.001"), Language::en);
    EXPECT_EQ(of("fr;q=0, en;q=0.1"), Language::en);
}

TEST(AcceptLanguage, FallsBackWhenItNamesNone) {
    for (const char* header : {"", "*", "de", "en;q=0", "english", "free", ",,;", ";q=1", "en;q=x", "q=1"}) {
        EXPECT_EQ(of(header), Language::fr) << header;
    }
}

} // namespace
} // namespace mcp::api
