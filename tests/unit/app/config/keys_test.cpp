#include "app/config/keys.hpp"

#include "app/config/keys_page.hpp"
#include "language/language.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <set>

namespace mcp::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const ConfigKey& key_of(std::string_view name) {
    const auto& keys = config_keys();
    return *std::find_if(keys.begin(), keys.end(), [&](const ConfigKey& key) { return key.name == name; });
}

/// What is wrong with the value, in English; empty when it is taken.
std::string fault(std::string_view name, const std::string& value) {
    Settings settings;
    const std::optional<Message> fault = put_value(key_of(name), value, settings);
    return fault ? language::render(*fault, language::Language::en) : "";
}

TEST(ConfigKeys, HaveNamesOfTheirOwn) {
    std::set<std::string_view> names;
    for (const ConfigKey& key : config_keys()) {
        EXPECT_TRUE(names.insert(key.name).second) << key.name;
        for (const std::string_view alias : key.aliases) {
            EXPECT_TRUE(names.insert(alias).second) << alias;
        }
    }
}

TEST(ConfigKeys, HaveTheDefaultsOfTheContract) {
    const Settings settings = default_settings();
    EXPECT_TRUE(settings.scheduler_enabled);
    EXPECT_EQ(settings.schedule().cron_text(), "0 6 * * *");
    EXPECT_EQ(settings.reports_at_once, 10);
    EXPECT_EQ(settings.report_retries, 3);
    EXPECT_EQ(settings.report_deadline(), std::chrono::seconds{300});
    EXPECT_EQ(settings.mongodb_uri + settings.redis_url + settings.jwt_secret + settings.jwt_keys_file, "");
    EXPECT_EQ(settings.jwt_issuer + settings.jwt_audience + settings.graph_file, "");
    EXPECT_EQ(settings.lnd_url + settings.cln_url + settings.rgs_url + settings.mempool_url + settings.amboss_url, "")
        << "nobody is asked whom the operator did not name";
    EXPECT_EQ(settings.host, "127.0.0.1");
    EXPECT_EQ(settings.port, 8000);
    EXPECT_EQ(settings.connections_max, 1000);
    EXPECT_EQ(settings.requests_per_minute, 600);
    EXPECT_THAT(settings.trusted_proxies, IsEmpty());
    EXPECT_THAT(settings.cors_origins, IsEmpty());
    EXPECT_EQ(settings.language(), domain::Language::fr);
    EXPECT_EQ(settings.data_folder, ".");
    EXPECT_EQ(settings.rag_folder, "./rag/RAG_assets");
    EXPECT_EQ(settings.log_file, "/var/log/mcp/app.log");
    EXPECT_FALSE(settings.log_is_json());
    EXPECT_EQ(settings.least_log_level(), LogLevel::info);
}

TEST(ConfigKeys, TakeWholeNumbersOfTheirRangeOnly) {
    const std::tuple<const char*, int, int> ranges[] = {{"DAILY_REPORTS_HOUR", 0, 23},
                                                        {"DAILY_REPORTS_MINUTE", 0, 59},
                                                        {"DAILY_REPORTS_MAX_CONCURRENT", 1, 1000},
                                                        {"DAILY_REPORTS_MAX_RETRIES", 0, 10},
                                                        {"DAILY_REPORTS_TIMEOUT", 1, 3600},
                                                        {"MCP_PORT", 0, 65535}};
    for (const auto& [name, min, max] : ranges) {
        EXPECT_EQ(fault(name, std::to_string(min)), "") << name;
        EXPECT_EQ(fault(name, std::to_string(max)), "") << name;
        EXPECT_NE(fault(name, std::to_string(min - 1)), "") << name;
        EXPECT_NE(fault(name, std::to_string(max + 1)), "") << name;
    }
    EXPECT_EQ(fault("DAILY_REPORTS_MINUTE", "05"), "");
    for (const char* bad : {"6.0", "1e1", "0x6", "+6", " 6", "6 ", "six", "99999999999999999999"}) {
        EXPECT_EQ(fault("DAILY_REPORTS_HOUR", bad),
                  "'" + std::string(bad) + "' is not accepted; give a whole number from 0 to 23");
    }
    EXPECT_EQ(fault("DAILY_REPORTS_HOUR", ""), "is empty; remove it, or give a whole number from 0 to 23");
}

