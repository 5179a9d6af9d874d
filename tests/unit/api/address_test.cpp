#include "api/address.hpp"

#include <gtest/gtest.h>

namespace mcp::api {
namespace {

Address address(std::string_view text) {
    return Address::parse(text).value();
}

TEST(Address, IsReadInEveryWayOfWritingIt) {
    EXPECT_EQ(address("192.0.2.1").text(), "192.0.2.1");
    EXPECT_EQ(address("2001:DB8:0::1").text(), "2001:db8::1");
    EXPECT_EQ(address("::ffff:192.0.2.1"), address("192.0.2.1"));
    EXPECT_EQ(address(" 192.0.2.1:8080\t"), address("192.0.2.1"));
    EXPECT_EQ(address("[2001:db8::1]:443"), address("2001:db8::1"));
    EXPECT_EQ(address("[::1]"), address("::1"));
}

TEST(Address, RefusesWhatIsNone) {
    for (const char* text : {"", " ", "host", "192.0.2", "192.0.2.256", "1.2.3.4.5", "[::1", "::1::", "unknown",
                             "_hidden", "192.0.2.1 x"}) {
        EXPECT_FALSE(Address::parse(text)) << text;
    }
    EXPECT_FALSE(Address::parse(std::string(1000, '1')));
}

TEST(Address, TellsClientsApartByWhatOneClientHas) {
    EXPECT_NE(address("192.0.2.1").client(), address("192.0.2.2").client());
    EXPECT_NE(address("192.0.2.1").client(), address("193.0.2.1").client());
    EXPECT_EQ(address("2001:db8:1:2::1").client(), address("2001:db8:1:2:ffff:ffff:ffff:ffff").client());
    EXPECT_NE(address("2001:db8:1:2::1").client(), address("2001:db8:1:3::1").client());
}

TEST(Network, ContainsWhatBeginsWithItsBits) {
    EXPECT_TRUE(Network::parse("10.0.0.0/8")->contains(address("10.255.0.1")));
    EXPECT_FALSE(Network::parse("10.0.0.0/8")->contains(address("11.0.0.1")));
    EXPECT_TRUE(Network::parse("10.1.2.3")->contains(address("10.1.2.3")));
    EXPECT_FALSE(Network::parse("10.1.2.3")->contains(address("10.1.2.2")));
    EXPECT_TRUE(Network::parse("fd00::/9")->contains(address("fd7f::1")));
    EXPECT_FALSE(Network::parse("fd00::/9")->contains(address("fd80::1")));
    EXPECT_TRUE(Network::parse("0.0.0.0/0")->contains(address("192.0.2.1")));
    EXPECT_FALSE(Network::parse("0.0.0.0/0")->contains(address("2001:db8::1"))) << "all of IPv4 is not all";
}

TEST(Network, RefusesWhatIsNone) {
    for (const char* text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/8x", "ten/8"}) {
        EXPECT_FALSE(Network::parse(text)) << text;
    }
}

class ClientAddress : public testing::Test {
protected:
    std::string seen(std::string_view peer, std::string_view forwarded) const {
        return client_address(address(peer), forwarded, trusted_).text();
    }

    std::vector<Network> trusted_ = {*Network::parse("127.0.0.1"), *Network::parse("10.0.0.0/8")};
};

TEST_F(ClientAddress, IsThePeerUnlessAProxyOfOursSaysMore) {
    EXPECT_EQ(seen("192.0.2.1", ""), "192.0.2.1");
    EXPECT_EQ(seen("192.0.2.1", "198.51.100.7"), "192.0.2.1") << "anybody can write that";
    EXPECT_EQ(seen("127.0.0.1", ""), "127.0.0.1");
    EXPECT_EQ(seen("127.0.0.1", "198.51.100.7"), "198.51.100.7");
}

TEST_F(ClientAddress, IsTheLastOneThatNoProxyOfOursIs) {
    EXPECT_EQ(seen("127.0.0.1", "203.0.113.9, 198.51.100.7, 10.0.0.2"), "198.51.100.7") << "the first one is made up";
    EXPECT_EQ(seen("127.0.0.1", "10.0.0.3,10.0.0.2"), "10.0.0.3") << "all of them are ours";
}

TEST_F(ClientAddress, StopsAtWhatIsNoAddress) {
    EXPECT_EQ(seen("127.0.0.1", "198.51.100.7, unknown"), "127.0.0.1");
    EXPECT_EQ(seen("127.0.0.1", "198.51.100.7,"), "127.0.0.1");
    EXPECT_EQ(seen("127.0.0.1", ",,,"), "127.0.0.1");
    EXPECT_EQ(seen("127.0.0.1", "x, 10.0.0.2"), "10.0.0.2");
}

} // namespace
} // namespace mcp::api
