#include "tests/unit/api/api_world.hpp"

#include <gtest/gtest.h>
#include <set>

namespace mcp::test {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

constexpr const char* kProfile = "/api/v1/user/profile";
constexpr const char* kLive = "/health/live";

class Gate : public GateWorld, public testing::Test {
protected:
    static std::string header(const Answer& answer, std::string_view name) {
        const std::string* value = answer.response.header(name);
        return value != nullptr ? *value : "";
    }
};

TEST_F(Gate, AnErrorHasItsFixedShape) {
    const Answer answer = ask({.target = "/nothing", .request_id = "my-id.1_"});
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.json(), (json::object{{"detail", "there is nothing at this path; /docs shows what there is"},
                                           {"status_code", 404},
                                           {"timestamp", "2025-10-25T10:00:00Z"},
                                           {"request_id", "my-id.1_"}}));
    EXPECT_EQ(answer.response.content_type, "application/json");
}

TEST_F(Gate, KeepsASaneRequestIdAndMakesOneElse) {
    for (const char* id : {"a", "A-Z.0_9", "0123456789012345678901234567890123456789012345678901234567890123"}) {
        EXPECT_EQ(ask({.target = kLive, .request_id = id}).exchange.request.id, id);
    }
    for (const char* id : {"", "a b", "a\r\nSet-Cookie: x", "ü", "a/b",
                           "01234567890123456789012345678901234567890123456789012345678901234"}) {
        const std::string made = ask({.target = kLive, .request_id = id}).exchange.request.id;
        EXPECT_NE(made, id);
        EXPECT_EQ(made.size(), 16U);
    }
}

TEST_F(Gate, TakesNoIdThatPlantsInTheLogWhatScriptsLookFor) {
    for (const char* id : {"generation_duration", "x.daily_report.y", "ERROR", "my-scheduler"}) {
        EXPECT_NE(ask({.target = kLive, .request_id = id}).exchange.request.id, id);
    }
    EXPECT_EQ(log.count("generation_duration"), 0);
}

TEST_F(Gate, MakesEachIdOnce) {
    std::set<std::string> ids;
    for (int i = 0; i < 1000; ++i) {
        EXPECT_TRUE(ids.insert(ask({.target = kLive}).exchange.request.id).second);
    }
}

TEST_F(Gate, SaysWhichMethodsAPathKnows) {
    for (const char* method : {"POST", "PATCH", "TRACE", "CONNECT", "get", "x"}) {
        const Answer answer = ask({.method = method, .target = "/api/v1/reports/daily/latest", .token = "alice"});
        EXPECT_EQ(answer.status, 405) << method;
        EXPECT_EQ(header(answer, "Allow"), "GET, HEAD, OPTIONS");
    }
}

TEST_F(Gate, AnswersOptionsWithoutAToken) {
    const Answer answer = ask({.method = "OPTIONS", .target = kProfile});
    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.text, "");
    EXPECT_EQ(header(answer, "Allow"), "GET, HEAD, PUT, DELETE, OPTIONS");
    EXPECT_EQ(ask({.method = "OPTIONS", .target = "*"}).status, 204);
    EXPECT_EQ(ask({.method = "OPTIONS", .target = "/nothing"}).status, 404);
    EXPECT_EQ(ask({.method = "GET", .target = "*"}).status, 400);
}

