#include "language/language.hpp"
#include "tests/unit/api/server_world.hpp"

#include <gtest/gtest.h>

namespace mcp::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class Server : public ServerWorld, public testing::Test {
protected:
    Task<std::optional<Error>> wait_five_seconds() {
        const seconds span{5};
        co_await time.timer().wait(span);
        co_return std::nullopt;
    }
    std::string error_of_listening() {
        api::Server other(services(), settings, time.context().get_executor());
        const Result<std::uint16_t> port = other.listen();
        return port ? "" : language::render(port.error(), language::Language::en);
    }
};

TEST_F(Server, AnswersAndKeepsTheConnection) {
    serve();
    RawClient client(*this);
    for (int i = 0; i < 3; ++i) {
        const HttpAnswer answer =
            client.ask(get_request("/health/live", "X-Request-ID: r" + std::to_string(i) + "\r\n"));
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "{\n  \"status\": \"ok\"\n}\n");
        EXPECT_EQ(answer.header("X-Request-ID"), "r" + std::to_string(i));
        EXPECT_EQ(answer.header("Connection"), "keep-alive");
        EXPECT_EQ(answer.header("Date"), "Sat, 25 Oct 2025 10:00:00 GMT");
    }
    EXPECT_EQ(server().connections(), 1U);
    client.close();
    EXPECT_EQ(server().connections(), 0U);
}

TEST_F(Server, AnswersWholeRequestsWithBodies) {
    serve();
    RawClient client(*this);
    const HttpAnswer made = client.ask(put_request(R"({"language": "fr"})"));
    EXPECT_EQ(made.status, 201);
    EXPECT_NE(made.body.find(R"("language": "fr")"), std::string::npos);
    EXPECT_EQ(client.ask(put_request("", "Authorization: Bearer alice\r\n")).status, 200);
    EXPECT_EQ(
        client
            .ask("POST /api/v1/user/profile/daily-report/disable HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer alice\r\n"
                 "Content-Type: application/json\r\n\r\n")
            .status,
        200)
        << "as the guide's curl sends it";
}

TEST_F(Server, AnswersHeadAsGetWithoutItsBody) {
    serve();
    RawClient client(*this);
    client.send("HEAD /health/live HTTP/1.1\r\nHost: t\r\n\r\n");
    const HttpAnswer head = client.receive(false);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("Content-Length"), "21");
    EXPECT_EQ(client.ask(get_request("/health/live")).body.size(), 21U) << "nothing was left over";
    client.send("HEAD /nothing HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nhello");
    EXPECT_EQ(client.receive(false).status, 404);
    EXPECT_EQ(client.ask(get_request("/health/live")).status, 200);
}

