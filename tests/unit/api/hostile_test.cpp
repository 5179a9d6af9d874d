// What clients do that mean no good, or that are broken: each ends in a refusal or a closed connection, within bounds.
#include "flow/node/statement.hpp"
#include "tests/unit/api/server_world.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <memory>
#include <random>
#include <sys/resource.h>

namespace mcp::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::string agent_key(std::size_t number) {
    return fmt::format("{:064x}", number);
}

class Hostile : public ServerWorld, public testing::Test {
protected:
    /// The status of the answer to these bytes on a fresh connection, after which the server must have closed.
    int refused(std::string_view bytes) {
        RawClient client(*this);
        client.send(bytes);
        const int status = client.receive().status;
        EXPECT_EQ(client.receive_all(), "") << bytes.substr(0, 100);
        return status;
    }
    Task<std::optional<Error>> wait_a_minute() {
        const seconds span{60};
        co_await time.timer().wait(span);
        co_return std::nullopt;
    }
    /// Users "user-0" and so on, each with an agent; the first one has Alice's node.
    void add_agents(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            const std::string id = "user-" + std::to_string(i);
            add_user(id, i == 0 ? kAliceKey : "");
            must(store.put_link({.user_id = id,
                                 .kind = domain::LinkKind::agent,
                                 .url = {},
                                 .sealed = {},
                                 .agent_key = agent_key(i),
                                 .expires_at = {},
                                 .created_at = kMorning}));
        }
    }
    void expect_alive() {
        RawClient client(*this);
        EXPECT_EQ(client.ask(get_request("/health/live")).status, 200);
    }
};

std::string post_chunks(const std::string& chunks, const std::string& headers = "") {
    return "PUT /api/v1/user/profile HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer alice\r\nTransfer-Encoding: "
           "chunked\r\n" +
           headers + "\r\n" + chunks;
}

// ---- What is no request ----