TEST_F(Gate, KeepsOtherSitesOutUnlessTheirOriginIsConfigured) {
    const Ask preflight{
        .method = "OPTIONS", .target = kProfile, .origin = "https://app.example", .wanted_method = "PUT"};
    EXPECT_EQ(header(ask(preflight), "Access-Control-Allow-Methods"), "");
    EXPECT_EQ(ask(preflight).exchange.cors_origin, "");
    settings.cors_origins = {"https://app.example"};
    restart();
    const Answer answer = ask(preflight);
    EXPECT_EQ(header(answer, "Access-Control-Allow-Methods"), "GET, HEAD, PUT, DELETE, OPTIONS");
    EXPECT_NE(header(answer, "Access-Control-Allow-Headers").find("Authorization"), std::string::npos);
    EXPECT_EQ(answer.exchange.cors_origin, "https://app.example");
    EXPECT_EQ(ask({.target = kLive, .origin = "https://app.example"}).exchange.cors_origin, "https://app.example");
    EXPECT_EQ(ask({.target = kLive, .origin = "https://evil.example"}).exchange.cors_origin, "");
    EXPECT_EQ(ask({.target = kLive, .origin = "https://app.example.evil"}).exchange.cors_origin, "");
    settings.cors_origins = {"*"};
    restart();
    EXPECT_EQ(ask({.target = kLive, .origin = "https://any.example"}).exchange.cors_origin, "*");
    EXPECT_EQ(ask({.target = kLive}).exchange.cors_origin, "") << "no browser asks";
}

TEST_F(Gate, WithoutATokenItSaysHowToSendOne) {
    const Answer answer = get(kProfile);
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(header(answer, "WWW-Authenticate"), R"(Bearer realm="mcp-api")");
    EXPECT_NE(answer.detail().find("Authorization: Bearer TOKEN"), std::string::npos);
    for (const char* authorization :
         {"Basic YTpi", "alice", "Bearer", "Bearer\talice", "BearerX alice", " Bearer alice"}) {
        EXPECT_EQ(ask({.target = kProfile, .authorization = authorization}).status, 401) << authorization;
    }
    EXPECT_EQ(ask({.target = kProfile, .authorization = "bEARER   alice "}).status, 404) << "a token all the same";
}

TEST_F(Gate, ABadTokenIsToldApartFromNone) {
    const Answer answer = get(kProfile, "old");
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(header(answer, "WWW-Authenticate"), R"(Bearer realm="mcp-api", error="invalid_token")");
    EXPECT_EQ(ask({.target = kProfile, .authorization = "Bearer "}).status, 401);
}

TEST_F(Gate, ChecksATokenOnceAsLongAsItIsGood) {
    tokens.good_for = seconds{60};
    for (int i = 0; i < 5; ++i) {
        get(kProfile, "alice");
    }
    EXPECT_EQ(tokens.checked, 1);
    get(kProfile, "bob");
    EXPECT_EQ(tokens.checked, 2);
    time.run_for(seconds{60});
    get(kProfile, "alice");
    EXPECT_EQ(tokens.checked, 3);
    get(kProfile, "old");
    get(kProfile, "old");
    EXPECT_EQ(tokens.checked, 5) << "a bad one is not remembered";
}

TEST_F(Gate, LimitsEachUserByRequestsAMinute) {
    settings.rate_limit_per_minute = 3;
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(get(kProfile, "alice").status, 404);
    }
    const Answer answer = get(kProfile, "alice");
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(header(answer, "Retry-After"), "20");
    EXPECT_EQ(answer.detail(), "too many requests; try again in 20 seconds");
    EXPECT_EQ(get(kProfile, "bob").status, 404) << "another user of the same address";
    EXPECT_EQ(get(kProfile, "alice@acme").status, 404) << "the same name in another tenant";
    time.run_for(seconds{20});
    EXPECT_EQ(get(kProfile, "alice").status, 404);
    EXPECT_EQ(get(kProfile, "alice").status, 429);
}

TEST_F(Gate, LimitsAnAddressThatShowsNoGoodToken) {
    settings.rate_limit_per_minute = 3;
    EXPECT_EQ(get(kProfile).status, 401);
    EXPECT_EQ(get(kProfile, "old").status, 401);
    EXPECT_EQ(get("/nothing").status, 404);
    EXPECT_EQ(get(kProfile).status, 429);
    EXPECT_EQ(get("/nothing").status, 429);
    EXPECT_EQ(get("/docs").status, 429);
    const int checked = tokens.checked;
    EXPECT_EQ(get(kProfile, "old").status, 429);
    EXPECT_EQ(tokens.checked, checked) << "no signature is checked for it any more";
    EXPECT_EQ(ask({.target = kProfile, .peer = "192.0.2.2"}).status, 401) << "another address";
}

