#include "adapters/security/base64url.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace mcp::adapters {
namespace {

TEST(Base64Url, IsThatOfTheRfc) {
    const std::pair<std::string, std::string> vectors[] = {
        {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
        {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xFB\xFF\xBF", "-_-_"}};
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(base64url(bytes), text);
        EXPECT_EQ(from_base64url(text), bytes);
    }
}

TEST(Base64Url, RefusesEverythingThatItDoesNotWriteItself) {
    for (const char* text : {"Zg==", "Zg=", "Zm9v\n", " Zm9v", "Zm 9v", "Zm9+", "Zm9/", "Zm9v.", "A", "Zm9vA", "Zh",
                             "Zm9", "Zm9vYh", "\xC3\xA9"}) {
        EXPECT_EQ(from_base64url(text), std::nullopt) << text;
    }
    EXPECT_EQ(from_base64url(std::string_view("Zm\0v", 4)), std::nullopt);
}

RC_GTEST_PROP(Base64Url, GivesBackWhatItWrote, (const std::string& bytes)) {
    RC_ASSERT(from_base64url(base64url(bytes)) == bytes);
}

RC_GTEST_PROP(Base64Url, HasOneTextForEachMeaning, (const std::string& text)) {
    const std::optional<std::string> bytes = from_base64url(text);
    RC_ASSERT((!bytes || base64url(*bytes) == text));
}

} // namespace
} // namespace mcp::adapters
