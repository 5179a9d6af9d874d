#include "adapters/http/curl_client.hpp"
#include "adapters/http/node_address_rules.hpp"
#include "adapters/system/asio_timer.hpp"
#include "language/language.hpp"
#include "tests/support/planted_names.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/task_runner.hpp"

#include <atomic>
#include <clocale>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace mcp::adapters {
namespace {

using namespace std::chrono_literals;
using ports::HttpRequest;
using ports::HttpResponse;
using test::Connection;
using test::PlantedNames;
using test::ScriptedServer;
using test::ServedRequest;
using test::serving;

/// Something that listens where only this machine comes, on an address and port of its own, and counts who came.
class Inside {
public:
    Inside(const std::string& address, int port) {
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
        addrinfo* place = nullptr;
        if (::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &place) != 0) {
            throw std::runtime_error("no address: " + address);
        }
        listening_ = ::socket(place->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        is_open_ = ::bind(listening_, place->ai_addr, place->ai_addrlen) == 0 && ::listen(listening_, 64) == 0;
        ::freeaddrinfo(place);
    }
    ~Inside() { ::close(listening_); }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

    [[nodiscard]] bool is_open() const { return is_open_; }

    /// Connections that came since it was last asked.
    [[nodiscard]] int connections() const {
        int count = 0;
        for (int one = 0; (one = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0; ++count) {
            ::close(one);
        }
        return count;
    }

private:
    int listening_ = -1;
    bool is_open_ = false;
};

NodeAddressRules allowing(std::initializer_list<const char*> networks) {
    NodeAddressRules rules;
    for (const char* text : networks) {
        rules.allowed.push_back(IpNetwork::parse(text).value());
    }
    return rules;
}

class GuardedClientTest : public testing::Test {
protected:
    HttpRequest guarded(const std::string& url, const NodeAddressRules& rules = {}) const {
        HttpRequest request;
        request.url = url;
        request.may_connect = connects_only_to(rules);
        request.time_max = 10s;
        return request;
    }

    std::string on_port(const std::string& host, const std::string& target = "/") const {
        return "http://" + host + ":" + std::to_string(server_.port()) + target;
    }

    /// "asked", or the key of the error.
    std::string outcome(HttpRequest request) {
        const Result<HttpResponse> answer = runner_.run(client_->send(std::move(request)));
        error_ = answer ? std::nullopt : std::optional<Error>(answer.error());
        return answer ? "asked" : std::string(answer.error().what.key);
    }

    void make_client() { client_ = std::make_unique<CurlClient>(CurlClientOptions{}, timer_); }