TEST(ConfigKeys, TakeFlagsInTheirUsualWords) {
    Settings settings;
    for (const char* yes : {"true", "True", "TRUE", "yes", "on", "1"}) {
        EXPECT_EQ(put_value(key_of("DAILY_REPORTS_SCHEDULER_ENABLED"), yes, settings), std::nullopt);
        EXPECT_TRUE(settings.scheduler_enabled) << yes;
    }
    for (const char* no : {"false", "False", "no", "off", "0"}) {
        EXPECT_EQ(put_value(key_of("DAILY_REPORTS_SCHEDULER_ENABLED"), no, settings), std::nullopt);
        EXPECT_FALSE(settings.scheduler_enabled) << no;
    }
    EXPECT_EQ(fault("DAILY_REPORTS_SCHEDULER_ENABLED", "maybe"), "'maybe' is not accepted; give true or false");
    EXPECT_EQ(fault("DAILY_REPORTS_SCHEDULER_ENABLED", ""), "is empty; remove it, or give true or false");
}

TEST(ConfigKeys, TakeAddressesAndOriginsInTheirForm) {
    for (const char* good : {"0.0.0.0", "::1", "192.168.1.7", "fe80::1"}) {
        EXPECT_EQ(fault("MCP_HOST", good), "") << good;
    }
    for (const char* bad : {"localhost", "127.0.0.1:8000", "[::1]", "1.2.3", "1.2.3.4/24", ""}) {
        EXPECT_THAT(fault("MCP_HOST", bad), HasSubstr("an IP address such as 127.0.0.1")) << bad;
    }
    Settings settings;
    EXPECT_EQ(put_value(key_of("MCP_TRUSTED_PROXIES"), " 10.0.0.1, ::1,,", settings), std::nullopt);
    EXPECT_THAT(settings.trusted_proxies, ElementsAre("10.0.0.1", "::1"));
    EXPECT_EQ(fault("MCP_TRUSTED_PROXIES", "10.0.0.0/8,0.0.0.0/0,fd00::/128"), "");
    for (const char* bad :
         {"10.0.0.1, proxy", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "fd00::/129", "10.0.0.1:80"}) {
        EXPECT_THAT(fault("MCP_TRUSTED_PROXIES", bad), HasSubstr("IP addresses or networks such as 10.0.0.0/8")) << bad;
    }
    for (const char* good :
         {"https://a.example", "http://localhost:3000", "*", "http://[::1]:80", "https://a.b,https://c.d", ""}) {
        EXPECT_EQ(fault("MCP_CORS_ORIGINS", good), "") << good;
    }
    for (const char* bad :
         {"a.example", "https://a.example/", "https://A.example", "ftp://a", "https://", "https://a:99999",
          "https://a:", "http://[::1", "http://[x]", "https://a b", "null", "https://*.a"}) {
        EXPECT_THAT(fault("MCP_CORS_ORIGINS", bad), HasSubstr("origins such as")) << bad;
    }
}

TEST(ConfigKeys, TakeAddressesOfServersThatSourcesAreReadFrom) {
    for (const char* good : {"https://mempool.space", "http://127.0.0.1:8080", "https://[::1]:8080/",
                             "HTTPS://Node.Local", "https://api.amboss.space/graphql", "http://a/~x/%20y;v=1", ""}) {
        EXPECT_EQ(fault("MCP_MEMPOOL_URL", good), "") << good;
    }
    for (const char* bad : {"mempool.space", "ftp://mempool.space", "https://", "https:///api", "https://a?x=1",
                            "https://a/#top", "https://a/ b", "https://a:99999", "*", "https://a\\b"}) {
        EXPECT_THAT(fault("MCP_LND_REST_URL", bad), HasSubstr("an address such as https://127.0.0.1:8080")) << bad;
    }
    const std::string with_password = fault("MCP_CLN_REST_URL", "https://me:hunter2@node");
    EXPECT_THAT(with_password, HasSubstr("without user"));
    EXPECT_THAT(with_password, testing::Not(HasSubstr("hunter2")));
}

