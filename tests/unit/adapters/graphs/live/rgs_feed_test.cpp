#include "adapters/graphs/live/rgs_feed.hpp"

#include "tests/support/feed_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

/// The head of a snapshot of 1700000000, and something behind it.
std::string snapshot() {
    return "LDK\x01" + std::string(32, 'c') + std::string("\x65\x53\xf1\x00", 4) + std::string(1000, 'x');
}

class RgsFeedTest : public testing::Test {
protected:
    test::FeedWorld world_;
    RgsFeed feed_{"https://rgs.example/snapshot/", world_.tools()};
};

TEST_F(RgsFeedTest, FetchesTheFullSnapshot) {
    world_.will_stream(200, snapshot());
    ASSERT_EQ(world_.fault(world_.fetch(feed_)), "");
    EXPECT_EQ(world_.fetched(), snapshot());
    EXPECT_EQ(feed_.name(), "rgs");
    ASSERT_EQ(world_.http.requests().size(), 1U);
    EXPECT_EQ(world_.http.requests()[0].url, "https://rgs.example/snapshot/0");
    EXPECT_EQ(world_.http.requests()[0].body_bytes_max, 1ULL << 30);
}

TEST_F(RgsFeedTest, RefusesWhatIsNoSnapshot) {
    for (const auto& [status, body, words] :
         {std::tuple{200, "<html>sorry", "sends no graph"}, std::tuple{200, "LDX", "sends no graph"},
          std::tuple{404, "", "HTTP status 404"}, std::tuple{503, "later", "HTTP status 503: 'later'"},
          std::tuple{302, "", "elsewhere"}}) {
        world_.will_stream(status, body);
        EXPECT_THAT(world_.fault(world_.fetch(feed_)), AllOf(StartsWith("GET /0: "), HasSubstr(words)));
        world_.will_stream(status, body);
        EXPECT_THAT(world_.fault(world_.probe(feed_)), AllOf(StartsWith("GET /0: "), HasSubstr(words)));
    }
}

TEST_F(RgsFeedTest, ProbesByTheHeadOfTheSnapshotAndTellsItsDate) {
    world_.will_stream(200, snapshot());
    const Result<FeedFacts> facts = world_.probe(feed_);
    ASSERT_TRUE(facts) << world_.fault(facts);
    EXPECT_EQ(facts->as_of, Time{std::chrono::seconds{1'700'000'000}});
    world_.will_stream(200, "LDK\x01 cut");
    EXPECT_THAT(world_.fault(world_.probe(feed_)), HasSubstr("sends no graph"));
}

} // namespace
} // namespace mcp::adapters
