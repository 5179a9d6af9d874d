#include "adapters/nodes/cln_refusals.hpp"

#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

TEST(ClnRefusalsTest, TheWordsOfAllVersionsAreToldApart) {
    const std::vector<std::tuple<int, std::string, ClnRefusal>> answers = {
        {403, R"({"code":1501,"message":"Not authorized: Missing rune","data":null})", ClnRefusal::no_rune},
        {401, R"({"error":{"code":403,"message":"Not authorized: Missing rune"}})", ClnRefusal::no_rune},
        {401, R"({"code":1501,"message":"Not authorized: Not derived from master"})", ClnRefusal::not_authorized},
        {401, R"({"code":1501,"message":"Not authorized: Blacklisted rune"})", ClnRefusal::not_authorized},
        {401, R"({"code":-32602,"message":"rune: should be base64 string"})", ClnRefusal::not_authorized},
        {401, R"({"code":1502,"message":"Not permitted: method is not equal to getinfo"})", ClnRefusal::not_permitted},
        {401, R"({"error":{"code":1502,"message":"Not permitted: method is equal to getinfo"}})",
         ClnRefusal::not_permitted},
        {401, R"({"code":1502,"message":"Not permitted: too soon"})", ClnRefusal::too_soon},
        {401, R"({"code":1502,"message":"Not permitted: Rate of 60 per minute exceeded"})", ClnRefusal::too_soon},
        {401, R"({"code":1502,"message":"Not permitted: time is greater or equal to 1700000000"})",
         ClnRefusal::expired},
        {404, R"({"code":-32601,"message":"Unknown command 'bkpr-listincome'"})", ClnRefusal::no_method},
        {500, R"({"error":{"code":-32601,"message":"Unknown command 'x'"}})", ClnRefusal::no_method},
        {500, R"({"code":-32602,"message":"unknown parameter: index, this may be caused by..."})",
         ClnRefusal::wrong_parameters},
        {500, R"({"code":-4,"message":"Plugin terminated before replying to RPC call."})", ClnRefusal::failed},
        {404, "Not Found", ClnRefusal::not_cln},
        {404, R"({"detail":"no such page"})", ClnRefusal::not_cln},
        {405, "Method Not Allowed", ClnRefusal::not_cln},
        {502, "<html>Bad Gateway</html>", ClnRefusal::not_cln},
        {500, "", ClnRefusal::not_cln},
    };
    for (const auto& [status, body, why] : answers) {
        const ports::HttpResponse answer{.status = status, .headers = {}, .body = body};
        EXPECT_EQ(read_cln_refusal(answer).why, why) << status << " " << body;
    }
}

TEST(ClnRefusalsTest, ItsOwnWordsAreKept) {
    const auto said = [](const std::string& body) {
        return read_cln_refusal({.status = 401, .headers = {}, .body = body}).said;
    };
    EXPECT_EQ(said(R"({"code":1502,"message":"Not permitted: too soon"})"), "Not permitted: too soon");
    EXPECT_EQ(said(R"({"error":{"code":1502,"message":"Not permitted: too soon"}})"), "Not permitted: too soon");
    EXPECT_EQ(said("{\"code\":1,\"message\":\"a\\u001b[31mb\\nc\"}"), "a[31mbc") << "no control characters";
    EXPECT_LT(said("{\"code\":1,\"message\":\"" + std::string(5000, 'x') + "\"}").size(), 300U);
}

} // namespace
} // namespace mcp::adapters
