#include "adapters/http/curl_client.hpp"

#include "adapters/system/asio_timer.hpp"
#include "language/language.hpp"
#include "tests/support/packed.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/task_runner.hpp"

#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace mcp::adapters {
namespace {

using namespace std::chrono_literals;
using ports::HttpRequest;
using ports::HttpResponse;
using test::Connection;
using test::make_certificate;
using test::ScriptedServer;
using test::ServedRequest;
using test::serving;

class CurlClientTest : public testing::Test {
protected:
    Result<HttpResponse> send(HttpRequest request) { return runner_.run(client_->send(std::move(request))); }
    Result<HttpResponse> get(const std::string& url) { return send(request_to(url)); }

    /// The key of the error's message, and its kind in `kind_`.
    std::string error_of(HttpRequest request) {
        const Result<HttpResponse> answer = send(std::move(request));
        if (answer) {
            return "none: status " + std::to_string(answer->status);
        }
        kind_ = answer.error().kind;
        EXPECT_THAT(
            language::render(answer.error(), language::Language::en),
            testing::AllOf(testing::Not(testing::HasSubstr("127.0.0.1")), testing::Not(testing::HasSubstr("secret"))));
        return std::string(answer.error().what.key);
    }

    static HttpRequest request_to(const std::string& url) {
        HttpRequest request;
        request.url = url;
        request.connect_time_max = 10s;
        request.time_max = 20s;
        return request;
    }

    void make_client(CurlClientOptions options) { client_ = std::make_unique<CurlClient>(std::move(options), timer_); }

    AsioTimer timer_;
    test::TaskRunner runner_;
    std::unique_ptr<CurlClient> client_ = std::make_unique<CurlClient>(CurlClientOptions{}, timer_);
    std::optional<ErrorKind> kind_;
};

TEST_F(CurlClientTest, BringsStatusHeadersAndBodyOfAnyAnswer) {
    const ScriptedServer server(serving([](Connection& to, const ServedRequest& asked) {
        to.answer(asked.target == "/good" ? 200 : 503, "body of " + asked.target,
                  "X-Mixed-CASE:  a value \r\nx-empty:\r\n");
    }));
    const Result<HttpResponse> good = get(server.url("/good"));
    ASSERT_TRUE(good);
    EXPECT_EQ(good->status, 200);
    EXPECT_EQ(good->body, "body of /good");
    EXPECT_EQ(good->header("x-mixed-case"), "a value");
    EXPECT_EQ(good->header("x-empty"), "");
    EXPECT_EQ(good->header("x-other"), std::nullopt);
    const Result<HttpResponse> bad = get(server.url("/bad"));
    ASSERT_TRUE(bad);
    EXPECT_EQ(bad->status, 503);
    EXPECT_EQ(bad->body, "body of /bad");
}

TEST_F(CurlClientTest, SaysWhoItIsAndSendsWhatItIsGiven) {
    std::vector<ServedRequest> seen;
    const ScriptedServer server(serving([&](Connection& to, const ServedRequest& asked) {
        seen.push_back(asked);
        to.answer(200, "");
    }));
    make_client({.user_agent = user_agent("1.2.3")});
    HttpRequest post = request_to(server.url("/ask?q=1"));
    post.method = "POST";
    post.headers = {{"Content-Type", "application/json"}, {"Rune", "secret"}};
    post.body = std::string(2 << 20, 'x') + '\0' + "end";
    const std::string body = post.body;
    ASSERT_TRUE(send(std::move(post)));
    ASSERT_TRUE(get(server.url("/plain")));
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0].method, "POST");
    EXPECT_EQ(seen[0].target, "/ask?q=1");
    EXPECT_EQ(seen[0].body, body);
    EXPECT_EQ(seen[0].headers["content-type"], "application/json");
    EXPECT_EQ(seen[0].headers["rune"], "secret");
    EXPECT_EQ(seen[0].headers.count("expect"), 0U);
    EXPECT_EQ(seen[1].method, "GET");
    EXPECT_EQ(seen[1].headers["user-agent"], "mcp-api/1.2.3 (+daily Lightning node reports)");
    EXPECT_EQ(seen[1].headers["accept-encoding"], "gzip");
    EXPECT_EQ(seen[1].headers.count("cookie"), 0U);
}

