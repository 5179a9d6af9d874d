#include "api/client_address.hpp"

#include <gtest/gtest.h>

namespace mcp::api {
namespace {

class ClientAddress : public testing::Test {
protected:
    std::string seen(std::string_view peer, std::string_view forwarded) const {
        return client_address(IpAddress::parse(peer).value(), forwarded, trusted_).text();
    }

    std::vector<IpNetwork> trusted_ = {*IpNetwork::parse("127.0.0.1"), *IpNetwork::parse("10.0.0.0/8")};
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

TEST_F(ClientAddress, IsReadAsProxiesWriteIt) {
    EXPECT_EQ(seen("127.0.0.1", " 198.51.100.7:8080\t"), "198.51.100.7");
    EXPECT_EQ(seen("127.0.0.1", "[2001:db8::1]:443"), "2001:db8::1");
    EXPECT_EQ(seen("127.0.0.1", "2001:db8::1,[::ffff:10.0.0.2]"), "2001:db8::1");
    EXPECT_EQ(seen("127.0.0.1", "[2001:db8::1"), "127.0.0.1");
}

TEST_F(ClientAddress, StopsAtWhatIsNoAddress) {
    EXPECT_EQ(seen("127.0.0.1", "198.51.100.7, unknown"), "127.0.0.1");
    EXPECT_EQ(seen("127.0.0.1", "198.51.100.7,"), "127.0.0.1");
    EXPECT_EQ(seen("127.0.0.1", ",,,"), "127.0.0.1");
    EXPECT_EQ(seen("127.0.0.1", "x, 10.0.0.2"), "10.0.0.2");
}

} // namespace
} // namespace mcp::api
