#include "adapters/graphs/live/cln_feed.hpp"

#include "adapters/sources/gossip_file.hpp"
#include "base/json/document.hpp"
#include "tests/support/feed_world.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>

namespace mcp::adapters {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Pair;
using testing::StartsWith;

class ClnFeedTest : public testing::Test {
protected:
    ClnFeedTest() {
        const std::string rune = world_.folder.with("rune", "  abcDEF-_= \n");
        const std::string certificate = world_.folder.with("ca.pem", "-----BEGIN CERTIFICATE-----");
        feed_ = std::make_unique<ClnFeed>(
            ClnFeedOptions{.url = "https://cln.example:3010/", .rune_file = rune, .certificate_file = certificate},
            world_.tools());
    }

    test::FeedWorld world_;
    std::unique_ptr<ClnFeed> feed_;
};

TEST_F(ClnFeedTest, WritesNodesAndChannelsOneAfterTheOther) {
    world_.will_stream(201, R"({"nodes":[]})");
    world_.will_stream(201, R"({"channels":[]})");
    ASSERT_EQ(world_.fault(world_.fetch(*feed_)), "");
    EXPECT_EQ(world_.fetched(), "{\"nodes\":[]}\n{\"channels\":[]}\n");
    EXPECT_EQ(feed_->name(), "cln_graph");
    const auto& asked = world_.http.requests();
    ASSERT_EQ(asked.size(), 2U);
    EXPECT_EQ(asked[0].url, "https://cln.example:3010/v1/listnodes");
    EXPECT_EQ(asked[1].url, "https://cln.example:3010/v1/listchannels");
    for (const ports::HttpRequest& one : asked) {
        EXPECT_EQ(one.method, "POST");
        EXPECT_EQ(one.body, "{}");
        EXPECT_THAT(one.headers, Contains(Pair("Rune", "abcDEF-_=")));
        EXPECT_THAT(one.headers, Contains(Pair("Content-Type", "application/json")));
        EXPECT_EQ(one.trusted_certificate, "-----BEGIN CERTIFICATE-----");
    }
    EXPECT_EQ(asked[1].body_bytes_max, (1ULL << 30) - std::string("{\"nodes\":[]}\n").size()) << "both together";
}

TEST_F(ClnFeedTest, TellsApartWhatItRefuses) {
    const std::vector<std::tuple<int, std::string, std::string, ErrorKind>> refusals = {
        {403, R"({"code":1501,"message":"Not authorized: Missing rune"})", "got no rune", ErrorKind::unauthenticated},
        {401, R"({"code":1502,"message":"Not permitted: too soon"})", "refuses the rune: 'Not permitted: too soon'",
         ErrorKind::unauthenticated},
        {404, R"({"code":-32601,"message":"Unknown command"})", "does not know the method", ErrorKind::bad_upstream},
        {405, "", "HTTP status 405", ErrorKind::bad_upstream},
        {500, R"({"code":-32602,"message":"bad params"})", "HTTP status 500: 'bad params'", ErrorKind::unavailable},
        {200, "<html>", "sends no graph", ErrorKind::bad_upstream},
        {301, "", "elsewhere", ErrorKind::bad_upstream},
    };
    for (const auto& [status, body, words, kind] : refusals) {
        world_.will_stream(status, body);
        const Result<void> fetched = world_.fetch(*feed_);
        ASSERT_FALSE(fetched) << status;
        EXPECT_EQ(fetched.error().kind, kind) << status;
        EXPECT_THAT(world_.fault(fetched), AllOf(StartsWith("POST /v1/listnodes: "), HasSubstr(words)));
    }
    world_.will_stream(201, R"({"nodes":[]})");
    world_.will_stream(401, R"({"code":1502,"message":"Not permitted: method"})");
    EXPECT_THAT(world_.fault(world_.fetch(*feed_)), StartsWith("POST /v1/listchannels: "));
}

TEST_F(ClnFeedTest, ProbesBothRightsAndNeedsNoMoreOfThem) {
    world_.will_stream(201, R"({"nodes":[]})");
    world_.will_stream(201, R"({"channels":[]})");
    world_.will_stream(201, R"({"version":"v24.08"})");
    const Result<FeedFacts> facts = world_.probe(*feed_);
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->version, "v24.08");
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_NE(world_.http.requests()[i].body, "{}") << "must not list everything";
    }
    world_.will_stream(201, R"({"nodes":[]})");
    world_.will_stream(201, R"({"channels":[]})");
    world_.will_stream(401, R"({"code":1502,"message":"Not permitted"})");
    const Result<FeedFacts> narrow = world_.probe(*feed_);
    ASSERT_TRUE(narrow) << "a rune for the two methods is enough";
    EXPECT_EQ(narrow->version, "");
    world_.will_stream(201, R"({"nodes":[]})");
    world_.will_stream(401, R"({"code":1502,"message":"Not permitted"})");
    EXPECT_FALSE(world_.probe(*feed_));
}

/// The answer to the question with empty parameters, of the recorded examples.
std::string recorded_answer(const std::string& name) {
    std::ifstream file(test::recorded_answers() / "cln-node" / name, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const Result<json::Document> examples = json::Document::parse(text);
    const std::vector<json::Cursor> all = *examples->root().items();
    for (const json::Cursor& example : all) {
        if (example.at("request").at("params").names().empty()) {
            return example.at("response").text();
        }
    }
    return "";
}

TEST_F(ClnFeedTest, FetchesAGraphThatARealNodeGave) {
    if (test::recorded_answers().empty()) {
        GTEST_SKIP() << "no recorded answers beside the project";
    }
    const std::string nodes = recorded_answer("listnodes.examples.json");
    const std::string channels = recorded_answer("listchannels.examples.json");
    ASSERT_NE(nodes, "");
    ASSERT_NE(channels, "");
    world_.will_stream(201, nodes);
    world_.will_stream(201, channels);
    ASSERT_EQ(world_.fault(world_.fetch(*feed_)), "");
    EXPECT_EQ(world_.fetched(), nodes + "\n" + channels + "\n");
    const Result<LoadedGraph> loaded = load_graph(world_.folder.path("incoming/graph"));
    ASSERT_TRUE(loaded) << world_.fault(loaded);
    EXPECT_GT(loaded->network.channels.size(), 0U);
}

} // namespace
} // namespace mcp::adapters