TEST_F(CurlClientTest, KeepsTheConnectionButNoCookie) {
    std::atomic<int> cookies{0};
    const ScriptedServer server(serving([&](Connection& to, const ServedRequest& asked) {
        cookies += static_cast<int>(asked.headers.count("cookie"));
        to.answer(200, "x", "Set-Cookie: a=b\r\n");
    }));
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(get(server.url()));
    }
    EXPECT_EQ(server.connections(), 1);
    EXPECT_EQ(cookies, 0);
}

TEST_F(CurlClientTest, AsksAnewWhenAKeptConnectionWasClosedMeanwhile) {
    const ScriptedServer server([](Connection& to) {
        if (to.request()) {
            to.answer(200, "x"); // says nothing of closing, and closes
        }
    });
    for (int i = 0; i < 3; ++i) {
        const Result<HttpResponse> answer = get(server.url());
        ASSERT_TRUE(answer) << answer.error().what.key;
    }
    EXPECT_EQ(server.connections(), 3);
}

TEST_F(CurlClientTest, UnpacksGzipAndCountsUnpackedBytes) {
    const std::string text(100'000, 'a');
    const std::string packed = test::gzipped(text);
    ASSERT_LT(packed.size(), 1000U);
    const ScriptedServer server(serving(
        [&](Connection& to, const ServedRequest& /*asked*/) { to.answer(200, packed, "Content-Encoding: gzip\r\n"); }));
    HttpRequest request = request_to(server.url());
    request.body_bytes_max = text.size();
    const Result<HttpResponse> answer = send(request);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, text);
    request.body_bytes_max = text.size() - 1;
    EXPECT_EQ(error_of(request), "fetch.too_large");
    EXPECT_EQ(kind_, ErrorKind::bad_upstream);
}

TEST_F(CurlClientTest, StopsAGzipBombEarly) {
    const std::string packed = test::gzipped(std::string(64UL << 20, '\0'));
    const ScriptedServer server(serving(
        [&](Connection& to, const ServedRequest& /*asked*/) { to.answer(200, packed, "Content-Encoding: gzip\r\n"); }));
    std::size_t got = 0;
    HttpRequest request = request_to(server.url());
    request.body_bytes_max = 1 << 20;
    request.on_body = [&](std::string_view piece) {
        got += piece.size();
        return true;
    };
    EXPECT_EQ(error_of(request), "fetch.too_large");
    EXPECT_LE(got, request.body_bytes_max);
}

TEST_F(CurlClientTest, TellsDamagedGzip) {
    const ScriptedServer server(serving([](Connection& to, const ServedRequest& /*asked*/) {
        to.answer(200, "this is not gzip at all", "Content-Encoding: gzip\r\n");
    }));
    EXPECT_EQ(error_of(request_to(server.url())), "fetch.broken_packing");
    EXPECT_EQ(kind_, ErrorKind::bad_upstream);
}

TEST_F(CurlClientTest, RefusesABodyThatIsTooLargeWhateverTheStatus) {
    const ScriptedServer server(
        serving([](Connection& to, const ServedRequest& /*asked*/) { to.answer(404, std::string(1001, 'x')); }));
    HttpRequest request = request_to(server.url());
    request.body_bytes_max = 1000;
    EXPECT_EQ(error_of(request), "fetch.too_large");
    EXPECT_EQ(kind_, ErrorKind::bad_upstream);
}

TEST_F(CurlClientTest, RefusesAFloodOfHeaders) {
    const ScriptedServer server(serving([](Connection& to, const ServedRequest& asked) {
        std::string headers;
        for (int i = 0; asked.target == "/many" && i < 129; ++i) {
            headers += "h" + std::to_string(i) + ": x\r\n";
        }
        for (int i = 0; asked.target == "/large" && i < 10; ++i) {
            headers += "h" + std::to_string(i) + ": " + std::string(8000, 'x') + "\r\n";
        }
        for (int i = 0; asked.target == "/interim" && i < 200; ++i) {
            to.write("HTTP/1.1 103 Early Hints\r\n\r\n");
        }
        to.answer(200, "x", headers);
    }));
    for (const char* target : {"/many", "/large", "/interim"}) {
        EXPECT_EQ(error_of(request_to(server.url(target))), "fetch.head_too_large") << target;
        EXPECT_EQ(kind_, ErrorKind::bad_upstream);
    }
    EXPECT_TRUE(get(server.url("/few")));
}

