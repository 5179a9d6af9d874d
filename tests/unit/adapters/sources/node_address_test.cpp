#include "adapters/sources/node_address.hpp"

#include <gtest/gtest.h>
#include <vector>

namespace mcp::adapters {
namespace {

std::string text(std::vector<std::uint8_t> bytes, std::size_t more = 0, std::uint8_t filling = 0) {
    bytes.insert(bytes.end(), more, filling);
    bytes.insert(bytes.end(), {0x26, 0x07}); // port 9735
    return address_text(bytes);
}

TEST(NodeAddress, IsReadFromItsBytes) {
    EXPECT_EQ(text({1, 203, 0, 113, 9}), "203.0.113.9:9735");
    EXPECT_EQ(text({2, 0x20, 0x01, 0x0d, 0xb8}, 12), "[2001:db8:0:0:0:0:0:0]:9735");
    EXPECT_EQ(text({3}, 10, 0xFF), "7777777777777777.onion:9735");
    EXPECT_EQ(text({4}, 35), std::string(56, 'a') + ".onion:9735");
    EXPECT_EQ(text({3, 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0x01, 0x23}), "aerukz4jvpg66ajd.onion:9735");
    EXPECT_EQ(text({5, 3, 'a', '.', 'b'}), "a.b:9735");
}

TEST(NodeAddress, OfAnotherKindOrLengthIsNone) {
    EXPECT_EQ(text({6, 1, 2, 3}), "");
    EXPECT_EQ(text({1, 203, 0, 113}), "");
    EXPECT_EQ(text({4}, 34), "");
    EXPECT_EQ(text({5, 9, 'a'}), "");
    EXPECT_EQ(text({5}), "");
    EXPECT_EQ(address_text(std::span<const std::uint8_t>{}), "");
}

TEST(NodeAddress, ThatIsNotSafeInACommandCountsButIsNotKept) {
    domain::Node node;
    add_address(node, "host$(reboot):1");
    EXPECT_TRUE(node.has_clearnet);
    EXPECT_EQ(node.address, "");
}

TEST(NodeAddress, OnClearnetIsBetterThanAnOnionAndTheFirstIsBest) {
    domain::Node node;
    for (const char* address : {"", "a.onion:1", "1.2.3.4:1", "b.onion:1", "5.6.7.8:1"}) {
        add_address(node, address);
    }
    EXPECT_EQ(node.address, "1.2.3.4:1");
    EXPECT_TRUE(node.has_clearnet && node.has_tor);
}

TEST(NodeAddress, PutsBracketsAroundIpv6) {
    EXPECT_EQ(address_text("::1", 5), "[::1]:5");
    EXPECT_EQ(address_text("[::1]", 5), "[::1]:5");
    EXPECT_EQ(address_text("a.example", 5), "a.example:5");
}

} // namespace
} // namespace mcp::adapters