    std::atomic<int> requests_{0};
    ScriptedServer server_{serving([this](Connection& to, const ServedRequest& /*asked*/) {
        ++requests_;
        to.answer(200, "inside");
    })};
    AsioTimer timer_;
    test::TaskRunner runner_;
    std::unique_ptr<CurlClient> client_ = std::make_unique<CurlClient>(CurlClientOptions{}, timer_);
    std::optional<Error> error_;
};

/// How loopback can be written, and by which of these ways libcurl and every Linux come to 127.0.0.1.
struct Spelling {
    const char* host;
    bool leads_there;
};

const std::vector<Spelling> kLoopbacks = {
    {"127.0.0.1", true},
    {"127.0.0.1.", false},
    {"2130706433", true},
    {"0x7f000001", true},
    {"0x7F.1", true},
    {"0177.0.0.1", true},
    {"017700000001", true},
    {"127.1", true},
    {"127.0.1", true},
    {"0x7f.0x0.0x0.0x1", true},
    {"00000000177.0.0.01", true},
    {"127.0.0.2", false}, // nobody listens there
    {"0.0.0.0", true},
    {"0", true},
    {"[::1]", false}, // nor there
    {"[0:0:0:0:0:0:0:1]", false},
    {"[::ffff:127.0.0.1]", true},
    {"[::ffff:7f00:1]", true},
    {"[0:0:0:0:0:FFFF:7F00:0001]", true},
    {"[::127.0.0.1]", false},
    {"[::]", false},
    {"[64:ff9b::7f00:1]", false},
    {"[2002:7f00:1::]", false},
    {"localhost", true},
    {"LOCALHOST", true},
    {"localhost.", false},
    {"%6cocalhost", true},
    {"127%2e0%2e0%2e1", true},
    {"127。0。0。1", false},    // ideographic full stops
    {"１２７.０.０.１", false}, // full-width digits
    {"ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", false},       // letters in circles
    {"good.example@127.0.0.1", true},
    {"good.example:80@127.0.0.1", true},
    {"good.example%40127.0.0.1", false},
    {"good.example\\@127.0.0.1", true},
    {"127.0.0.1\\@good.example", false},
};

TEST_F(GuardedClientTest, NoWayOfWritingLoopbackComesThere) {
    const Inside six("::1", server_.port());
    for (const Spelling& one : kLoopbacks) {
        const std::string key = outcome(guarded(on_port(one.host)));
        EXPECT_NE(key, "asked") << one.host;
        if (one.leads_there) {
            EXPECT_EQ(key, "fetch.address_refused") << one.host;
            EXPECT_EQ(error_->kind, ErrorKind::forbidden) << one.host;
        }
        if (const Result<std::string> url = node_url("https" + on_port(one.host).substr(4), {})) {
            EXPECT_NE(outcome(guarded(*url)), "asked") << one.host;
        }
    }
    EXPECT_EQ(server_.connections(), 0);
    EXPECT_EQ(requests_, 0);
    EXPECT_EQ(six.connections(), 0);
}

TEST_F(GuardedClientTest, NoLettersOfOtherScriptsAreTurnedIntoAHost) {
    const std::string before = std::setlocale(LC_CTYPE, nullptr); // by which libcurl reads them
    ASSERT_NE(std::setlocale(LC_CTYPE, "C.UTF-8"), nullptr);
    for (const char* host : {"127。0。0。1", "１２７.０.０.１", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "abc.ｏｎｉｏｎ",
                             "loc\xC2\xAD"
                             "alhost"}) {
        EXPECT_EQ(outcome(guarded(on_port(host), allowing({"127.0.0.0/8"}))), "fetch.bad_url") << host;
    }
    std::setlocale(LC_CTYPE, before.c_str());
    EXPECT_EQ(server_.connections(), 0);
    EXPECT_EQ(PlantedNames::all().asked("abc.onion"), 0);
}

TEST_F(GuardedClientTest, TheSameComeThereWhereTheOperatorAllowsIt) {
    const NodeAddressRules rules = allowing({"127.0.0.0/8", "0.0.0.0", "::1", "::"});
    for (const Spelling& one : kLoopbacks) {
        const std::string url = on_port(one.host);
        const int before = requests_;
        if (one.leads_there) {
            EXPECT_EQ(outcome(guarded(url, rules)), "asked") << one.host;
            EXPECT_EQ(requests_, before + 1) << one.host << ": else the test above proves nothing";
        }
    }
}

TEST_F(GuardedClientTest, TellsWhatWasAskedForAndTheOperatorsRemedy) {
    PlantedNames::all().plant("inner.test", {{"127.0.0.1"}});
    EXPECT_EQ(outcome(guarded(on_port("inner.test", "/secret"))), "fetch.address_refused");
    const std::string words = language::render(*error_, language::Language::en);
    EXPECT_THAT(words, testing::HasSubstr("inner.test"));
    EXPECT_THAT(words, testing::HasSubstr("MCP_NODE_ADDRESS_ALLOW"));
    EXPECT_THAT(words, testing::Not(testing::HasSubstr("secret")));
    EXPECT_THAT(words, testing::Not(testing::HasSubstr("127."))) << "a stranger learns nothing of the inner network";
}

TEST_F(GuardedClientTest, EveryAddressOfANameIsLookedAt) {
    const Inside other("127.0.0.2", server_.port());
    ASSERT_TRUE(other.is_open());
    const NodeAddressRules rules = allowing({"127.0.0.9"}); // where nobody listens
    for (const std::vector<std::string>& addresses :
         std::vector<std::vector<std::string>>{{"127.0.0.9", "127.0.0.1"},
                                               {"127.0.0.1", "127.0.0.9"},
                                               {"127.0.0.2", "127.0.0.9", "127.0.0.1"},
                                               {"::1", "127.0.0.1"},
                                               {"127.0.0.1", "::1"},
                                               {"127.0.0.1", "127.0.0.1", "::ffff:127.0.0.1"}}) {
        PlantedNames::all().plant("several.test", {addresses});
        make_client();
        EXPECT_EQ(outcome(guarded(on_port("several.test"), rules)), "fetch.address_refused") << addresses.front();
    }
    EXPECT_EQ(server_.connections(), 0);
    EXPECT_EQ(other.connections(), 0);
    PlantedNames::all().plant("several.test", {{"127.0.0.2", "127.0.0.1"}});
    make_client();
    EXPECT_EQ(outcome(guarded(on_port("several.test"), allowing({"127.0.0.1"}))), "asked")
        << "one that is allowed is enough";
    EXPECT_EQ(other.connections(), 0);
}

TEST_F(GuardedClientTest, ANameThatLeadsElsewhereTheSecondTimeIsLookedAtAgain) {
    const Inside inner("127.0.0.2", server_.port());
    ASSERT_TRUE(inner.is_open());
    const NodeAddressRules outside = allowing({"127.0.0.1"});
    PlantedNames::all().plant("rebinding.test", {{"127.0.0.1"}, {"127.0.0.2"}});
    const Result<std::string> url = node_url("https://rebinding.test:" + std::to_string(server_.port()), outside);
    ASSERT_TRUE(url) << "a name is not looked up before it is connected to";
    EXPECT_EQ(PlantedNames::all().asked("rebinding.test"), 0);
    EXPECT_EQ(outcome(guarded(on_port("rebinding.test"), outside)), "asked");
    make_client(); // libcurl remembers a name for a minute
    EXPECT_EQ(outcome(guarded(on_port("rebinding.test"), outside)), "fetch.address_refused");
    EXPECT_EQ(PlantedNames::all().asked("rebinding.test"), 2);
    EXPECT_EQ(inner.connections(), 0);
}

TEST_F(GuardedClientTest, NeverRidesOnAConnectionThatWasOpenedUnguarded) {
    HttpRequest open = guarded(on_port("localhost"));
    open.may_connect = nullptr;
    EXPECT_EQ(outcome(open), "asked");
    EXPECT_EQ(outcome(guarded(on_port("localhost"))), "fetch.address_refused");
    EXPECT_EQ(error_->kind, ErrorKind::forbidden);
    EXPECT_EQ(outcome(open), "asked");
    EXPECT_EQ(requests_, 2) << "the guarded one must not have gone out";
}

TEST_F(GuardedClientTest, KeepsItsOwnConnections) {
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(outcome(guarded(server_.url(), allowing({"127.0.0.1"}))), "asked");
    }
    EXPECT_EQ(server_.connections(), 1);
}

TEST_F(GuardedClientTest, ARedirectInwardsIsNotFollowed) {
    const ScriptedServer outside(serving([&](Connection& to, const ServedRequest& asked) {
        to.answer(asked.target == "/307" ? 307 : 302, "", "Location: " + server_.url() + "\r\n");
    }));
    for (const char* target : {"/302", "/307"}) {
        EXPECT_EQ(outcome(guarded(outside.url(target), allowing({"127.0.0.0/8"}))), "asked");
    }
    EXPECT_EQ(server_.connections(), 0);
}

TEST_F(GuardedClientTest, AGuardThatFailsLetsNothingThrough) {
    HttpRequest request = guarded(server_.url());
    request.may_connect = [](const std::string& /*address*/) -> bool { throw std::runtime_error("broken"); };
    EXPECT_EQ(outcome(request), "fetch.address_refused");
    EXPECT_EQ(server_.connections(), 0);
}

TEST_F(GuardedClientTest, IsAskedAboutTheAddressThatIsConnectedTo) {
    std::vector<std::string> seen; // on the client's thread, which is idle when the answer has come
    HttpRequest request = guarded(on_port("[::ffff:127.0.0.1]"));
    request.may_connect = [&](const std::string& address) {
        seen.push_back(address);
        return true;
    };
    EXPECT_EQ(outcome(request), "asked");
    ASSERT_FALSE(seen.empty());
    for (const std::string& address : seen) {
        EXPECT_EQ(address, "::ffff:127.0.0.1");
    }
}

// ---- By Tor ----

constexpr const char* kOnion = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwx.onion";

/// A proxy that speaks SOCKS 5 and is the wanted host itself.
class TorStub {
public:
    explicit TorStub(char verdict = '\0') : verdict_(verdict) {}