TEST_F(Gate, LetsProbesComeAtAnyRate) {
    settings.rate_limit_per_minute = 1;
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(get(kLive).status, 200);
        EXPECT_EQ(get("/health/ready").status, 200);
        EXPECT_EQ(get("/metrics").status, 200);
    }
}

TEST_F(Gate, BelievesForwardedAddressesOfItsOwnProxiesOnly) {
    settings.rate_limit_per_minute = 1;
    settings.trusted_proxies = {"10.0.0.0/8"};
    EXPECT_EQ(ask({.target = kProfile, .forwarded_for = "198.51.100.1", .peer = "10.0.0.1"}).status, 401);
    EXPECT_EQ(ask({.target = kProfile, .forwarded_for = "198.51.100.2", .peer = "10.0.0.1"}).status, 401);
    EXPECT_EQ(ask({.target = kProfile, .forwarded_for = "198.51.100.2", .peer = "10.0.0.1"}).status, 429);
    EXPECT_EQ(ask({.target = kProfile, .forwarded_for = "198.51.100.3", .peer = "192.0.2.9"}).status, 401);
    EXPECT_EQ(ask({.target = kProfile, .forwarded_for = "198.51.100.4", .peer = "192.0.2.9"}).status, 429);
}

TEST_F(Gate, DemandsJsonWhereItReadsABody) {
    const auto status = [&](const std::string& type, const std::string& encoding = "", const std::string& body = "{}") {
        return ask({.method = "PUT",
                    .target = kProfile,
                    .token = "alice",
                    .body = body,
                    .content_type = type,
                    .content_encoding = encoding})
            .status;
    };
    for (const char* type : {"application/json", "Application/JSON; charset=UTF-8",
                             "application/json;charset=\"utf-8\"", "", "application/json; x=y"}) {
        EXPECT_LT(status(type), 300) << type;
    }
    for (const char* type : {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1",
                             "multipart/form-data", "application/jsonx"}) {
        EXPECT_EQ(status(type), 415) << type;
    }
    EXPECT_EQ(status("application/json", "gzip"), 415);
    EXPECT_LT(status("application/json", "identity"), 300);
    EXPECT_LT(status("text/plain", "", ""), 300) << "what is not there has no type";
    EXPECT_EQ(ask({.method = "POST",
                   .target = "/api/v1/user/profile/daily-report/enable",
                   .token = "alice",
                   .body = "a=b",
                   .content_type = "text/plain"})
                  .status,
              400)
        << "a body that nobody reads may be anything";
}

TEST_F(Gate, HidesWhatWentWrongInsideAndLogsIt) {
    store.fault = Error{ErrorKind::unavailable, {"system.disk_full", {}}};
    const Answer answer = ask({.target = kProfile, .token = "alice", .request_id = "r1"});
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(header(answer, "Retry-After"), "10");
    EXPECT_EQ(answer.detail(), "the service cannot answer this just now; try again in 10 seconds");
    EXPECT_EQ(
        log.count("ERROR http GET /api/v1/user/profile failed: no space left; free some and try again (request r1)"),
        1);
    store.fault = Error{ErrorKind::internal, {"system.disk_full", {}}};
    const Answer internal = ask({.target = kProfile, .token = "alice", .request_id = "r2"});
    EXPECT_EQ(internal.status, 500);
    EXPECT_EQ(internal.detail(), "internal error; tell the operator of this service the id r2");
}

TEST_F(Gate, AnExceptionOfAHandlerIsAnInternalError) {
    metrics_text = []() -> std::string { throw std::runtime_error("a bug"); };
    const Answer answer = ask({.target = "/metrics", .request_id = "r3"});
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.detail(), "internal error; tell the operator of this service the id r3");
    EXPECT_EQ(log.count("ERROR http GET /metrics failed: a bug (request r3)"), 1);
}