TEST_F(Server, AnswersOptionsWithoutLength) {
    serve();
    RawClient client(*this);
    const HttpAnswer answer = client.ask("OPTIONS /health HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.header("Allow"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(answer.header("Content-Length"), "");
    EXPECT_EQ(client.ask(get_request("/health/live")).status, 200);
}

TEST_F(Server, AnswersHttp10AndClosesUnlessAskedToStay) {
    serve();
    RawClient once(*this);
    EXPECT_EQ(once.ask("GET /health/live HTTP/1.0\r\n\r\n").header("Connection"), "close");
    EXPECT_EQ(once.receive_all(), "");
    RawClient twice(*this);
    EXPECT_EQ(twice.ask("GET /health/live HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("Connection"),
              "keep-alive");
    EXPECT_EQ(twice.ask("GET /health/live HTTP/1.0\r\n\r\n").status, 200);
}

TEST_F(Server, ClosesWhenAskedTo) {
    serve();
    RawClient client(*this);
    EXPECT_EQ(client.ask(get_request("/health/live", "Connection: close\r\n")).header("Connection"), "close");
    EXPECT_EQ(client.receive_all(), "");
}

TEST_F(Server, AnswersAClientThatHasShutItsSide) {
    serve();
    RawClient client(*this);
    client.send(get_request("/health/live"));
    client.shut_down_sending();
    EXPECT_EQ(client.receive().status, 200);
    EXPECT_EQ(client.receive_all(), "");
    EXPECT_EQ(server().connections(), 0U);
}

TEST_F(Server, SurvivesClientsThatGoAtAnyMoment) {
    serve();
    const std::string request = put_request(R"({"language": "fr"})");
    for (std::size_t cut = 0; cut <= request.size(); ++cut) {
        RawClient client(*this);
        client.send(std::string_view(request).substr(0, cut));
    }
    EXPECT_EQ(server().connections(), 0U);
    RawClient client(*this);
    EXPECT_EQ(client.ask(get_request("/health/live")).status, 200);
    EXPECT_EQ(log.count("ERROR"), 0) << log.text();
}

TEST_F(Server, ReadsARequestInPiecesOfAnySize) {
    serve();
    const std::string request = put_request(R"({"language": "fr"})");
    for (std::size_t cut = 1; cut < request.size(); ++cut) {
        RawClient client(*this);
        client.send(std::string_view(request).substr(0, cut));
        client.send(std::string_view(request).substr(cut));
        EXPECT_LT(client.receive().status, 300) << cut;
    }
    RawClient client(*this);
    for (const char byte : request) {
        client.send(std::string_view(&byte, 1));
    }
    EXPECT_EQ(client.receive().status, 200);
}

TEST_F(Server, AnswersPipelinedRequestsInTheirOrder) {
    serve();
    RawClient client(*this);
    std::string requests;
    for (int i = 0; i < 1000; ++i) {
        const std::string id = "X-Request-ID: r" + std::to_string(i) + "\r\n";
        requests +=
            i % 3 == 0 ? put_request("{}", "Authorization: Bearer alice\r\n" + id) : get_request("/health/live", id);
    }
    client.send(requests);
    for (int i = 0; i < 1000; ++i) {
        const HttpAnswer answer = client.receive();
        EXPECT_LT(answer.status, 300);
        EXPECT_EQ(answer.header("X-Request-ID"), "r" + std::to_string(i));
    }
}

TEST_F(Server, SendsAskedForContinue) {
    serve();
    RawClient client(*this);
    const std::string body = R"({"language": "fr"})";
    std::string request = put_request(body, "Authorization: Bearer alice\r\nExpect: 100-continue\r\n");
    request.resize(request.size() - body.size());
    EXPECT_EQ(client.ask(request).status, 100);
    EXPECT_EQ(client.ask(body).status, 201);
    EXPECT_EQ(client.ask(get_request("/health/live")).status, 200);
}

TEST_F(Server, RefusesBeforeTheBodyIsSent) {
    serve();
    RawClient client(*this);
    const HttpAnswer answer = client.ask(
        "PUT /api/v1/user/profile HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n");
    EXPECT_EQ(answer.status, 401) << "and no 100 before";
    EXPECT_EQ(answer.header("Connection"), "close");
}

TEST_F(Server, ReadsAShortBodyOfARefusedRequestAndStays) {
    serve();
    RawClient client(*this);
    EXPECT_EQ(client.ask(put_request("{}", "")).status, 401);
    EXPECT_EQ(client.ask(put_request("{}", "")).status, 401);
    EXPECT_EQ(client.ask("POST /nothing HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc").status, 404);
    EXPECT_EQ(client.ask(get_request("/health/live")).status, 200);
}

TEST_F(Server, SaysOnEveryAnswerWhatProtectsItsReader) {
    serve();
    for (const std::string& request :
         {get_request("/health/live"), get_request("/nothing"), std::string("rubbish\r\n\r\n"),
          get_request("/api/v1/user/profile"), get_request("/" + std::string(9000, 'a'))}) {
        RawClient client(*this);
        const HttpAnswer answer = client.ask(request);
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff") << request;
        EXPECT_EQ(answer.header("Cache-Control"), "no-store");
        EXPECT_EQ(answer.header("X-Request-ID").size(), 16U);
        EXPECT_EQ(answer.header("Content-Type"), "application/json");
        EXPECT_NE(answer.header("Content-Security-Policy"), "");
        EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "");
    }
}

TEST_F(Server, CountsItsConnections) {
    serve();
    RawClient a(*this);
    RawClient b(*this);
    time.run_for(seconds{1});
    EXPECT_EQ(metrics.of("mcp_http_connections"), 2);
}

TEST_F(Server, TakesAnyFreePortForZero) {
    serve();
    EXPECT_GT(port(), 1024);
}

TEST_F(Server, SaysWhatToDoWhenThePortIsTaken) {
    serve();
    settings.port = port();
    EXPECT_EQ(error_of_listening(), "port " + std::to_string(port()) +
                                        " of 127.0.0.1 is in use already; stop the program that has it ('ss -ltnp' "
                                        "shows which) or set MCP_PORT to another one");
}

TEST_F(Server, SaysWhatIsWrongWithItsAddresses) {
    settings.host = "localhost";
    EXPECT_EQ(error_of_listening(), "MCP_HOST must be an IP address such as 127.0.0.1 or ::, not 'localhost'");
    settings.host = "192.0.2.77"; // of nobody
    EXPECT_NE(error_of_listening().find("cannot listen on 192.0.2.77"), std::string::npos);
    settings.host = "127.0.0.1";
    settings.trusted_proxies = {"10.0.0.0/8", "proxy"};
    EXPECT_EQ(error_of_listening(),
              "MCP_TRUSTED_PROXIES takes IP addresses and networks such as 10.0.0.0/8, not 'proxy'");
}

// ---- Stopping ----

TEST_F(Server, WhenItStopsIdleConnectionsEndAtOnce) {
    serve();
    RawClient idle(*this);
    RawClient used(*this);
    used.ask(get_request("/health/live"));
    server().drain(seconds{20});
    time.run_for(seconds{1});
    EXPECT_TRUE(idle.is_closed());
    EXPECT_TRUE(used.is_closed());
    EXPECT_TRUE(has_ended());
}

TEST_F(Server, WhenItStopsWhatIsInProgressIsFinished) {
    auto slow = [this](std::string_view, const std::string&) -> Task<std::optional<Error>> {
        return wait_five_seconds();
    };
    ShakyStore shaky(store, slow);
    serve(&shaky);
    RawClient asking(*this);
    RawClient halfway(*this);
    asking.send(get_request("/api/v1/user/profile", "Authorization: Bearer alice\r\n"));
    halfway.send("GET /health/live HTTP/1.1\r\nHo");
    server().drain(seconds{20});
    time.run_for(seconds{1});
    EXPECT_THROW(RawClient late(*this), std::runtime_error);
    EXPECT_FALSE(has_ended());
    EXPECT_EQ(halfway.ask("st: t\r\n\r\n").header("Connection"), "close");
    time.run_for(seconds{5});
    const HttpAnswer answer = asking.receive();
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.header("Connection"), "close");
    time.run_for(seconds{1});
    EXPECT_TRUE(has_ended());
}

TEST_F(Server, WhenItStopsWhatTakesTooLongIsCut) {
    serve();
    RawClient slow(*this);
    slow.send("GET /health/live HTTP/1.1\r\nHo");
    server().drain(seconds{3});
    time.run_for(seconds{2});
    EXPECT_FALSE(slow.is_closed());
    time.run_for(seconds{2});
    EXPECT_TRUE(slow.is_closed());
    EXPECT_TRUE(has_ended());
}

} // namespace
} // namespace mcp::test
