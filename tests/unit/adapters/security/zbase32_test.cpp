#include "adapters/security/zbase32.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace mcp::adapters {
namespace {

// Of the encoding's own specification, whole bytes only.
TEST(Zbase32, FollowsItsSpecification) {
    EXPECT_EQ(zbase32(std::string_view("\xF0\xBF\xC7", 3)), "6n9hq");
    EXPECT_EQ(zbase32(std::string_view("\xD4\x7A\x04", 3)), "4t7ye");
    EXPECT_EQ(zbase32(""), "");
    EXPECT_EQ(from_zbase32("6n9hq"), "\xF0\xBF\xC7");
}

TEST(Zbase32, TakesNothingButWhatItWrites) {
    EXPECT_EQ(from_zbase32(""), "");
    EXPECT_EQ(from_zbase32("y"), std::nullopt);     // five bits are no byte
    EXPECT_EQ(from_zbase32("yyy"), std::nullopt);   // a letter too many
    EXPECT_EQ(from_zbase32("yb"), std::nullopt);    // left-over bits that are not 0
    EXPECT_EQ(from_zbase32("6N9HQ"), std::nullopt); // small letters only
    EXPECT_EQ(from_zbase32("6n9h0"), std::nullopt); // 0, l, v, 2 are no letters of it
    EXPECT_EQ(from_zbase32("6n9h="), std::nullopt);
}

RC_GTEST_PROP(Zbase32, AnyBytesComeBack, (const std::string& bytes)) {
    RC_ASSERT(from_zbase32(zbase32(bytes)) == bytes);
}

RC_GTEST_PROP(Zbase32, WhatIsTakenIsWrittenTheSame, ()) {
    const auto text =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ybndrfg8ejkmcpqxot1uwisza345h769v")));
    const std::optional<std::string> bytes = from_zbase32(text);
    const bool is_the_same = !bytes || zbase32(*bytes) == text;
    RC_CLASSIFY(bytes.has_value());
    RC_ASSERT(is_the_same);
}

} // namespace
} // namespace mcp::adapters
