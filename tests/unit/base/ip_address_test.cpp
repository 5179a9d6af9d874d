#include "base/ip_address.hpp"

#include <gtest/gtest.h>
#include <string>

namespace mcp {
namespace {

IpAddress address(std::string_view text) {
    return IpAddress::parse(text).value();
}

TEST(IpAddress, IsReadInEveryWayOfWritingIt) {
    EXPECT_EQ(address("192.0.2.1").text(), "192.0.2.1");
    EXPECT_EQ(address("2001:DB8:0::1").text(), "2001:db8::1");
    EXPECT_EQ(address("::ffff:192.0.2.1"), address("192.0.2.1"));
    EXPECT_EQ(address("::FFFF:c000:201").text(), "192.0.2.1");
    EXPECT_FALSE(address("::192.0.2.1").is_v4());
}

TEST(IpAddress, RefusesWhatIsNone) {
    for (const char* text :
         {"", " ", "host", "192.0.2", "192.0.2.256", "1.2.3.4.5", "::1::", "unknown", "192.0.2.1 ", "192.0.2.1:80",
          "[::1]", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "fe80::1%eth0", "1.2.3.4/8"}) {
        EXPECT_FALSE(IpAddress::parse(text)) << text;
    }
    EXPECT_FALSE(IpAddress::parse(std::string(1000, '1')));
    EXPECT_FALSE(IpAddress::parse(std::string_view("192.0.2.1\0.example", 18)));
}

TEST(IpAddress, TellsClientsApartByWhatOneClientHas) {
    EXPECT_NE(address("192.0.2.1").client(), address("192.0.2.2").client());
    EXPECT_NE(address("192.0.2.1").client(), address("193.0.2.1").client());
    EXPECT_EQ(address("2001:db8:1:2::1").client(), address("2001:db8:1:2:ffff:ffff:ffff:ffff").client());
    EXPECT_NE(address("2001:db8:1:2::1").client(), address("2001:db8:1:3::1").client());
}

TEST(IpNetwork, ContainsWhatBeginsWithItsBits) {
    EXPECT_TRUE(IpNetwork::parse("10.0.0.0/8")->contains(address("10.255.0.1")));
    EXPECT_FALSE(IpNetwork::parse("10.0.0.0/8")->contains(address("11.0.0.1")));
    EXPECT_TRUE(IpNetwork::parse("10.1.2.3")->contains(address("10.1.2.3")));
    EXPECT_FALSE(IpNetwork::parse("10.1.2.3")->contains(address("10.1.2.2")));
    EXPECT_TRUE(IpNetwork::parse("fd00::/9")->contains(address("fd7f::1")));
    EXPECT_FALSE(IpNetwork::parse("fd00::/9")->contains(address("fd80::1")));
    EXPECT_TRUE(IpNetwork::parse("0.0.0.0/0")->contains(address("192.0.2.1")));
    EXPECT_FALSE(IpNetwork::parse("0.0.0.0/0")->contains(address("2001:db8::1"))) << "all of IPv4 is not all";
}

TEST(IpNetwork, RefusesWhatIsNone) {
    for (const char* text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/8x", "ten/8"}) {
        EXPECT_FALSE(IpNetwork::parse(text)) << text;
    }
}

} // namespace
} // namespace mcp