TEST_F(CurlClientTest, TakesFoldedHeadersAndForgetsThoseOfInterimAnswers) {
    const ScriptedServer server(serving([](Connection& to, const ServedRequest& /*asked*/) {
        to.write("HTTP/1.1 103 Early Hints\r\nearly: hint\r\n\r\n");
        to.answer(200, "x", "folded: one\r\n  two\r\n");
    }));
    const Result<HttpResponse> answer = get(server.url());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->header("folded"), "one two");
    EXPECT_EQ(answer->header("early"), std::nullopt);
}

TEST_F(CurlClientTest, EndsAtItsDeadlineWhenTheAnswerDrips) {
    const ScriptedServer server([](Connection& to) {
        if (to.request() && to.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")) {
            while (to.write("x") && !to.wait_for_end(10)) {}
        }
    });
    HttpRequest request = request_to(server.url("/secret"));
    request.time_max = 300ms;
    const Timer::Span begin = timer_.now();
    EXPECT_EQ(error_of(request), "fetch.timeout");
    EXPECT_EQ(kind_, ErrorKind::timeout);
    EXPECT_GE(timer_.now() - begin, 290ms);
    EXPECT_LT(timer_.now() - begin, 10s);
}

TEST_F(CurlClientTest, EndsAtItsDeadlineWhenNoAnswerComes) {
    const ScriptedServer server([](Connection& to) {
        to.wait_for_end();
        to.request();
        to.wait_for_end();
    });
    HttpRequest request = request_to(server.url());
    request.time_max = 200ms;
    EXPECT_EQ(error_of(request), "fetch.timeout");
    EXPECT_EQ(kind_, ErrorKind::timeout);
}

TEST_F(CurlClientTest, EndsAtTheConnectionsDeadlineWhenTlsHangs) {
    const ScriptedServer server([](Connection& to) {
        to.wait_for_end(); // its greeting
        std::ignore = to.request();
    });
    HttpRequest request = request_to("https" + server.url().substr(4));
    request.connect_time_max = 200ms;
    EXPECT_EQ(error_of(request), "fetch.connect_timeout");
    EXPECT_EQ(kind_, ErrorKind::timeout);
}

TEST_F(CurlClientTest, TellsWhoRefusesAndWhoIsNotThere) {
    int port = 0;
    {
        port = ScriptedServer([](Connection& /*to*/) {}).port();
    }
    EXPECT_EQ(error_of(request_to("http://127.0.0.1:" + std::to_string(port))), "fetch.refused");
    EXPECT_EQ(kind_, ErrorKind::unavailable);
    EXPECT_EQ(error_of(request_to("http://no-such-host.invalid/")), "fetch.no_host");
    EXPECT_EQ(kind_, ErrorKind::unavailable);
}

TEST_F(CurlClientTest, TellsAnAnswerThatIsCutOff) {
    const ScriptedServer server([](Connection& to) {
        const std::optional<ServedRequest> asked = to.request();
        if (asked && asked->target == "/body") {
            to.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        } else if (asked && asked->target == "/chunked") {
            to.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
        } else if (asked && asked->target == "/head") {
            to.write("HTTP/1.1 200 OK\r\nContent-");
        }
    });
    for (const char* target : {"/body", "/chunked", "/head", "/nothing"}) {
        EXPECT_EQ(error_of(request_to(server.url(target))), "fetch.cut_off") << target;
        EXPECT_EQ(kind_, ErrorKind::unavailable);
    }
}

TEST_F(CurlClientTest, RefusesWhatIsNoHttp) {
    const ScriptedServer server([](Connection& to) {
        const std::optional<ServedRequest> asked = to.request();
        if (asked && asked->target == "/ssh") {
            to.write("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n");
        } else if (asked && asked->target == "/bytes") {
            to.write(std::string("\x15\x03\x01\x00\x02\x02\x16", 7));
        } else if (asked) {
            to.write("HTTP/1.1 200 OK\r\nno colon here\r\nContent-Length: 0\r\n\r\n");
        }
    });
    for (const char* target : {"/ssh", "/bytes", "/header"}) {
        EXPECT_EQ(error_of(request_to(server.url(target))), "fetch.not_http") << target;
        EXPECT_EQ(kind_, ErrorKind::bad_upstream);
    }
}