TEST_F(Gate, EachKindOfErrorHasOneStatusAndNoneIs422) {
    const std::vector<std::pair<ErrorKind, int>> expected = {
        {ErrorKind::invalid_input, 400}, {ErrorKind::unauthenticated, 401}, {ErrorKind::forbidden, 403},
        {ErrorKind::not_found, 404},     {ErrorKind::conflict, 409},        {ErrorKind::rate_limited, 429},
        {ErrorKind::timeout, 503},       {ErrorKind::unavailable, 503},     {ErrorKind::bad_upstream, 503},
        {ErrorKind::cancelled, 503},     {ErrorKind::internal, 500}};
    for (const auto& [kind, status] : expected) {
        store.fault = Error{kind, {"system.disk_full", {}}};
        EXPECT_EQ(get("/api/v1/reports/daily/latest", "alice").status, status);
    }
}

TEST_F(Gate, CountsRequestsByRouteAndNeverByWhatWasAskedFor) {
    get("/api/v1/reports/daily/some-id", "alice");
    get("/nothing/at/all");
    get("/%ff");
    ask({.method = "BREW", .target = "/health"});
    EXPECT_EQ(metrics.of("mcp_http_requests_total{/api/v1/reports/daily/{report_id},GET,404}"), 1);
    EXPECT_EQ(metrics.of("mcp_http_requests_total{other,GET,404}"), 1);
    EXPECT_EQ(metrics.of("mcp_http_requests_total{other,GET,400}"), 1);
    EXPECT_EQ(metrics.of("mcp_http_requests_total{/health,other,405}"), 1);
    EXPECT_EQ(metrics.of("mcp_http_request_duration_seconds{/health}"), 1);
}

TEST_F(Gate, LogsOneLineForEachRequest) {
    ask({.target = "/api/v1/reports/daily/generation_duration",
         .token = "alice",
         .request_id = "r1",
         .peer = "192.0.2.7"});
    EXPECT_EQ(log.lines(),
              std::vector<std::string>{"INFO http GET /api/v1/reports/daily/{report_id} 404 in 1.0 ms, 187 bytes, from "
                                       "192.0.2.7, request r1"});
    log.clear();
    settings.access_log = false;
    get(kLive);
    EXPECT_TRUE(log.lines().empty());
}

TEST_F(Gate, NoTokenEverReachesTheLog) {
    get(kProfile, "old");
    get(kProfile, "secret-token");
    EXPECT_EQ(log.count("secret-token"), 0);
    EXPECT_EQ(log.count("Bearer"), 0);
}

class Health : public Gate {};

TEST_F(Health, IsGoodWhileAllPartsAreReady) {
    EXPECT_EQ(get("/health").json(),
              (json::object{{"status", "ok"}, {"not_ready", json::array()}, {"timestamp", "2025-10-25T10:00:00Z"}}));
    EXPECT_EQ(get("/health/ready").json(), (json::object{{"status", "ready"}, {"not_ready", json::array()}}));
    EXPECT_EQ(get("/health/live").json(), (json::object{{"status", "ok"}}));
}

TEST_F(Health, IsReadyForRequestsWithoutAPartThatTheyDoNotNeedAndNamesIt) {
    parts = {{"graph", Error{ErrorKind::unavailable, {"shelf.not_configured", {}}}}, {"store", std::nullopt}};
    not_needed = {"graph"};
    const Answer ready = get("/health/ready");
    EXPECT_EQ(ready.status, 200);
    EXPECT_EQ(ready.json(), (json::object{{"status", "ready"}, {"not_ready", json::array{"graph"}}}));
    EXPECT_EQ(get("/health").json().at("status"), "degraded");
    parts.at("store") = Error{ErrorKind::unavailable, {"system.disk_full", {}}};
    time.run_for(std::chrono::seconds{2});
    const Answer not_ready = get("/health/ready");
    EXPECT_EQ(not_ready.status, 503);
    EXPECT_EQ(not_ready.json().at("not_ready"), (json::array{"graph", "store"}));
}

