#include "adapters/http/node_address_rules.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace mcp::adapters {
namespace {

constexpr const char* kOnion = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwx.onion";

const NodeAddressRules kTor{.tor_proxy = "socks5h://127.0.0.1:9050"};
const NodeAddressRules kAnywhere{.anywhere = true};

NodeAddressRules allowing(std::initializer_list<const char*> networks) {
    NodeAddressRules rules;
    for (const char* text : networks) {
        rules.allowed.push_back(IpNetwork::parse(text).value());
    }
    return rules;
}

/// The URL as it is kept, or the key of the error.
std::string told(std::string_view given, const NodeAddressRules& rules = {}) {
    const Result<std::string> url = node_url(given, rules);
    if (!url) {
        const bool is_refused = url.error().what.key == "fetch.address_refused";
        EXPECT_EQ(url.error().kind, is_refused ? ErrorKind::forbidden : ErrorKind::invalid_input) << given;
    }
    return url ? *url : std::string(url.error().what.key);
}

// ---- Which URLs ----

TEST(NodeUrl, IsWrittenInOneWay) {
    for (const auto& [given, wanted] : std::vector<std::pair<std::string, std::string>>{
             {"https://node.example:8080", "https://node.example:8080"},
             {"HTTPS://Node.Example:8080/", "https://node.example:8080"},
             {"https://node.example", "https://node.example:443"},
             {"https://node.example:/", "https://node.example:443"},
             {"https://node.example.:08080", "https://node.example:8080"},
             {"https://node.example/lnd", "https://node.example:443/lnd"},
             {"https://node.example:65535/a_b/c-d.e~f///", "https://node.example:65535/a_b/c-d.e~f"},
             {"https://my_node.xn--bcher-kva.example", "https://my_node.xn--bcher-kva.example:443"},
             {"https://8.8.8.8:8080", "https://8.8.8.8:8080"},
             {"https://134744072", "https://8.8.8.8:443"},
             {"https://0x8.010.2056", "https://8.8.8.8:443"},
             {"https://[2A00:1450:0::8]:3010", "https://[2a00:1450::8]:3010"},
             {"https://[::ffff:8.8.8.8]", "https://8.8.8.8:443"},
             {"https://0xbad.example", "https://0xbad.example:443"},
             {"https://1.2.3.4e", "https://1.2.3.4e:443"},
             {"https://localhost:8080", "https://localhost:8080"}}) { // decided at the connection
        EXPECT_EQ(told(given), wanted) << given;
        EXPECT_EQ(told(wanted), wanted) << "what is written is read again";
    }
}

TEST(NodeUrl, RefusesWhatReadersOfUrlsDisagreeAbout) {
    for (const char* given : {"https://",
                              "https:///node.example",
                              "https:////node.example",
                              "https://:8080",
                              "https://node.example:0",
                              "https://node.example:65536",
                              "https://node.example:80:443",
                              "https://node.example:-1",
                              "https://node.example:8o8o",
                              "https://node.example:+80",
                              "https://no de.example",
                              "https://node.example\\",
                              "https://node.example\\.evil.example",
                              "https://node%2eexample",
                              "https://127%2e0.0.1",
                              "https://%31.1.1.1",
                              "https://node..example",
                              "https://.node.example",
                              "https://node.example..",
                              "https://.",
                              "https://1.2.3.256",
                              "https://1.2.3.4.5",
                              "https://4294967296",
                              "https://a.0x7g",
                              "https://08.8.8.8",

                              "https://[::1",
                              "https://::1",
                              "https://[::1]a",
                              "https://[fe80::1%25eth0]",
                              "https://[fe80::1%eth0]",
                              "https://[1.2.3.4]",
                              "https://[]",
                              "https://[node.example]",
                              "https://n\xC3\xB8"
                              "de.example",
                              "https://127\xE3\x80\x82"
                              "0\xE3\x80\x82"
                              "0\xE3\x80\x82"
                              "1",
                              "https://\xEF\xBC\x91.1.1.1",
                              "https://node.example:443\r\nx: y",
                              "https://node.example\t",
                              "https://node*.example",
                              "https://a,b.example"}) {
        EXPECT_EQ(told(given), "node_url.host") << given;
    }
    EXPECT_EQ(told(std::string_view("https://node.example\0.evil.example", 34)), "node_url.host");
    EXPECT_EQ(told("https://" + std::string(64, 'a') + ".example"), "node_url.host");
    std::string host = "a";
    while (host.size() < 253) {
        host += ".a";
    }
    EXPECT_EQ(told("https://" + host), "https://" + host + ":443");
    EXPECT_EQ(told("https://" + host + "b"), "node_url.host");
    EXPECT_EQ(told("https://node.example/" + std::string(2000, 'a')), "node_url.host");
}

TEST(NodeUrl, RefusesMoreThanHostPortAndPrefix) {
    EXPECT_EQ(told(""), "node_url.empty");
    for (const char* given : {"https://good.example@127.0.0.1/", "https://127.0.0.1#@good.example",
                              "https://good.example?x", "https://u:p@node.example", "https://node.example/#",
                              "https://good.example#127.0.0.1", "https://@node.example", "https://a\\@127.0.0.1"}) {
        EXPECT_EQ(told(given), "node_url.extra") << given;
    }
    for (const char* given : {"https", "node.example:8080", "node.example", "//node.example", "ftp://node.example",
                              "file:///etc/passwd", "gopher://127.0.0.1:1/x", "httpss://a", "https:/node.example",
                              " https://node.example", "https:node.example", "://", "/"}) {
        EXPECT_EQ(told(given), "node_url.scheme") << given;
    }
    for (const char* given : {"https://node.example//a", "https://node.example/a/../b", "https://node.example/./a",
                              "https://node.example/a:b", "https://node.example/[a]", "https://node.example/.."}) {
        EXPECT_EQ(told(given), "node_url.path") << given;
    }
}

TEST(NodeUrl, NoErrorShowsWhatMayBeASecret) {
    const Result<std::string> url = node_url("https://user:secret@node.example/?macaroon=secret", {});
    ASSERT_FALSE(url);
    for (const MessageArg& arg : url.error().what.args) {
        const auto* text = std::get_if<std::string>(&arg.value);
        EXPECT_TRUE(text == nullptr || text->find("secret") == std::string::npos);
    }
}

TEST(NodeUrl, RefusesAddressesThatAreNotPublicInEveryWayOfWritingThem) {
    for (const char* host : {"127.0.0.1",
                             "127.0.0.1.",
                             "2130706433",
                             "2130706433.",
                             "0x7F.1.",
                             "127.1.",
                             "0177.0.0.1.",
                             "0x7f000001",
                             "0x7F.1",
                             "0177.0.0.1",
                             "017700000001",
                             "127.1",
                             "127.0.1",
                             "0.0.0.0",
                             "0",
                             "00",
                             "0x0",
                             "[::1]",
                             "[::]",
                             "[0:0:0:0:0:0:0:1]",
                             "[::ffff:127.0.0.1]",
                             "[::ffff:7f00:1]",
                             "[::127.0.0.1]",
                             "[64:ff9b::7f00:1]",
                             "[64:ff9b::808:808]",
                             "[2002:7f00:1::]",
                             "169.254.169.254",
                             "2852039166",
                             "0xA9FEA9FE",
                             "[::ffff:a9fe:a9fe]",
                             "[fd00:ec2::254]",
                             "100.100.100.200",
                             "168.63.129.16",
                             "[::ffff:a83f:8110]",
                             "192.0.0.192",
                             "10.1",
                             "172.16.1",
                             "192.168.257",
                             "[fe80::1]",
                             "[fec0::1]",
                             "[fc00::1]",
                             "224.0.0.1",
                             "255.255.255.255",
                             "[ff02::1]"}) {
        EXPECT_EQ(told(std::string("https://") + host + ":8080"), "fetch.address_refused") << host;
        EXPECT_EQ(told(std::string("http://") + host + ":8080"), "fetch.address_refused") << host;
        EXPECT_EQ(told(std::string("https://") + host + ":8080", kAnywhere).substr(0, 8), "https://") << host;
    }
}

TEST(NodeUrl, TakesAddressesThatTheOperatorAllows) {
    const NodeAddressRules rules = allowing({"10.0.0.0/8", "fd00::/8", "127.0.0.1"});
    EXPECT_EQ(told("https://10.1.2.3:8080", rules), "https://10.1.2.3:8080");
    EXPECT_EQ(told("http://10.1.2.3:3010", rules), "http://10.1.2.3:3010");
    EXPECT_EQ(told("http://[fd00::7]:3010/x", rules), "http://[fd00::7]:3010/x");
    EXPECT_EQ(told("http://[::ffff:10.0.0.1]", rules), "http://10.0.0.1:80");
    EXPECT_EQ(told("https://0x7f.1", rules), "https://127.0.0.1:443");
    EXPECT_EQ(told("https://127.0.0.2", rules), "fetch.address_refused");
    EXPECT_EQ(told("https://[fc00::1]", rules), "fetch.address_refused");
}

TEST(NodeUrl, LetsNoCredentialGoInTheClear) {
    EXPECT_EQ(told("http://node.example:8080"), "node_url.plain");
    EXPECT_EQ(told("http://8.8.8.8"), "node_url.plain");
    EXPECT_EQ(told("http://localhost:8080", allowing({"127.0.0.0/8"})), "node_url.plain")
        << "a name may lead elsewhere";
    EXPECT_EQ(told("http://node.example", kTor), "node_url.plain");
    EXPECT_EQ(told(std::string("http://") + kOnion, kTor), std::string("http://") + kOnion + ":80")
        << "Tor encrypts all the way";
    EXPECT_EQ(told("http://node.example:8080", kAnywhere), "http://node.example:8080");
}

TEST(NodeUrl, TakesAnOnionOnlyWithAProxy) {
    for (const std::string& host :
         {std::string(kOnion), "www." + std::string(kOnion), std::string("ABC.Onion."), std::string("onion.onion")}) {
        EXPECT_EQ(told("https://" + host), "fetch.no_tor") << host;
        EXPECT_EQ(told("https://" + host, kAnywhere), "fetch.no_tor") << host;
        EXPECT_EQ(told("https://" + host, kTor).substr(0, 8), "https://") << host;
        EXPECT_EQ(proxy_for(told("https://" + host + ":8080/lnd", kTor), kTor), kTor.tor_proxy) << host;
    }
    for (const char* url : {"https://onion.example:443", "https://a.onions:443", "https://8.8.8.8:443/a.onion"}) {
        EXPECT_EQ(told(url, kTor), url);
        EXPECT_EQ(proxy_for(url, kTor), "") << url;
    }
}

TEST(ConnectsOnlyTo, DecidesAboutTheAddressItself) {
    const auto open = connects_only_to(allowing({"10.1.0.0/16"}));
    for (const char* text : {"8.8.8.8", "::ffff:8.8.8.8", "2a00:1450::1", "10.1.2.3", "::ffff:10.1.2.3"}) {
        EXPECT_TRUE(open(text)) << text;
    }
    for (const char* text : {"127.0.0.1", "10.2.0.1", "::ffff:127.0.0.1", "::1", "fe80::1", "", "localhost", "8.8.8"}) {
        EXPECT_FALSE(open(text)) << text;
    }
    EXPECT_FALSE(connects_only_to(kAnywhere)) << "nothing to ask";
}

// ---- Which addresses ----

using Networks = std::vector<std::pair<const char*, const char*>>;

/// What Python 3.11 takes for private (ipaddress, _IPv4Constants and _IPv6Constants), its reading of the registries;
/// and what is shared by carriers, which it keeps apart.
const std::vector<const char*> kNotGlobalToPython = {
    "0.0.0.0/8",      "10.0.0.0/8",         "127.0.0.0/8",    "169.254.0.0/16", "172.16.0.0/12",   "192.0.0.0/29",
    "192.0.0.170/31", "192.0.2.0/24",       "192.168.0.0/16", "198.18.0.0/15",  "198.51.100.0/24", "203.0.113.0/24",
    "240.0.0.0/4",    "255.255.255.255/32", "100.64.0.0/10",  "::1/128",        "::/128",          "100::/64",
    "2001::/23",      "2001:2::/48",        "2001:db8::/32",  "2001:10::/28",   "fc00::/7",        "fe80::/10"};

/// Where we refuse more than Python does, and why.
const Networks kRefusedBesides = {
    {"168.63.129.16/32", "Azure's WireServer: global, but of each machine's own host"},
    {"192.0.0.0/24", "Python leaves parts of the protocol assignments open; clouds keep metadata there"},
    {"192.31.196.0/24", "AS112: whatever server is nearest, perhaps an inner one"},
    {"192.52.193.0/24", "AMT: the same"},
    {"192.88.99.0/24", "relays of 6to4: given up"},
    {"192.175.48.0/24", "AS112"},
    {"224.0.0.0/4", "multicast is global to Python, but no server"},
    {"::/3", "nothing of it is given out for servers: IPv4-compatible, NAT64, discard"},
    {"4000::/2", "not given out"},
    {"8000::/1", "not given out, multicast, or local to a site"},
    {"2002::/16", "6to4: leads to an IPv4 address"},
    {"2620:4f:8000::/48", "AS112"},
    {"3fff::/20", "documentation since 2024, which Python 3.11 does not know"}};

bool is_in(const char* network, const IpAddress& address) {
    return IpNetwork::parse(network)->contains(address);
}

bool is_global_to_python(const IpAddress& address) {
    return std::none_of(kNotGlobalToPython.begin(), kNotGlobalToPython.end(),
                        [&](const char* network) { return is_in(network, address); });
}

bool is_refused_besides(const IpAddress& address) {
    return std::any_of(kRefusedBesides.begin(), kRefusedBesides.end(), [&](const auto& row) {
        return is_in(row.first, address) && !(row.first == std::string_view("::/3") && address.is_v4());
    });
}

/// Any address, most often one at an edge of some network of the tables or within it.
IpAddress any_address() {
    std::vector<const char*> texts = kNotGlobalToPython;
    for (const auto& [network, reason] : kRefusedBesides) {
        texts.push_back(network);
    }
    texts.insert(texts.end(), {"0.0.0.0/0", "2000::/3", "::/0"});
    const IpNetwork network = IpNetwork::parse(*rc::gen::elementOf(texts)).value();
    const auto fill = *rc::gen::inRange(0, 4);
    IpAddress address;
    for (int bit = 0; bit < 128; ++bit) {
        const auto byte = static_cast<std::size_t>(bit / 8);
        const int mask = 0x80 >> bit % 8;
        const bool given = (network.address.bytes[byte] & mask) != 0;
        const bool own = fill == 0 ? false : fill == 1 ? true : *rc::gen::arbitrary<bool>();
        if (bit < network.bits ? given : own) {
            address.bytes[byte] = static_cast<std::uint8_t>(address.bytes[byte] | mask);
        }
    }
    if (fill == 3 && network.bits > 0) { // its neighbour
        const auto bit = *rc::gen::inRange(address.is_v4() ? 96 : 0, 128);
        address.bytes[static_cast<std::size_t>(bit / 8)] ^= static_cast<std::uint8_t>(0x80 >> bit % 8);
    }
    return address;
}

RC_GTEST_PROP(GlobalUnicast, IsWhatPythonTakesForGlobalButForKnownDifferences, ()) {
    const IpAddress address = any_address();
    RC_LOG() << address.text();
    RC_ASSERT(is_global_unicast(address) == (is_global_to_python(address) && !is_refused_besides(address)));
}

RC_GTEST_PROP(GlobalUnicast, IsTheSameHoweverAnAddressIsWritten, ()) {
    const IpAddress address = any_address();
    RC_ASSERT(connects_only_to({})(address.text()) == is_global_unicast(address));
    const std::string host = address.is_v4() ? address.text() : '[' + address.text() + ']';
    RC_ASSERT(node_url("https://" + host, {}).has_value() == is_global_unicast(address));
}

TEST(GlobalUnicast, EveryDifferenceFromPythonIsOne) {
    for (const auto& [network, reason] : kRefusedBesides) {
        EXPECT_FALSE(is_global_unicast(IpNetwork::parse(network)->address)) << network << ": " << reason;
    }
}

TEST(GlobalUnicast, AreTheServersOfTheWorld) {
    for (const char* text : {"1.1.1.1",
                             "8.8.8.8",
                             "9.255.255.255",
                             "11.0.0.0",
                             "100.63.255.255",
                             "100.128.0.0",
                             "126.255.255.255",
                             "128.0.0.0",
                             "168.63.129.15",
                             "168.63.129.17",
                             "169.253.255.255",
                             "169.255.0.0",
                             "172.15.255.255",
                             "172.32.0.0",
                             "192.0.1.0",
                             "192.167.255.255",
                             "192.169.0.0",
                             "198.17.255.255",
                             "198.20.0.0",
                             "223.255.255.255",
                             "2000::",
                             "2001:200::1",
                             "2001:4860:4860::8888",
                             "2003::1",
                             "2a01::1",
                             "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                             "3fff:1000::"}) {
        EXPECT_TRUE(is_global_unicast(IpAddress::parse(text).value())) << text;
    }
}

} // namespace
} // namespace mcp::adapters
