#include "app/config/keys.hpp"
#include "language/language.hpp"

#include <algorithm>
#include <gmock/gmock.h>

namespace mcp::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// What is wrong with the value, in English; empty when it is taken.
std::string fault(std::string_view name, const std::string& value) {
    const auto& keys = config_keys();
    const auto key = std::find_if(keys.begin(), keys.end(), [&](const ConfigKey& one) { return one.name == name; });
    Settings settings;
    const std::optional<Message> found = put_value(*key, value, settings);
    return found ? language::render(*found, language::Language::en) : "";
}

TEST(NodeKeys, LetNobodyIntoTheMachinesOwnNetworksByDefault) {
    const Settings settings = default_settings();
    EXPECT_TRUE(settings.node_address_allow.empty());
    EXPECT_EQ(settings.secrets_key + settings.secrets_key_old + settings.tor_proxy, "");
    EXPECT_EQ(settings.node_watch_every(), std::chrono::minutes{15});
}

TEST(NodeKeys, TakeASecretsKeyAsOpensslPrintsIt) {
    for (const char* name : {"MCP_SECRETS_KEY", "MCP_SECRETS_KEY_OLD"}) {
        EXPECT_EQ(fault(name, ""), "") << name;
        EXPECT_EQ(fault(name, "u+b0hPPTzrXl0kqkRXyEpVa/WScLgK3N8Kk7qJmQ1fk="), "") << name;
        EXPECT_EQ(fault(name, "u+b0hPPTzrXl0kqkRXyEpVa/WScLgK3N8Kk7qJmQ1fk"), "") << name;
        EXPECT_EQ(fault(name, "0123456789abcdefABCDEF0123456789abcdef0123456789abcdef0123456789"), "") << name;
    }
}

TEST(NodeKeys, RefuseASecretsKeyOfAnotherLengthWithoutRepeatingIt) {
    const std::string hex(64, 'a');
    const std::string cases[] = {hex.substr(1),
                                 hex + "a",
                                 "g" + hex.substr(1),
                                 "a secret",
                                 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", // 31 bytes
                                 "u+b0hPPTzrXl0kqkRXyEpVa/WScLgK3N8Kk7qJmQ1fk=="};
    for (const std::string& bad : cases) {
        const std::string told = fault("MCP_SECRETS_KEY", bad);
        EXPECT_THAT(told, HasSubstr("openssl rand -base64 32")) << bad;
        EXPECT_THAT(told, Not(HasSubstr(bad)));
    }
}

TEST(NodeKeys, TakeNetworksOnlyToBeAllowed) {
    EXPECT_EQ(fault("MCP_NODE_ADDRESS_ALLOW", "127.0.0.0/8, 10.1.2.3, fd00::/8"), "");
    for (const char* bad : {"localhost", "10.0.0.0/33", "127.0.0.1:8080", "*"}) {
        EXPECT_THAT(fault("MCP_NODE_ADDRESS_ALLOW", bad), HasSubstr("10.0.0.0/8")) << bad;
    }
}

TEST(NodeKeys, TakeAProxyThatResolvesNamesItself) {
    for (const char* good : {"", "socks5h://127.0.0.1:9050", "socks5h://[::1]:9050", "socks5h://tor:9050"}) {
        EXPECT_EQ(fault("MCP_TOR_PROXY", good), "") << good;
    }
    for (const char* bad : {"socks5://127.0.0.1:9050", "http://127.0.0.1:9050", "socks5h://127.0.0.1",
                            "socks5h://:9050", "socks5h://127.0.0.1:0", "socks5h://127.0.0.1:65536",
                            "socks5h://127.0.0.1:9050/", "127.0.0.1:9050", "socks5h://*:9050"}) {
        EXPECT_THAT(fault("MCP_TOR_PROXY", bad), HasSubstr("socks5h://127.0.0.1:9050")) << bad;
    }
    EXPECT_THAT(fault("MCP_TOR_PROXY", "socks5h://me:password@127.0.0.1:9050"), Not(HasSubstr("password")));
}

TEST(NodeKeys, LetTheWatchBeSwitchedOff) {
    EXPECT_EQ(fault("MCP_NODE_WATCH_MINUTES", "0"), "");
    EXPECT_EQ(fault("MCP_NODE_WATCH_MINUTES", "1440"), "");
    EXPECT_NE(fault("MCP_NODE_WATCH_MINUTES", "1441"), "");
}

} // namespace
} // namespace mcp::app