TEST(ConfigKeys, TakeTheSourcesOfTheGraphInAnyOrder) {
    Settings settings = default_settings();
    EXPECT_THAT(settings.graph_sources, ElementsAre("lnd", "cln", "file", "rgs"));
    EXPECT_EQ(put_value(key_of("MCP_GRAPH_SOURCES"), "file, lnd", settings), std::nullopt);
    EXPECT_THAT(settings.graph_sources, ElementsAre("file", "lnd"));
    EXPECT_THAT(fault("MCP_GRAPH_SOURCES", "file,mempool"), HasSubstr("of lnd, cln, file and rgs those wanted"));
}

TEST(ConfigKeys, TakeChoices) {
    EXPECT_EQ(fault("MCP_DEFAULT_LANGUAGE", "de"), "'de' is not accepted; give one of fr, en");
    EXPECT_EQ(fault("MCP_LOG_FORMAT", "xml"), "'xml' is not accepted; give one of text, json");
    EXPECT_THAT(fault("MCP_LOG_LEVEL", ""), HasSubstr("is empty"));
    Settings settings;
    for (const auto& [word, level] : {std::pair("debug", LogLevel::debug), std::pair("info", LogLevel::info),
                                      std::pair("warning", LogLevel::warning), std::pair("error", LogLevel::error)}) {
        EXPECT_EQ(put_value(key_of("MCP_LOG_LEVEL"), word, settings), std::nullopt);
        EXPECT_EQ(settings.least_log_level(), level);
    }
    EXPECT_EQ(put_value(key_of("MCP_DEFAULT_LANGUAGE"), "en", settings), std::nullopt);
    EXPECT_EQ(settings.language(), domain::Language::en);
}

TEST(ConfigKeys, NeverRepeatASecret) {
    EXPECT_THAT(fault("JWT_SECRET", "hunter2"),
                HasSubstr("its value of 7 bytes is not accepted; give 32 bytes or more"));
    EXPECT_EQ(fault("JWT_SECRET", std::string(32, 's')), "");
    EXPECT_THAT(fault("JWT_SECRET", "-----BEGIN PUBLIC KEY-----MFkwEwYHKoZIzj0CAQ"), HasSubstr("no key file"));
    for (const char* secret : {"hunter2", "-----BEGIN PUBLIC KEY-----MFkwEwYHKoZIzj0CAQ", "hunter\x01", "\xFFhunter"}) {
        EXPECT_THAT(fault("JWT_SECRET", secret), testing::Not(HasSubstr("hunter")));
        EXPECT_THAT(fault("JWT_SECRET", secret), testing::Not(HasSubstr("MFkw")));
    }
}

TEST(ConfigKeys, RefuseServersThatThisVersionCannotUse) {
    EXPECT_EQ(fault("MONGODB_URI", "mongodb://u:p@h/db"),
              "MongoDB is not built into this version yet; unset it to use the embedded store");
    EXPECT_THAT(fault("REDIS_URL", "redis://h"), HasSubstr("Redis is not built into this version yet; unset it"));
    EXPECT_EQ(fault("MONGODB_URI", "") + fault("REDIS_URL", ""), "");
}

TEST(ConfigKeys, RefuseValuesThatCannotBeShown) {
    for (const char* bad : {"a\nb", "a\x7F", "\xFF", "\xE2\x80\xAE"}) {
        EXPECT_THAT(fault("MCP_GRAPH_FILE", bad), HasSubstr("control characters"));
    }
}

TEST(ConfigKeys, AreAllOnThePage) {
    const std::string page = keys_page();
    for (const ConfigKey& key : config_keys()) {
        EXPECT_THAT(page, HasSubstr("| `" + std::string(key.name) + "`"));
        EXPECT_THAT(page, HasSubstr(std::string(key.meaning)));
        EXPECT_TRUE(key.meaning.ends_with('.')) << key.name;
        for (const std::string_view alias : key.aliases) {
            EXPECT_THAT(page, HasSubstr("else `" + std::string(alias) + "`"));
        }
    }
    EXPECT_THAT(page, HasSubstr("| `DAILY_REPORTS_HOUR` | whole number | `6` | a whole number from 0 to 23 |"));
}

} // namespace
} // namespace mcp::app