TEST_F(CurlClientTest, TellsAPortThatDoesNotSpeakTls) {
    const ScriptedServer server([](Connection& to) {
        to.wait_for_end(); // its greeting
        to.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    EXPECT_EQ(error_of(request_to("https" + server.url().substr(4))), "fetch.no_tls");
    EXPECT_EQ(kind_, ErrorKind::bad_upstream);
}

TEST_F(CurlClientTest, FollowsNoRedirect) {
    std::atomic<int> asked_elsewhere{0};
    const ScriptedServer elsewhere(serving([&](Connection& to, const ServedRequest& /*asked*/) {
        ++asked_elsewhere;
        to.answer(200, "elsewhere");
    }));
    const ScriptedServer server(serving([&](Connection& to, const ServedRequest& /*asked*/) {
        to.answer(302, "moved", "Location: " + elsewhere.url() + "\r\n");
    }));
    const Result<HttpResponse> answer = get(server.url());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 302);
    EXPECT_EQ(answer->header("location"), elsewhere.url());
    EXPECT_EQ(asked_elsewhere, 0);
}

TEST_F(CurlClientTest, TrustsTheGivenCertificateAndNoOther) {
    const test::TestCertificate own = make_certificate();
    const ScriptedServer server(
        serving([](Connection& to, const ServedRequest& /*asked*/) { to.answer(200, "private"); }), own);
    HttpRequest request = request_to(server.url("/secret"));
    EXPECT_EQ(error_of(request), "fetch.certificate_unknown");
    EXPECT_EQ(kind_, ErrorKind::bad_upstream);
    request.trusted_certificate = make_certificate().pem;
    EXPECT_EQ(error_of(request), "fetch.certificate_other");
    EXPECT_EQ(kind_, ErrorKind::bad_upstream);
    request.trusted_certificate = own.pem;
    const Result<HttpResponse> answer = send(request);
    ASSERT_TRUE(answer) << answer.error().what.key;
    EXPECT_EQ(answer->body, "private");
    request.trusted_certificate = make_certificate().pem; // while a good connection is kept
    EXPECT_EQ(error_of(request), "fetch.certificate_other");
    request.trusted_certificate = "-----BEGIN NOTHING-----";
    EXPECT_EQ(error_of(request), "fetch.certificate_no_pem");
    EXPECT_EQ(kind_, ErrorKind::invalid_input);
}

TEST_F(CurlClientTest, TellsACertificateThatIsOutOfDateOrOfAnotherName) {
    const std::vector<std::pair<test::TestCertificateOptions, std::string>> cases = {
        {{.valid_from = -7200, .valid_until = -3600}, "fetch.certificate_expired"},
        {{.valid_from = 3600, .valid_until = 7200}, "fetch.certificate_early"},
        {{.names = "DNS:other.example"}, "fetch.certificate_name"}};
    const test::TestCertificate authority = make_certificate({.is_authority = true});
    for (auto [options, key] : cases) {
        options.issuer = &authority;
        const test::TestCertificate own = make_certificate(options);
        const ScriptedServer server(
            serving([](Connection& to, const ServedRequest& /*asked*/) { to.answer(200, "private"); }), own);
        HttpRequest request = request_to(server.url("/secret"));
        request.trusted_certificate = authority.pem;
        EXPECT_EQ(error_of(request), key);
        EXPECT_EQ(kind_, ErrorKind::bad_upstream);
    }
}

TEST_F(CurlClientTest, TakesNoProxyFromTheEnvironment) {
    std::atomic<int> asked_proxy{0};
    const ScriptedServer proxy(serving([&](Connection& to, const ServedRequest& /*asked*/) {
        ++asked_proxy;
        to.answer(200, "proxy");
    }));
    for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"}) {
        ::setenv(name, proxy.url().c_str(), 1);
    }
    const ScriptedServer server(
        serving([](Connection& to, const ServedRequest& /*asked*/) { to.answer(200, "server"); }));
    const Result<HttpResponse> answer = get(server.url());
    for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"}) {
        ::unsetenv(name);
    }
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "server");
    EXPECT_EQ(asked_proxy, 0);
}