TEST_F(Hostile, RubbishIsRefused) {
    serve();
    for (const std::string_view bytes :
         {std::string_view("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11),
          std::string_view("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), std::string_view("GET\r\n\r\n"),
          std::string_view("GET / HTTP/9.9\r\n\r\n"), std::string_view("GET /a b HTTP/1.1\r\n\r\n"),
          std::string_view("\0\0\0\0", 4), std::string_view("GET / HTTP/1.1\nHost: t\n\n"),
          std::string_view(" GET / HTTP/1.1\r\n\r\n"), std::string_view("GET /\x01 HTTP/1.1\r\nHost: t\r\n\r\n"),
          std::string_view("GET / HTTP/1.1\r\nHost t\r\n\r\n"), std::string_view("GET / HTTP/1.1\r\nHo st: t\r\n\r\n"),
          std::string_view("GET / HTTP/1.1\r\n: t\r\nHost: t\r\n\r\n"),
          std::string_view("GET / HTTP/1.1\r\nHost: t\x01\r\n\r\n"),
          std::string_view("GET / HTTP/1.1\rHost: t\r\n\r\n")}) {
        EXPECT_EQ(refused(bytes), 400) << bytes;
    }
    expect_alive();
}

TEST_F(Hostile, EmptyLinesBeforeARequestAreSkipped) {
    serve();
    RawClient client(*this);
    EXPECT_EQ(client.ask("\r\n\r\n" + get_request("/health/live")).status, 200);
}

TEST_F(Hostile, AHostIsDemandedOnce) {
    serve();
    EXPECT_EQ(refused("GET /health/live HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(refused("GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
}

TEST_F(Hostile, HeadersThatMustBeOneAreOne) {
    serve();
    for (const char* name :
         {"Authorization", "Content-Type", "Origin", "Content-Encoding", "MCP-Agent-Key", "MCP-Signature"}) {
        const std::string twice = std::string(name) + ": a\r\n" + name + ": b\r\n";
        EXPECT_EQ(refused(get_request("/health/live", twice)), 400) << name;
    }
}

// ---- What is too large ----

TEST_F(Hostile, AHeadThatIsTooLargeIsRefused) {
    serve();
    EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: t\r\nX-A: " + std::string(16 * 1024, 'a') + "\r\n\r\n"), 431);
    std::string many = "GET / HTTP/1.1\r\nHost: t\r\n";
    for (int i = 0; i < 5000; ++i) {
        many += "A: b\r\n";
    }
    EXPECT_EQ(refused(many + "\r\n"), 431);
    EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: t\r\nX-A: " + std::string(100'000, 'a')), 431) << "that never ends";
    RawClient client(*this);
    EXPECT_EQ(client.ask(get_request("/health/live", "X-A: " + std::string(15 * 1024, 'a') + "\r\n")).status, 200);
    EXPECT_EQ(metrics.of("mcp_http_refused_total{head_size}"), 3);
}

TEST_F(Hostile, ATargetThatIsTooLongIsRefused) {
    serve();
    EXPECT_EQ(refused(get_request("/" + std::string(9000, 'a'))), 414);
    EXPECT_EQ(refused(get_request("/health?" + std::string(15'000, 'a'))), 414);
    EXPECT_EQ(refused("GET /" + std::string(100'000, 'a')), 414) << "that never ends";
    RawClient client(*this);
    EXPECT_EQ(client.ask(get_request("/" + std::string(8000, 'a'))).status, 404);
}

TEST_F(Hostile, ABodyThatIsTooLargeIsRefusedUnread) {
    serve();
    const auto with_length = [](const std::string& length) {
        return "PUT /api/v1/user/profile HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer alice\r\nContent-Length: " +
               length + "\r\n\r\n";
    };
    for (const char* length : {"4097", "1000000", "4294967296", "18446744073709551615"}) {
        RawClient client(*this);
        const HttpAnswer answer = client.ask(with_length(length));
        EXPECT_EQ(answer.status, 413) << length;
        EXPECT_NE(answer.body.find("4,096 bytes"), std::string::npos);
    }
    EXPECT_EQ(refused("GET /health/live HTTP/1.1\r\nHost: t\r\nContent-Length: 1025\r\n\r\n"), 413);
    EXPECT_EQ(refused(with_length("5000") + std::string(5000, ' ')), 413) << "also when all of it comes at once";
    EXPECT_EQ(store.calls, 0);
}

std::string snapshot_head(const std::string& key, std::size_t length) {
    return "POST /api/v1/agent/snapshot HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nMCP-Agent-Key: " +
           key + "\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
}

TEST_F(Hostile, ALargeBodyOfAnUnknownAgentIsRefusedUnread) {
    serve();
    for (const std::string& key : {std::string(64, 'a'), std::string("junk"), std::string()}) {
        RawClient client(*this);
        EXPECT_EQ(client.ask(snapshot_head(key, 4'000'000)).status, 401) << "with nothing of the body sent";
    }
    EXPECT_EQ(store.calls, 1) << "what is no key is not even looked for";
    EXPECT_EQ(refused(snapshot_head(std::string(64, 'a'), 5'000'000)), 401);
}

TEST_F(Hostile, OfLargeBodiesOnlySoManyAreReadAtOnce) {
    add_agents(11);
    serve();
    const auto begun = [](std::size_t number) {
        return snapshot_head(agent_key(number), 4'000'000) + std::string(70'000, ' ');
    };
    std::vector<std::unique_ptr<RawClient>> clients;
    for (std::size_t i = 0; i < 8; ++i) {
        clients.push_back(std::make_unique<RawClient>(*this));
        clients.back()->send(begun(i));
        ASSERT_EQ(clients.back()->came(), 0U) << "it is still read";
    }
    {
        RawClient one_more(*this);
        const HttpAnswer answer = one_more.ask(begun(8));
        EXPECT_EQ(answer.status, 503);
        EXPECT_EQ(answer.header("Retry-After"), "10");
        RawClient small(*this);
        EXPECT_EQ(small.ask(snapshot_head(agent_key(9), 2) + "{}").status, 401) << "small ones are let through";
    }
    EXPECT_EQ(metrics.of("mcp_http_refused_total{bodies}"), 1);
    clients.pop_back();
    time.run_ready();
    RawClient next(*this);
    next.send(begun(10));
    EXPECT_EQ(next.came(), 0U) << "there is room again";
}

TEST_F(Hostile, OfOneAgentOneSnapshotIsReadAtOnceHoweverLongItTakes) {
    add_agents(1);
    serve();
    RawClient slow(*this);
    slow.send(snapshot_head(agent_key(0), 100) + "{");
    ASSERT_EQ(slow.came(), 0U) << "it is still read";
    time.run_for(std::chrono::seconds{25});
    ASSERT_EQ(slow.came(), 0U);
    {
        RawClient other(*this);
        const HttpAnswer answer = other.ask(snapshot_head(agent_key(0), 4'000'000));
        EXPECT_EQ(answer.status, 429) << "with nothing of the body sent";
        EXPECT_EQ(answer.header("Retry-After"), "1");
    }
    slow.send(std::string(99, ' '));
    time.run_ready();
    RawClient next(*this);
    EXPECT_EQ(next.ask(snapshot_head(agent_key(0), 2) + "{}").status, 401) << "it was let in: the first one is over";
}

TEST_F(Hostile, ASnapshotAsLargeAsAStatementMayBeIsTakenAndNoneBeyond) {
    add_agents(2);
    serve();
    domain::OwnNode told;
    told.key = domain::PubKey::parse(kAliceKey).value();
    told.day = std::chrono::floor<std::chrono::days>(time.now());
    told.read_at = time.now();
    std::string body = flow::statement_text(told);
    body.resize(flow::kStatementBytesMax, ' ');
    const std::string bytes = "mcp-api snapshot v1 for user-0\n" + body;
    std::string head = snapshot_head(agent_key(0), body.size());
    head.insert(head.find("Content-Length"),
                "MCP-Signature: " + PlainSignatures::of_agent(agent_key(0), bytes) + "\r\n");
    RawClient client(*this);
    EXPECT_EQ(client.ask(head + body).status, 200);
    EXPECT_EQ(refused(snapshot_head(agent_key(1), flow::kStatementBytesMax + 1)), 413);
}

TEST_F(Hostile, ALengthThatIsNoneIsRefused) {
    serve();
    for (const char* length : {"-1", "+1", "0x10", "1 2", "1,2", "1, 1", "18446744073709551616",
                               "99999999999999999999999999", "a", "", "1e3", "1.0"}) {
        EXPECT_EQ(refused("PUT /api/v1/user/profile HTTP/1.1\r\nHost: t\r\nContent-Length: " + std::string(length) +
                          "\r\n\r\n{}"),
                  400)
            << length;
    }
}

// ---- Where one request ends and the next begins ----

TEST_F(Hostile, ARequestWithTwoEndsIsRefused) {
    serve();
    const std::string smuggled = "GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n";
    for (const char* headers :
         {"Content-Length: 2\r\nContent-Length: 2\r\n", "Content-Length: 2\r\nContent-Length: 30\r\n",
          "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked, identity\r\n",
          "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: xchunked\r\n",
          "Transfer-Encoding: \"chunked\"\r\n", "Transfer-Encoding: chunked;x=y\r\n", "Transfer-Encoding: identity\r\n",
          "Transfer-Encoding :chunked\r\n", "Transfer-Encoding: \vchunked\r\n", "Content-Length: 2\n\r\n"}) {
        RawClient client(*this);
        client.send("PUT /api/v1/user/profile HTTP/1.1\r\nHost: t\r\n" + std::string(headers) + "\r\n0\r\n\r\n" +
                    smuggled);
        EXPECT_EQ(client.receive().status, 400) << headers;
        EXPECT_EQ(client.receive_all(), "") << headers << ": what followed was not answered";
    }
    EXPECT_EQ(refused("PUT /api/v1/user/profile HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400)
        << "HTTP/1.0 knows no chunks";
}

TEST_F(Hostile, WhatFollowsABodyIsTheNextRequest) {
    serve();
    RawClient client(*this);
    client.send(put_request("{}", "Authorization: Bearer alice\r\n") + get_request("/nothing"));
    EXPECT_EQ(client.receive().status, 201);
    EXPECT_EQ(client.receive().status, 404);
}

TEST_F(Hostile, NothingThatIsAskedForEndsUpInTheHeadOfAnAnswer) {
    serve();
    RawClient client(*this);
    for (const std::string& path :
         {std::string("/api/v1/reports/daily/x%0d%0aSet-Cookie:%20a=b"), std::string("/%0d%0aX: y")}) {
        const HttpAnswer answer =
            client.ask(get_request(path.substr(0, path.find(' ')), "Authorization: Bearer a\r\n"));
        EXPECT_EQ(answer.head.find("Set-Cookie"), std::string::npos);
    }
    const HttpAnswer answer =
        client.ask(get_request("/health/live", "X-Request-ID: a b\tc\r\nOrigin: https://evil\r\n"));
    EXPECT_EQ(answer.header("X-Request-ID").size(), 16U);
    EXPECT_EQ(answer.head.find("evil"), std::string::npos);
}

// ---- Chunks ----

TEST_F(Hostile, ChunksAreReadInPiecesOfAnySize) {
    serve();
    const std::string request = post_chunks(
        "7;a=b\r\n{\"langu\r\n00b\r\nage\": \"fr\"}\r\n0\r\nTrailer: x\r\nAuthorization: Bearer bob\r\n\r\n");
    for (std::size_t cut = 1; cut < request.size(); ++cut) {
        RawClient client(*this);
        client.send(std::string_view(request).substr(0, cut));
        client.send(std::string_view(request).substr(cut));
        const HttpAnswer answer = client.receive();
        EXPECT_LT(answer.status, 300) << cut;
        EXPECT_NE(answer.body.find("\"user_id\": \"alice\""), std::string::npos) << "a trailer counts for nothing";
        EXPECT_EQ(client.ask(get_request("/health/live")).status, 200) << cut;
    }
    RawClient client(*this);
    for (const char byte : post_chunks("0\r\n\r\n")) {
        client.send(std::string_view(&byte, 1));
    }
    EXPECT_EQ(client.receive().status, 200);
}

TEST_F(Hostile, ChunksThatAreBrokenAreRefused) {
    serve();
    for (const char* chunks : {"x\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n", "2\r\n{}x0\r\n\r\n",
                               "2\r\n{}\r\n0\r\nbroken trailer\r\n\r\n", "\r\n\r\n\r\n", "2 \x01\r\n{}\r\n0\r\n\r\n",
                               "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n"}) {
        EXPECT_EQ(refused(post_chunks(chunks)), 400) << chunks;
    }
}

TEST_F(Hostile, ChunksThatAreTooLargeAreRefused) {
    serve();
    EXPECT_EQ(refused(post_chunks("1001\r\n" + std::string(4097, ' ') + "\r\n0\r\n\r\n")), 413);
    EXPECT_EQ(refused(post_chunks("ffffffffffffffff\r\n")), 413) << "as soon as the size is known";
    std::string crumbs;
    for (int i = 0; i < 4097; ++i) {
        crumbs += "1\r\n \r\n";
    }
    EXPECT_EQ(refused(post_chunks(crumbs + "0\r\n\r\n")), 413) << "together";
    RawClient client(*this);
    EXPECT_EQ(client.ask(post_chunks("1000\r\n{}" + std::string(4094, ' ') + "\r\n0\r\n\r\n")).status, 201)
        << "the limit itself";
}

TEST_F(Hostile, CrumbsInLargeWrappingsAreRefused) {
    serve();
    EXPECT_EQ(refused(post_chunks("1;" + std::string(20'000, 'a'))), 400) << "an extension that never ends";
    EXPECT_EQ(refused(post_chunks("0\r\nA: " + std::string(20'000, 'a'))), 400) << "a trailer that never ends";
    std::string wrapped;
    for (int i = 0; i < 100; ++i) {
        wrapped += "1;a=" + std::string(1000, 'a') + "\r\n \r\n";
    }
    EXPECT_EQ(refused(post_chunks(wrapped)), 413);
}

// ---- What is too slow ----

TEST_F(Hostile, AConnectionThatAsksNothingIsClosed) {
    serve();
    RawClient silent(*this);
    time.run_for(seconds{59});
    EXPECT_FALSE(silent.is_closed());
    time.run_for(seconds{2});
    EXPECT_TRUE(silent.is_closed()) << "and nothing is said";
    RawClient used(*this);
    used.ask(get_request("/health/live"));
    time.run_for(seconds{61});
    EXPECT_TRUE(used.is_closed());
}

TEST_F(Hostile, AHeadThatDripsIsCutAtItsDeadline) {
    serve();
    RawClient loris(*this);
    const std::string request = get_request("/health/live", "X-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n");
    std::size_t sent = 0;
    while (sent < request.size() && loris.came() == 0) {
        loris.send(std::string_view(request).substr(sent++, 1));
        time.run_for(seconds{1});
    }
    EXPECT_LE(sent, 16U) << "each byte prolongs nothing";
    EXPECT_EQ(loris.receive().status, 408);
    EXPECT_EQ(loris.receive_all(), "");
    EXPECT_EQ(metrics.of("mcp_http_refused_total{deadline}"), 1);
}

TEST_F(Hostile, ABodyThatDripsIsCutAtTheDeadlineOfTheRequest) {
    serve();
    RawClient loris(*this);
    loris.send(
        "PUT /api/v1/user/profile HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer alice\r\nContent-Length: 100\r\n\r\n");
    for (int i = 0; i < 29; ++i) {
        loris.send(" ");
        time.run_for(seconds{1});
    }
    EXPECT_EQ(loris.came(), 0U);
    time.run_for(seconds{2});
    EXPECT_EQ(loris.receive().status, 408);
}

TEST_F(Hostile, AShortBodyOfARefusedRequestIsNotWaitedForLonger) {
    serve();
    RawClient loris(*this);
    loris.send("PUT /api/v1/user/profile HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\n");
    time.run_for(seconds{31});
    const HttpAnswer answer = loris.receive();
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.header("Connection"), "close");
}

TEST_F(Hostile, ARefusedClientThatGoesOnSendingIsCut) {
    serve();
    RawClient client(*this);
    client.send("PUT /api/v1/user/profile HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer alice\r\nContent-Length: "
                "999999999\r\n\r\n");
    EXPECT_EQ(client.receive().status, 413);
    const std::string flood(65536, 'x');
    int sent = 0;
    while (sent < 1000 && client.send(flood)) {
        ++sent;
    }
    EXPECT_LT(sent, 1000) << "it was not read for ever";
    time.run_for(seconds{3});
    EXPECT_EQ(server().connections(), 0U);
}

class Large : public Hostile {
protected:
    void SetUp() override {
        const domain::User alice = add_user("alice", kAliceKey);
        ports::FinishedReport finished;
        finished.report = {.report_id = "id",
                           .user_id = "alice",
                           .tenant_id = "alice",
                           .report_date = std::chrono::floor<std::chrono::days>(kMorning),
                           .generated_at = kMorning,
                           .document = std::make_shared<const std::string>("\"" + std::string(kSize, 'x') + "\"")};
        must(store.finish(finished));
    }

    static constexpr std::size_t kSize = 20'000'000; // more than both kernels' buffers take
    const std::string request_ = get_request("/api/v1/reports/daily/latest", "Authorization: Bearer alice\r\n");
};

TEST_F(Large, AnAnswerOfAnySizeComesWhole) {
    serve();
    RawClient client(*this);
    const HttpAnswer answer = client.ask(request_);
    EXPECT_EQ(answer.body.size(), kSize + 33);
    EXPECT_TRUE(answer.body.ends_with("xx\"}\n"));
    EXPECT_EQ(client.ask(get_request("/health/live")).status, 200);
}

TEST_F(Large, AClientThatNeverReadsIsCut) {
    serve();
    RawClient client(*this);
    client.shrink_receiving();
    client.send(request_);
    const seconds allowed = seconds{30} + seconds{kSize / (32 * 1024)};
    time.run_for(allowed - seconds{2});
    EXPECT_EQ(server().connections(), 1U);
    time.run_for(seconds{4});
    EXPECT_EQ(server().connections(), 0U);
}

TEST_F(Large, AClientThatPipelinesAndNeverReadsIsCutWithoutPilingUp) {
    settings.deadlines.write = seconds{5};
    serve();
    RawClient client(*this);
    client.shrink_receiving();
    const int before = store.calls;
    for (int i = 0; i < 50; ++i) {
        client.send(request_);
    }
    EXPECT_EQ(store.calls - before, 1) << "the second request is not looked at before the first one is answered";
    time.run_for(seconds{700});
    EXPECT_EQ(server().connections(), 0U);
}

TEST_F(Large, ASlowButSteadyReaderGetsAll) {
    serve();
    RawClient client(*this);
    client.send(request_);
    for (int i = 0; i < 30; ++i) {
        client.receive_some(500'000);
        time.run_for(seconds{5});
    }
    EXPECT_EQ(client.receive().body.size(), kSize + 33);
}

// ---- What there is too much of ----

TEST_F(Hostile, ConnectionsBeyondTheLimitAreToldSoAndClosed) {
    settings.max_connections = 3;
    serve();
    std::vector<std::unique_ptr<RawClient>> clients;
    clients.reserve(300);
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<RawClient>(*this));
    }
    RawClient surplus(*this);
    surplus.send(get_request("/health/live"));
    const HttpAnswer answer = surplus.receive();
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.header("Retry-After"), "10");
    EXPECT_EQ(answer.header("X-Request-ID").size(), 16U);
    EXPECT_EQ(surplus.receive_all(), "");
    EXPECT_EQ(server().connections(), 3U);
    EXPECT_EQ(clients[0]->ask(get_request("/health/live")).status, 200) << "those inside notice nothing";
    clients.pop_back();
    expect_alive();
}

TEST_F(Hostile, AFloodOfConnectionsIsBounded) {
    settings.max_connections = 10;
    serve();
    std::vector<std::unique_ptr<RawClient>> clients;
    clients.reserve(300);
    for (int i = 0; i < 300; ++i) {
        clients.push_back(std::make_unique<RawClient>(*this));
    }
    EXPECT_EQ(server().connections(), 10U);
    EXPECT_EQ(metrics.of("mcp_http_refused_total{connections}"), 290);
    clients.clear();
    EXPECT_EQ(server().connections(), 0U);
    time.run_for(seconds{3});
    expect_alive();
}

TEST_F(Hostile, RunningOutOfFilesIsSurvived) {
    serve();
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    RawClient first(*this);
    {
        // Two more files: one for the client, none for the server.
        const int next = ::dup(0);
        ::close(next);
        const rlimit tight{static_cast<rlim_t>(next) + 1, before.rlim_max};
        ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &tight), 0);
        RawClient unlucky(*this);
        time.run_for(seconds{1});
        EXPECT_EQ(log.count("ERROR http cannot accept connections"), 1) << "told once, not for each try";
        EXPECT_EQ(first.ask(get_request("/health/live")).status, 200);
        ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
        time.run_for(seconds{1});
        EXPECT_EQ(unlucky.ask(get_request("/health/live")).status, 200);
    }
}

// ---- What hangs inside ----

TEST_F(Hostile, AHandlerThatHangsIsAnsweredForAtTheDeadline) {
    auto slow = [this](std::string_view, const std::string&) -> Task<std::optional<Error>> { return wait_a_minute(); };
    ShakyStore shaky(store, slow);
    serve(&shaky);
    RawClient client(*this);
    client.send(get_request("/api/v1/user/profile", "Authorization: Bearer alice\r\nX-Request-ID: r1\r\n"));
    time.run_for(seconds{29});
    EXPECT_EQ(client.came(), 0U);
    time.run_for(seconds{2});
    const HttpAnswer answer = client.receive();
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.header("Retry-After"), "10");
    EXPECT_EQ(answer.header("X-Request-ID"), "r1");
    EXPECT_EQ(client.receive_all(), "");
    EXPECT_EQ(log.count("ERROR http GET /api/v1/user/profile took longer than it may (request r1)"), 1);
    EXPECT_EQ(server().connections(), 1U) << "what it holds is held until it comes back";
    time.run_for(seconds{60});
    EXPECT_EQ(server().connections(), 0U);
}

TEST_F(Hostile, AClientThatLeavesWhileItsHandlerWorksHarmsNobody) {
    auto slow = [this](std::string_view, const std::string&) -> Task<std::optional<Error>> { return wait_a_minute(); };
    ShakyStore shaky(store, slow);
    settings.deadlines.request = seconds{120};
    serve(&shaky);
    {
        RawClient client(*this);
        client.send(get_request("/api/v1/user/profile", "Authorization: Bearer alice\r\n"));
    }
    time.run_for(seconds{70});
    EXPECT_EQ(server().connections(), 0U);
    expect_alive();
}

// ---- Anything ----

TEST_F(Hostile, RequestsWithRandomFaultsAreAnsweredOrClosed) {
    serve();
    std::mt19937 random(7); // NOLINT: the same faults every time
    const std::vector<std::string> seeds = {
        put_request(R"({"language": "fr"})"), post_chunks("2\r\n{}\r\n0\r\n\r\n"),
        get_request("/api/v1/reports/daily/history?days=7&page=1", "Authorization: Bearer alice\r\n")};
    for (int round = 0; round < 600; ++round) {
        std::string bytes = seeds[static_cast<std::size_t>(round) % seeds.size()];
        for (unsigned faults = 1 + random() % 4; faults > 0; --faults) {
            const std::size_t place = random() % bytes.size();
            switch (random() % 3) {
            case 0:
                bytes[place] = static_cast<char>(random());
                break;
            case 1:
                bytes.erase(place, 1 + random() % 5);
                break;
            default:
                bytes.insert(place, 1, static_cast<char>(random()));
            }
            bytes += bytes.empty() ? "x" : "";
        }
        RawClient client(*this);
        client.send(bytes);
        client.shut_down_sending();
        const std::string answer = client.receive_all();
        EXPECT_TRUE(answer.empty() || answer.starts_with("HTTP/1.1 ")) << bytes;
        EXPECT_FALSE(answer.starts_with("HTTP/1.1 5")) << bytes;
    }
    time.run_for(seconds{3});
    EXPECT_EQ(server().connections(), 0U);
    expect_alive();
}

} // namespace
} // namespace mcp::test
