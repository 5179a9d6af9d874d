#include "adapters/nodes/node_reader.hpp"

#include "tests/unit/adapters/nodes/lnd_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

using test::ScriptedLnd;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr std::chrono::minutes kEnough{2};

class HttpNodeReaderTest : public testing::Test {
protected:
    /// A reader for users' nodes, as the service has it.
    HttpNodeReader for_users(std::vector<IpNetwork> allowed = {}, std::string tor_proxy = {}) {
        NodeTools tools = lnd_.tools();
        tools.addresses = {.anywhere = false, .allowed = std::move(allowed), .tor_proxy = std::move(tor_proxy)};
        return HttpNodeReader(std::move(tools));
    }
    Result<void> knock(HttpNodeReader& reader, const std::string& url, domain::NodeKind kind = domain::NodeKind::lnd) {
        ports::NodeAccess access = lnd_.access();
        access.url = url;
        access.kind = kind;
        return lnd_.time.run(reader.knock(std::move(access), kEnough));
    }

    ScriptedLnd lnd_;
};

TEST_F(HttpNodeReaderTest, ReadsTriesAndKnocksAtEachKindInItsManner) {
    HttpNodeReader reader = for_users();
    const auto node = lnd_.time.run(reader.read(lnd_.access(), test::kReportDay, {}, kEnough));
    ASSERT_TRUE(node);
    EXPECT_EQ(node->kind, domain::NodeKind::lnd);
    ASSERT_TRUE(lnd_.time.run(reader.try_out(lnd_.access(), kEnough)));
    ASSERT_TRUE(knock(reader, "https://node.example:8080"));
    EXPECT_EQ(lnd_.asked().back(), "GET /v1/state");
    static_cast<void>(knock(reader, "https://node.example:8080", domain::NodeKind::cln));
    EXPECT_THAT(lnd_.asked().back(), StartsWith("POST /v1/"));
}

TEST_F(HttpNodeReaderTest, WritesUrlsInOneWay) {
    const HttpNodeReader reader = for_users();
    EXPECT_EQ(*reader.check_url("https://Node.example:8080/"), "https://node.example:8080");
    EXPECT_EQ(reader.check_url("node").error().kind, ErrorKind::invalid_input);
    EXPECT_EQ(reader.check_url("https://127.0.0.1:8080").error().kind, ErrorKind::forbidden);
}

TEST_F(HttpNodeReaderTest, AsksNobodyAtAnAddressThatIsForbiddenNow) {
    HttpNodeReader reader = for_users();
    for (const char* url : {"https://127.0.0.1:8080", "https://[::1]:8080", "https://169.254.169.254", "not a url"}) {
        EXPECT_FALSE(knock(reader, url)) << url;
        ports::NodeAccess access = lnd_.access();
        access.url = url;
        EXPECT_FALSE(lnd_.time.run(reader.read(access, test::kReportDay, {}, kEnough))) << url;
        EXPECT_FALSE(lnd_.time.run(reader.try_out(access, kEnough))) << url;
    }
    EXPECT_THAT(lnd_.http.requests(), IsEmpty());
}

TEST_F(HttpNodeReaderTest, HasEachConnectionLookedAt) {
    HttpNodeReader reader = for_users();
    const auto node = lnd_.time.run(reader.read(lnd_.access(), test::kReportDay, {}, kEnough));
    ASSERT_TRUE(node);
    for (const ports::HttpRequest& request : lnd_.http.requests()) {
        ASSERT_TRUE(request.may_connect) << request.url;
        EXPECT_FALSE(request.may_connect("127.0.0.1")) << "the name may lead there at any time";
        EXPECT_TRUE(request.may_connect("8.8.8.8"));
        EXPECT_EQ(request.proxy, "");
    }
}

TEST_F(HttpNodeReaderTest, GoesThroughTorToOnionsOnly) {
    const std::string onion = "http://" + std::string(56, 'a') + ".onion:8080";
    HttpNodeReader without = for_users();
    EXPECT_FALSE(knock(without, onion));
    HttpNodeReader reader = for_users({}, "socks5h://127.0.0.1:9050");
    ASSERT_TRUE(knock(reader, "https://node.example:8080"));
    EXPECT_EQ(lnd_.http.requests().back().proxy, "");
    lnd_.http.otherwise([](const ports::HttpRequest&) {
        return ports::HttpResponse{.status = 200, .headers = {}, .body = R"({"state":"SERVER_ACTIVE"})"};
    });
    ASSERT_TRUE(knock(reader, onion));
    EXPECT_EQ(lnd_.http.requests().back().proxy, "socks5h://127.0.0.1:9050");
    EXPECT_GT(lnd_.http.requests().back().connect_time_max, std::chrono::seconds{10});
}

TEST_F(HttpNodeReaderTest, EndsWhenItsTimeIsOver) {
    HttpNodeReader reader = for_users();
    const auto node = lnd_.time.run(reader.read(lnd_.access(), test::kReportDay, {}, std::chrono::seconds{0}));
    ASSERT_FALSE(node);
    EXPECT_EQ(node.error().kind, ErrorKind::timeout);
    EXPECT_THAT(ScriptedLnd::fault(node), HasSubstr("no time was left"));
    EXPECT_THAT(lnd_.http.requests(), IsEmpty());
}

TEST_F(HttpNodeReaderTest, AsksForNoMoreTimeThanIsLeft) {
    HttpNodeReader reader = for_users();
    ports::NodeAccess access = lnd_.access();
    ASSERT_TRUE(lnd_.time.run(reader.read(access, test::kReportDay, {}, std::chrono::seconds{7})));
    for (const ports::HttpRequest& request : lnd_.http.requests()) {
        EXPECT_LE(request.time_max, std::chrono::seconds{7});
    }
}

} // namespace
} // namespace mcp::adapters