TEST_F(CurlClientTest, AsksHttpUrlsOnly) {
    for (const char* url :
         {"", "127.0.0.1", "/etc/passwd", "file:///etc/passwd", "ftp://127.0.0.1/", "http://", "gopher://127.0.0.1:1/x",
          "http://a b/", "http://127.0.0.1:99999/", "http://127.0.0.1/\r\nx", "http://n\xC5\x93ud.example/",
          "http://\xEF\xBC\x91\xEF\xBC\x92.0.0.1/"}) {
        EXPECT_EQ(error_of(request_to(url)), "fetch.bad_url") << url;
        EXPECT_EQ(kind_, ErrorKind::invalid_input);
    }
    HttpRequest request = request_to("http://127.0.0.1:1/");
    request.headers = {{"Rune", "secret\r\nX-Other: 1"}};
    EXPECT_EQ(error_of(request), "fetch.bad_header");
    EXPECT_EQ(kind_, ErrorKind::invalid_input);
}

TEST_F(CurlClientTest, AsksAHundredThingsAtOnceWithinItsBounds) {
    std::atomic<int> now{0};
    std::atomic<int> most{0};
    const ScriptedServer server(serving([&](Connection& to, const ServedRequest& asked) {
        const int count = ++now;
        int before = most;
        while (count > before && !most.compare_exchange_weak(before, count)) {}
        to.wait_for_end(5);
        --now;
        to.answer(200, asked.target);
    }));
    make_client({.transfers_per_host_max = 4});
    std::vector<std::optional<Result<HttpResponse>>> answers(100);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        runner_.start(client_->send(request_to(server.url("/" + std::to_string(i)))), answers[i]);
    }
    runner_.run_all();
    for (std::size_t i = 0; i < answers.size(); ++i) {
        ASSERT_TRUE(answers[i] && *answers[i]) << i;
        EXPECT_EQ((*answers[i])->body, "/" + std::to_string(i));
    }
    EXPECT_LE(server.connections(), 4);
    EXPECT_LE(most, 4);
    EXPECT_GE(most, 2);
}

TEST_F(CurlClientTest, ABusyServerDoesNotHoldUpAnother) {
    const ScriptedServer hanging([](Connection& to) {
        to.request();
        to.wait_for_end();
    });
    const ScriptedServer server(serving([](Connection& to, const ServedRequest& /*asked*/) { to.answer(200, "x"); }));
    make_client({.transfers_per_host_max = 2});
    std::vector<std::optional<Result<HttpResponse>>> stuck(10);
    for (std::size_t i = 0; i < stuck.size(); ++i) {
        HttpRequest request = request_to(hanging.url());
        request.time_max = i < 2 ? 600ms : 300ms; // who waits has given up before a turn comes
        runner_.start(client_->send(std::move(request)), stuck[i]);
    }
    std::optional<Result<HttpResponse>> quick;
    runner_.start(client_->send(request_to(server.url())), quick);
    while (!quick) {
        runner_.context().run_one();
    }
    EXPECT_TRUE(*quick);
    EXPECT_FALSE(stuck[0]);
    runner_.run_all();
    for (const auto& one : stuck) { // those that waited for their turn too
        ASSERT_TRUE(one && !*one);
        EXPECT_EQ(one->error().kind, ErrorKind::timeout);
    }
    EXPECT_LE(hanging.connections(), 2);
}

TEST_F(CurlClientTest, RefusesWhatIsMoreThanCanWait) {
    const ScriptedServer hanging([](Connection& to) {
        to.request();
        to.wait_for_end();
    });
    make_client({.transfers_per_host_max = 1, .waiting_max = 0});
    EXPECT_EQ(error_of(request_to(hanging.url())), "fetch.too_many");
    EXPECT_EQ(kind_, ErrorKind::unavailable);
}