    [[nodiscard]] std::string url() const { return "socks5h://127.0.0.1:" + std::to_string(server_.port()); }
    [[nodiscard]] int connections() const { return server_.connections(); }
    [[nodiscard]] std::vector<std::string> wanted() {
        const std::lock_guard lock(mutex_);
        return wanted_;
    }

private:
    void serve(Connection& to) {
        const std::string hello = to.bytes(2);
        if (hello.size() < 2 || hello[0] != 5) {
            return;
        }
        to.bytes(static_cast<unsigned char>(hello[1]));
        to.write(std::string("\x05\x00", 2)); // nobody need say who they are
        const std::string asked = to.bytes(5);
        if (asked.size() < 5) {
            return;
        }
        const bool is_name = asked[3] == 3;
        const std::string name = is_name ? to.bytes(static_cast<unsigned char>(asked[4])) : "an address";
        to.bytes(2);
        {
            const std::lock_guard lock(mutex_);
            wanted_.push_back(name);
        }
        to.write(std::string("\x05") + verdict_ + std::string("\x00\x01\x00\x00\x00\x00\x00\x00", 8));
        while (verdict_ == '\0' && to.request()) {
            to.answer(200, "through Tor");
        }
    }

    std::mutex mutex_;
    std::vector<std::string> wanted_;
    char verdict_;
    ScriptedServer server_{[this](Connection& to) { serve(to); }};
};

TEST_F(GuardedClientTest, AnOnionGoesToTheProxyUnresolved) {
    TorStub tor;
    const NodeAddressRules rules{.tor_proxy = tor.url()};
    const std::string url = node_url(std::string("http://") + kOnion + ":8080", rules).value();
    HttpRequest request = guarded(url + "/v1/getinfo", rules);
    request.proxy = proxy_for(url, rules);
    EXPECT_EQ(request.proxy, tor.url());
    EXPECT_EQ(outcome(request), "asked") << "the proxy's own address is on loopback, and not asked about";
    EXPECT_THAT(tor.wanted(), testing::ElementsAre(kOnion));
    EXPECT_EQ(PlantedNames::all().asked(kOnion), 0);
}

TEST_F(GuardedClientTest, TheEnvironmentOpensNoWayAroundTheProxy) {
    TorStub tor;
    for (const char* name : {"no_proxy", "NO_PROXY"}) {
        ::setenv(name, "*", 1);
    }
    HttpRequest request = guarded(std::string("http://") + kOnion + "/");
    request.proxy = tor.url();
    const std::string key = outcome(request);
    for (const char* name : {"no_proxy", "NO_PROXY"}) {
        ::unsetenv(name);
    }
    EXPECT_EQ(key, "asked");
    EXPECT_EQ(tor.connections(), 1);
    EXPECT_EQ(PlantedNames::all().asked(kOnion), 0);
}

TEST_F(GuardedClientTest, WithoutAProxyNothingOfAnOnionGoesOut) {
    for (const std::string& url : {std::string("http://") + kOnion, std::string("https://") + kOnion + ".:443/",
                                   std::string("https://ABC.ONION/"), std::string("https://%61bc.onion/")}) {
        HttpRequest request = guarded(url);
        EXPECT_EQ(outcome(request), "fetch.no_tor") << url;
        EXPECT_EQ(error_->kind, ErrorKind::invalid_input);
        request.may_connect = nullptr;
        EXPECT_EQ(outcome(request), "fetch.no_tor") << url;
    }
    EXPECT_EQ(PlantedNames::all().asked(kOnion) + PlantedNames::all().asked("abc.onion"), 0);
}

TEST_F(GuardedClientTest, AProxyThatWouldHaveUsLookNamesUpIsRefused) {
    TorStub tor;
    HttpRequest request = guarded(std::string("http://") + kOnion + "/");
    for (const std::string scheme : {"socks5", "http", "socks4a"}) {
        request.proxy = scheme + tor.url().substr(7);
        EXPECT_EQ(outcome(request), "fetch.bad_proxy") << scheme;
    }
    EXPECT_EQ(tor.connections(), 0);
}

TEST_F(GuardedClientTest, TellsWhatAProxyFailedOf) {
    TorStub unable('\x04'); // host unreachable
    HttpRequest request = guarded(std::string("http://") + kOnion + "/");
    request.proxy = unable.url();
    EXPECT_EQ(outcome(request), "fetch.proxy_failed");
    EXPECT_EQ(error_->kind, ErrorKind::unavailable);
    request.proxy = "socks5h://127.0.0.1:1";
    EXPECT_EQ(outcome(request), "fetch.no_proxy");
    const ScriptedServer no_proxy([](Connection& to) {
        to.bytes(2);
        to.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    request.proxy = "socks5h://127.0.0.1:" + std::to_string(no_proxy.port());
    EXPECT_EQ(outcome(request), "fetch.proxy_failed") << "what answers there speaks no SOCKS";
}

} // namespace
} // namespace mcp::adapters
