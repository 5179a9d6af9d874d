#include "domain/user.hpp"

#include <gtest/gtest.h>

namespace mcp::domain {
namespace {

TEST(UserId, MayBeAnyTextOfOneLine) {
    for (const char* id : {"a", "test_user_id", "../../etc/passwd", "O'Brien; DROP TABLE users", "\u26A1 zoé", "%00"}) {
        EXPECT_TRUE(is_valid_id(id)) << id;
    }
    EXPECT_TRUE(is_valid_id(std::string(kIdBytesMax, 'a')));
}

TEST(UserId, RefusesWhatCannotBeShownOrIsTooLong) {
    EXPECT_FALSE(is_valid_id(""));
    EXPECT_FALSE(is_valid_id(std::string(kIdBytesMax + 1, 'a')));
    EXPECT_FALSE(is_valid_id(std::string_view("a\0b", 3)));
    for (const char* id : {"a\nb", "a\x7F", "\xC2\x85", "\xFF", "a\xE2\x82", "\u202Eevil", "\u2028"}) {
        EXPECT_FALSE(is_valid_id(id)) << id;
    }
}

} // namespace
} // namespace mcp::domain
