#include "adapters/log/safe_text.hpp"

#include "base/text.hpp"

#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

TEST(MaskAddresses, KeepsTheFirstLetterAndTheDomain) {
    EXPECT_EQ(mask_addresses("alice@b.example"), "a\u2026@b.example");
    EXPECT_EQ(mask_addresses("<alice@b.example>, <x@y.example>"), "<a\u2026@b.example>, <x\u2026@y.example>");
    EXPECT_EQ(mask_addresses("\u00E9ric@b.example"), "\u00E9\u2026@b.example");
    EXPECT_EQ(mask_addresses("user=alice+tag@b.example;"), "u\u2026@b.example;");
    EXPECT_EQ(mask_addresses("alice@localhost"), "a\u2026@localhost");
    EXPECT_EQ(mask_addresses("\"alice smith\"@b.example"), "\"\u2026@b.example");
    EXPECT_EQ(mask_addresses("/users/alice%40b.example/x"), "/users/a\u2026%40b.example/x");
    EXPECT_EQ(mask_addresses("a@b@c.example"), "a\u2026@b\u2026@c.example");
}

TEST(MaskAddresses, LeavesAllElseAlone) {
    const std::string key(66, '0');
    for (const std::string& text :
         {std::string(), std::string("no address"), std::string("@"), std::string("@handle"), std::string("at @ sign"),
          std::string("alice@"), std::string("%40"), std::string("\"@x"), key + "@node.example:9735"}) {
        EXPECT_EQ(mask_addresses(text), text);
    }
}

TEST(MaskAddresses, LeavesNoWholeAddressHoweverTheyStandTogether) {
    const std::string masked = mask_addresses("bob@x.example,carol@y.example bob@x.examplecarol@z.example");
    EXPECT_EQ(masked.find("bob@"), std::string::npos) << masked;
    EXPECT_EQ(masked.find("carol@"), std::string::npos) << masked;
}

TEST(SafeText, IsValidAndOnOneLineWhateverComes) {
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            const std::string raw = {'a', static_cast<char>(first), static_cast<char>(second), 'b'};
            const std::string safe = safe_text(raw, 100);
            EXPECT_TRUE(is_utf8(safe)) << first << " " << second;
            EXPECT_EQ(clean_text(safe).text, safe) << first << " " << second;
            EXPECT_EQ(safe.front(), 'a');
            EXPECT_EQ(safe.back(), 'b');
        }
    }
}

TEST(SafeText, IsNoLongerThanTold) {
    EXPECT_EQ(safe_text("123456789", 9), "123456789");
    EXPECT_EQ(safe_text("1234567890", 9), "123456\u2026");
    EXPECT_EQ(safe_text("12345\u20BF\u20BF\u20BF", 9), "12345\u2026");
}

} // namespace
} // namespace mcp::adapters
