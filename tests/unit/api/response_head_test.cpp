#include "api/response_head.hpp"

#include <gtest/gtest.h>

namespace mcp::api {
namespace {

std::string head_of(const Response& response, const Exchange& exchange, bool keep_alive = true) {
    std::string out;
    append_head(out, response, exchange, keep_alive, "Sat, 25 Oct 2025 10:00:00 GMT");
    return out;
}

TEST(ResponseHead, SaysAllThatEveryAnswerSays) {
    Exchange exchange;
    exchange.request.id = "r1";
    Response response;
    response.body.add_literal("{\"a\":");
    response.body.add(std::string("1}"));
    EXPECT_EQ(head_of(response, exchange), "HTTP/1.1 200 OK\r\n"
                                           "Date: Sat, 25 Oct 2025 10:00:00 GMT\r\n"
                                           "Content-Type: application/json\r\n"
                                           "Content-Length: 7\r\n"
                                           "X-Request-ID: r1\r\n"
                                           "X-Content-Type-Options: nosniff\r\n"
                                           "X-Frame-Options: DENY\r\n"
                                           "Referrer-Policy: no-referrer\r\n"
                                           "Cross-Origin-Resource-Policy: same-origin\r\n"
                                           "Cache-Control: no-store\r\n"
                                           "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
                                           "Connection: keep-alive\r\n\r\n");
}

TEST(ResponseHead, AnAnswerWithoutBodyHasNoLength) {
    Response response;
    response.status = 204;
    response.headers.push_back({"Allow", "GET"});
    const std::string head = head_of(response, {}, false);
    EXPECT_EQ(head.find("\r\nContent-"), head.find("\r\nContent-Security-Policy"));
    EXPECT_NE(head.find("\r\nAllow: GET\r\n"), std::string::npos);
    EXPECT_TRUE(head.ends_with("Connection: close\r\n\r\n"));
}

TEST(ResponseHead, OpensItselfToAnAllowedOriginOnly) {
    Exchange exchange;
    EXPECT_EQ(head_of({}, exchange).find("Access-Control"), std::string::npos);
    exchange.cors_origin = "https://app.example";
    const std::string head = head_of({}, exchange);
    EXPECT_NE(head.find("\r\nAccess-Control-Allow-Origin: https://app.example\r\n"), std::string::npos);
    EXPECT_NE(head.find("\r\nVary: Origin\r\n"), std::string::npos);
}

TEST(DateText, IsWrittenAsHttpWants) {
    DateText date;
    EXPECT_EQ(date.at(Time{std::chrono::seconds{0}}), "Thu, 01 Jan 1970 00:00:00 GMT");
    EXPECT_EQ(date.at(Time{std::chrono::seconds{1'761'386'405}}), "Sat, 25 Oct 2025 10:00:05 GMT");
    EXPECT_EQ(date.at(Time{std::chrono::seconds{1'761'386'405}}), "Sat, 25 Oct 2025 10:00:05 GMT");
}

} // namespace
} // namespace mcp::api
