#include "adapters/security/credentials_bytes.hpp"

#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace mcp::adapters {
namespace {

TEST(CredentialsBytes, HexTakesDigitsOfBothSizesAndNothingElse) {
    EXPECT_EQ(from_hex("00fFAa"), std::string("\0\xFF\xAA", 3));
    EXPECT_EQ(from_hex(""), "");
    for (const char* bad : {"0", "0g", "g0", "0x00", "00 ", " 00", "-1"}) {
        EXPECT_EQ(from_hex(bad), std::nullopt) << bad;
    }
}

TEST(CredentialsBytes, Base64TakesBothAlphabetsWithPaddingOrWithout) {
    for (const char* good : {"+/8=", "+/8", "-_8=", "-_8"}) {
        EXPECT_EQ(from_base64(good), "\xFB\xFF") << good;
    }
    EXPECT_EQ(from_base64("AA=="), std::string(1, '\0'));
    for (const char* bad : {"+/9=", "AA=", "AA===", "AAA==", "=", "====", "A", "A A=", "AB=="}) {
        EXPECT_EQ(from_base64(bad), std::nullopt) << bad;
    }
}

TEST(CredentialsBytes, BlanksAreTakenOutWhereverTheyStand) {
    EXPECT_EQ(without_blanks(" a\tb\r\nc \n"), "abc");
    EXPECT_EQ(without_blanks("\v"), "\v");
}

TEST(CredentialsBytes, WhatIsShownIsCleanAndShort) {
    EXPECT_EQ(shown("info:read"), "info:read");
    EXPECT_EQ(shown("a\nb\x1B"), clean_text("a\nb\x1B").text);
    EXPECT_EQ(shown(std::string(300, 'a')), std::string(300, 'a'));
    EXPECT_EQ(shown(std::string(301, 'a')), std::string(300, 'a') + "...");
}

RC_GTEST_PROP(CredentialsBytes, HexComesBack, (const std::string& bytes)) {
    RC_ASSERT(from_hex(to_hex(bytes)) == bytes);
}

} // namespace
} // namespace mcp::adapters
