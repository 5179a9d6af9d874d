#include "app/agent/snapshot_post.hpp"

#include "flow/node/statement.hpp"
#include "language/language.hpp"
#include "tests/support/fake_http.hpp"
#include "tests/support/task_runner.hpp"

#include <gmock/gmock.h>

namespace mcp::app {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

const std::string kKey(64, 'a');

struct Posting : testing::Test {
    Result<void> send(const std::string& service, const std::string& statement = "{}") {
        SnapshotPost post(http, service, {"alice", kKey, [this](std::string_view bytes) {
                                              signed_bytes = bytes;
                                              return std::string(128, 'b');
                                          }});
        return runner.run(post.send(statement));
    }

    test::FakeHttp http;
    test::TaskRunner runner;
    std::string signed_bytes;
};

TEST(ServiceUrl, IsHttpsOrThisMachine) {
    for (const char* good :
         {"https://reports.example.org", "https://reports.example.org:8443/mcp", "http://127.0.0.1:8000",
          "http://127.8.8.8", "http://[::1]:8000/", "http://localhost:8000", "HTTPS://reports.example.org"}) {
        EXPECT_TRUE(is_service_url(good)) << good;
    }
    for (const char* bad : {"", "reports.example.org", "http://reports.example.org", "http://10.0.0.1:8000",
                            "http://127.0.0.1.example.org", "http://localhost.example.org", "http://[::2]:8000",
                            "ftp://127.0.0.1", "https://me@reports.example.org", "https://reports.example.org/?x=1"}) {
        EXPECT_FALSE(is_service_url(bad)) << bad;
    }
}

TEST_F(Posting, SignsTheBodyForItsUserAndNothingElse) {
    http.will_answer(201, "");
    ASSERT_TRUE(send("https://reports.example.org/mcp/", R"({"version":1})"));
    EXPECT_EQ(signed_bytes, "mcp-api snapshot v1 for alice\n{\"version\":1}");
    const ports::HttpRequest& request = http.requests().at(0);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url, "https://reports.example.org/mcp/api/v1/agent/snapshot");
    EXPECT_EQ(request.body, R"({"version":1})");
    EXPECT_THAT(request.headers, Contains(Pair("MCP-Agent-Key", kKey)));
    EXPECT_THAT(request.headers, Contains(Pair("MCP-Signature", std::string(128, 'b'))));
    EXPECT_FALSE(request.may_connect) << "over https the certificate says who it is";
}

TEST_F(Posting, SendsNothingOverHttpBeyondThisMachine) {
    http.will_answer(201, "");
    ASSERT_TRUE(send("http://localhost:8000"));
    const auto& may_connect = http.requests().at(0).may_connect;
    ASSERT_TRUE(may_connect);
    EXPECT_TRUE(may_connect("127.0.0.1"));
    EXPECT_TRUE(may_connect("::1"));
    EXPECT_FALSE(may_connect("192.0.2.1"));
    EXPECT_FALSE(may_connect("::ffff:192.0.2.1"));
}

TEST_F(Posting, SendsNothingThatTheServiceWouldNotTake) {
    http.will_answer(201, "");
    const Result<void> sent = send("https://reports.example.org", std::string(flow::kStatementBytesMax + 1, ' '));
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().kind, ErrorKind::invalid_input) << "it is not tried again";
    EXPECT_THAT(language::render(sent.error(), domain::Language::en), HasSubstr("33,554,433 bytes"));
    EXPECT_TRUE(http.requests().empty());
    EXPECT_TRUE(send("https://reports.example.org", std::string(flow::kStatementBytesMax, ' ')));
}

TEST_F(Posting, TellsApartWhatTheServiceAnswers) {
    const std::pair<int, ErrorKind> cases[] = {{401, ErrorKind::unauthenticated}, {403, ErrorKind::unauthenticated},
                                               {404, ErrorKind::unauthenticated}, {409, ErrorKind::conflict},
                                               {400, ErrorKind::invalid_input},   {413, ErrorKind::invalid_input},
                                               {429, ErrorKind::rate_limited},    {500, ErrorKind::unavailable},
                                               {503, ErrorKind::unavailable},     {301, ErrorKind::bad_upstream}};
    for (const auto& [status, kind] : cases) {
        http.will_answer(status, R"({"detail":"the reason why"})");
        const Result<void> sent = send("https://reports.example.org");
        ASSERT_FALSE(sent) << status;
        EXPECT_EQ(sent.error().kind, kind) << status;
        EXPECT_THAT(language::render(sent.error(), language::Language::en), HasSubstr("the reason why"));
    }
}

TEST_F(Posting, RepeatsWhatTheServiceSaysShortAndClean) {
    http.will_answer(502, "<html>");
    EXPECT_THAT(language::render(send("https://reports.example.org").error(), language::Language::en),
                HasSubstr("HTTP status 502"));
    http.will_answer(502, R"({"detail":"\u001b[31m)" + std::string(5000, 'x') + R"("})");
    const std::string told = language::render(send("https://reports.example.org").error(), language::Language::en);
    EXPECT_LT(told.size(), 500U);
    EXPECT_THAT(told, Not(HasSubstr("\x1b")));
}

TEST_F(Posting, TellsWhenNobodyAnswers) {
    http.will_fail(ErrorKind::timeout, {"agent.step_service", {}});
    EXPECT_EQ(send("https://reports.example.org").error().kind, ErrorKind::timeout);
}

} // namespace
} // namespace mcp::app