TEST_F(Health, NamesWhatIsNotReady) {
    parts = {{"graph", Error{ErrorKind::unavailable, {"system.disk_full", {}}}}, {"store", std::nullopt}};
    const Answer ready = get("/health/ready");
    EXPECT_EQ(ready.status, 503);
    EXPECT_EQ(header(ready, "Retry-After"), "1");
    EXPECT_EQ(ready.json().at("not_ready"), (json::array{"graph"}));
    EXPECT_EQ(ready.detail(), "not ready: graph");
    EXPECT_EQ(ready.json().at("status_code"), 503);
    EXPECT_EQ(get("/health").status, 200);
    EXPECT_EQ(get("/health").json().at("status"), "degraded");
    EXPECT_EQ(get("/health/live").status, 200);
    EXPECT_EQ(log.count("ERROR health graph is not ready: no space left"), 1);
}

TEST_F(Health, AsksOnceASecondAndTellsChangesOnly) {
    get("/health/ready");
    get("/health");
    EXPECT_EQ(asked, 1);
    parts["store"] = Error{ErrorKind::unavailable, {"system.disk_full", {}}};
    time.run_for(seconds{1});
    EXPECT_EQ(get("/health/ready").status, 503);
    time.run_for(seconds{1});
    EXPECT_EQ(get("/health/ready").status, 503);
    parts["store"].reset();
    time.run_for(seconds{1});
    EXPECT_EQ(get("/health/ready").status, 200);
    EXPECT_EQ(asked, 4);
    EXPECT_EQ(log.count("ERROR health"), 1);
    EXPECT_EQ(log.count("INFO health store is ready again"), 1);
}

TEST_F(Gate, ServesMetricsAsPrometheusWantsThem) {
    const Answer answer = get("/metrics");
    EXPECT_EQ(answer.text, "up 1\n");
    EXPECT_EQ(answer.response.content_type, "text/plain; version=0.0.4; charset=utf-8");
}

class DocsPage : public Gate {};

TEST_F(DocsPage, ComesFromThisServerOnly) {
    const Answer page = get("/docs");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.response.content_type, "text/html; charset=utf-8");
    EXPECT_NE(page.response.content_policy.find("default-src 'none'; script-src 'self'"), std::string_view::npos);
    for (const char* path : {"/docs", "/docs.js", "/docs.css"}) {
        const std::string text = get(path).text;
        EXPECT_EQ(text.find("http://"), std::string::npos) << path;
        EXPECT_EQ(text.find("https://"), std::string::npos) << path;
        EXPECT_EQ(text.find("innerHTML"), std::string::npos) << path;
    }
    EXPECT_EQ(page.text.find(" style="), std::string::npos) << "the policy allows none";
    EXPECT_EQ(page.text.find(" onclick="), std::string::npos);
}

TEST_F(DocsPage, SpeaksTheLanguageThatIsAskedFor) {
    EXPECT_NE(get("/docs").text.find("<html lang=\"en\">"), std::string::npos);
    EXPECT_NE(ask({.target = "/docs", .accept_language = "fr"}).text.find("<html lang=\"fr\">"), std::string::npos);
    EXPECT_NE(ask({.target = "/docs?lang=en", .accept_language = "fr"}).text.find("<html lang=\"en\">"),
              std::string::npos);
    EXPECT_NE(ask({.target = "/docs?lang=auto", .accept_language = "fr"}).text.find("<html lang=\"fr\">"),
              std::string::npos);
    EXPECT_EQ(get("/docs?lang=de").status, 400);
    EXPECT_EQ(get("/openapi.json?lang=de").detail(), "lang must be one of auto, en, fr, not 'de'");
}

TEST_F(DocsPage, TheDocumentIsServedFromMemory) {
    const Answer first = get("/openapi.json");
    const Answer second = get("/openapi.json");
    EXPECT_EQ(std::get<api::Body::Shared>(first.response.body.pieces()[0]),
              std::get<api::Body::Shared>(second.response.body.pieces()[0]));
    EXPECT_EQ(first.json().at("openapi"), "3.1.0");
}

} // namespace
} // namespace mcp::test
