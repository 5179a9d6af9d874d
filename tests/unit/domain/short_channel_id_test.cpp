#include "domain/channel.hpp"

#include <gtest/gtest.h>

namespace mcp::domain {
namespace {

TEST(ShortChannelId, IsReadAsItIsWritten) {
    for (const char* text : {"0x0x0", "831726x2879x0", "16777215x16777215x65535"}) {
        const std::optional<ShortChannelId> id = ShortChannelId::parse(text);
        ASSERT_TRUE(id) << text;
        EXPECT_EQ(id->text(), text);
    }
    EXPECT_EQ(ShortChannelId::parse("831726x2879x1")->value, (831726ULL << 40) | (2879ULL << 16) | 1);
}

TEST(ShortChannelId, RefusesWhatIsNone) {
    for (const char* text : {"", "1", "1x", "1x2", "1x2x", "1x2x3x", "x1x2", "1x2x3 ", " 1x2x3", "-1x2x3", "1:2:3",
                             "16777216x0x0", "0x16777216x0", "0x0x65536", "99999999999999999999x0x0", "axbxc"}) {
        EXPECT_FALSE(ShortChannelId::parse(text)) << text;
    }
}

} // namespace
} // namespace mcp::domain