TEST_F(CurlClientTest, StreamsTheBodyOfAGoodAnswerOnly) {
    const std::string body(3 << 20, 'y');
    const ScriptedServer server(serving([&](Connection& to, const ServedRequest& asked) {
        const bool is_good = asked.target == "/good";
        to.answer(is_good ? 201 : 500, is_good || asked.target == "/long" ? body : "why not");
    }));
    std::string streamed;
    HttpRequest request = request_to(server.url("/good"));
    request.on_body = [&](std::string_view piece) {
        streamed += piece;
        return true;
    };
    const Result<HttpResponse> good = send(request);
    ASSERT_TRUE(good);
    EXPECT_EQ(good->status, 201);
    EXPECT_EQ(good->body, "");
    EXPECT_EQ(streamed, body);
    streamed.clear();
    request.url = server.url("/bad");
    const Result<HttpResponse> bad = send(request);
    ASSERT_TRUE(bad);
    EXPECT_EQ(bad->body, "why not");
    request.url = server.url("/long");
    const Result<HttpResponse> refusal = send(request);
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->body, body.substr(0, 64 << 10)) << "a stream's bound is none for a refusal in memory";
    EXPECT_EQ(streamed, "");
}

TEST_F(CurlClientTest, EndsTheTransferWhenTheReceiverSaysSoOrThrows) {
    const ScriptedServer server(
        serving([](Connection& to, const ServedRequest& /*asked*/) { to.answer(200, std::string(1 << 20, 'x')); }));
    int calls = 0;
    HttpRequest request = request_to(server.url());
    request.on_body = [&](std::string_view /*piece*/) {
        ++calls;
        return false;
    };
    EXPECT_EQ(error_of(request), "fetch.called_off");
    EXPECT_EQ(kind_, ErrorKind::cancelled);
    EXPECT_EQ(calls, 1);
    request.on_body = [](std::string_view /*piece*/) -> bool { throw std::runtime_error("disk"); };
    EXPECT_EQ(error_of(request), "fetch.called_off");
}

TEST_F(CurlClientTest, EndsWhatIsCancelled) {
    std::atomic<int> asked{0};
    const ScriptedServer hanging([&](Connection& to) {
        to.request();
        ++asked;
        to.wait_for_end();
    });
    boost::asio::cancellation_signal signal;
    std::optional<Result<HttpResponse>> answer;
    const auto ask = [&]() -> Task<void> {
        HttpRequest request = request_to(hanging.url());
        Result<HttpResponse> value = co_await client_->send(std::move(request));
        answer.emplace(std::move(value));
    };
    auto token = boost::asio::bind_cancellation_slot(signal.slot(), [](const std::exception_ptr& /*thrown*/) {});
    boost::asio::co_spawn(runner_.context(), ask(), token);
    runner_.context().poll();
    while (asked == 0) {
        std::this_thread::yield();
    }
    signal.emit(boost::asio::cancellation_type::terminal);
    runner_.run_all();
    ASSERT_TRUE(answer && !*answer);
    EXPECT_EQ(answer->error().kind, ErrorKind::cancelled);
    client_.reset();
    signal.emit(boost::asio::cancellation_type::terminal); // comes too late, and finds nobody
}

TEST_F(CurlClientTest, EndsAllThatGoesOnWhenItIsDestroyed) {
    const ScriptedServer hanging([](Connection& to) {
        to.request();
        to.wait_for_end();
    });
    make_client({.transfers_per_host_max = 3});
    std::vector<std::optional<Result<HttpResponse>>> answers(10);
    for (auto& one : answers) {
        runner_.start(client_->send(request_to(hanging.url())), one);
    }
    runner_.context().poll();
    while (hanging.connections() < 3) {
        std::this_thread::yield();
    }
    client_.reset();
    runner_.run_all();
    for (const auto& one : answers) {
        ASSERT_TRUE(one && !*one);
        EXPECT_EQ(one->error().kind, ErrorKind::cancelled);
    }
}

TEST_F(CurlClientTest, LetsThoseWhoWaitBeDestroyedAfterIt) {
    const ScriptedServer hanging([](Connection& to) {
        to.request();
        to.wait_for_end();
    });
    std::optional<Result<HttpResponse>> answer;
    auto own = std::make_unique<test::TaskRunner>();
    own->start(client_->send(request_to(hanging.url())), answer);
    own->context().poll();
    client_.reset();
    own.reset(); // never goes on
    EXPECT_FALSE(answer);
}

} // namespace
} // namespace mcp::adapters
