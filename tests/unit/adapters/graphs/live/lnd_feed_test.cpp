#include "adapters/graphs/live/lnd_feed.hpp"

#include "adapters/sources/gossip_file.hpp"
#include "base/json/document.hpp"
#include "tests/support/feed_world.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <set>

namespace mcp::adapters {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing::StartsWith;

constexpr const char* kActive = R"({"state":"SERVER_ACTIVE"})";
constexpr const char* kInfo =
    R"({"version":"0.18.2-beta commit=v0.18.2","identity_pubkey":"02ab","synced_to_graph":true,"synced_to_chain":false})";
constexpr const char* kGraph = R"({"nodes":[],"edges":[]})";

class LndFeedTest : public testing::Test {
protected:
    LndFeedTest() {
        const std::string macaroon = world_.folder.with("readonly.macaroon", std::string("\x02\x01\x03lnd\xff\x00", 8));
        const std::string certificate = world_.folder.with("tls.cert", "-----BEGIN CERTIFICATE-----");
        feed_ = std::make_unique<LndFeed>(LndFeedOptions{.url = "https://lnd.example:8080/",
                                                         .macaroon_file = macaroon,
                                                         .certificate_file = certificate},
                                          world_.tools());
    }

    void will_be_ready() {
        world_.will_stream(200, kActive);
        world_.will_stream(200, kInfo);
    }
    std::string fault_when(int status, const std::string& body) {
        world_.will_stream(200, kActive);
        world_.will_stream(status, body);
        return world_.fault(world_.fetch(*feed_));
    }

    test::FeedWorld world_;
    std::unique_ptr<LndFeed> feed_;
};

TEST_F(LndFeedTest, AsksForStateInfoAndGraphAndWritesTheGraph) {
    will_be_ready();
    world_.will_stream(200, kGraph);
    ASSERT_EQ(world_.fault(world_.fetch(*feed_)), "");
    EXPECT_EQ(world_.fetched(), kGraph);
    EXPECT_EQ(feed_->name(), "lnd_graph");
    const auto& asked = world_.http.requests();
    ASSERT_EQ(asked.size(), 3U);
    EXPECT_EQ(asked[0].url, "https://lnd.example:8080/v1/state");
    EXPECT_THAT(asked[0].headers, testing::IsEmpty()) << "no macaroon before it is known that LND is there";
    EXPECT_EQ(asked[1].url, "https://lnd.example:8080/v1/getinfo");
    EXPECT_THAT(asked[1].headers, ElementsAre(Pair("Grpc-Metadata-macaroon", "0201036c6e64ff00")));
    EXPECT_EQ(asked[2].url, "https://lnd.example:8080/v1/graph");
    EXPECT_EQ(asked[2].headers, asked[1].headers);
    EXPECT_EQ(asked[2].body_bytes_max, 1ULL << 30);
    for (const ports::HttpRequest& one : asked) {
        EXPECT_EQ(one.method, "GET");
        EXPECT_EQ(one.trusted_certificate, "-----BEGIN CERTIFICATE-----");
        EXPECT_LE(one.time_max, std::chrono::minutes{1});
    }
}

TEST_F(LndFeedTest, TakesAMacaroonInHexAndSendsNoneWhenNoneIsNamed) {
    const std::string hex = world_.folder.with("hex", "0201036C6e64\n");
    for (const auto& [file, headers] : {std::pair{hex, 1U}, std::pair{std::string(), 0U}}) {
        LndFeed feed({.url = "https://lnd.example:8080", .macaroon_file = file, .certificate_file = ""},
                     world_.tools());
        will_be_ready();
        world_.will_stream(200, kGraph);
        ASSERT_TRUE(world_.probe(feed));
        const ports::HttpRequest& last = world_.http.requests().back();
        ASSERT_EQ(last.headers.size(), headers);
        EXPECT_EQ(last.trusted_certificate, std::nullopt);
        if (headers == 1) {
            EXPECT_EQ(last.headers[0].second, "0201036C6e64");
        }
    }
}

TEST_F(LndFeedTest, SaysWhichKeyCannotBeRead) {
    LndFeed feed({.url = "https://lnd.example", .macaroon_file = world_.folder.path("none"), .certificate_file = ""},
                 world_.tools());
    EXPECT_THAT(world_.fault(world_.fetch(feed)),
                AllOf(HasSubstr(world_.folder.path("none")), HasSubstr("no such file")));
    LndFeed empty(
        {.url = "https://lnd.example", .macaroon_file = world_.folder.with("empty", "\n"), .certificate_file = ""},
        world_.tools());
    EXPECT_THAT(world_.fault(world_.fetch(empty)), HasSubstr("is empty"));
    EXPECT_TRUE(world_.http.requests().empty());
}

TEST_F(LndFeedTest, ProbesWhetherTheGraphMayBeRead) {
    will_be_ready();
    world_.will_stream(500, R"({"code":2,"message":"permission denied","details":[]})");
    const Result<FeedFacts> refused = world_.probe(*feed_);
    ASSERT_FALSE(refused);
    EXPECT_THAT(language::render(refused.error(), language::Language::en), StartsWith("GET /v1/graph: "));
    will_be_ready();
    world_.will_stream(200, kGraph);
    const Result<FeedFacts> facts = world_.probe(*feed_);
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->version, "0.18.2-beta commit=v0.18.2");
    EXPECT_EQ(world_.http.requests().size(), 6U);
}

TEST_F(LndFeedTest, TellsTheStatesInWhichItCannotBeAsked) {
    const std::vector<std::pair<std::string, std::string>> states = {{"LOCKED", "lncli unlock"},
                                                                     {"NON_EXISTING", "lncli create"},
                                                                     {"WAITING_TO_START", "still starting"},
                                                                     {"UNLOCKED", "still starting"}};
    for (const auto& [state, words] : states) {
        world_.will_stream(200, R"({"state":")" + state + R"("})");
        const Result<void> fetched = world_.fetch(*feed_);
        ASSERT_FALSE(fetched) << state;
        EXPECT_EQ(fetched.error().kind, ErrorKind::unavailable);
        EXPECT_THAT(world_.fault(fetched), AllOf(StartsWith("GET /v1/state: "), HasSubstr(words)));
    }
    EXPECT_EQ(world_.http.requests().size(), states.size()) << "no macaroon was sent to it";
}

TEST_F(LndFeedTest, ShowsNoMacaroonToAnyWebServer) {
    for (const char* page : {"<html>not found</html>", R"({"error":"Not Found"})", R"({"code":404})", ""}) {
        world_.will_stream(404, page);
        EXPECT_FALSE(world_.fetch(*feed_)) << page;
    }
    for (const ports::HttpRequest& asked : world_.http.requests()) {
        EXPECT_THAT(asked.url, testing::EndsWith("/v1/state"));
        EXPECT_TRUE(asked.headers.empty());
    }
}

TEST_F(LndFeedTest, AsksAnLndThatIsTooOldToTellItsState) {
    world_.will_stream(404, R"({"code":5,"message":"Not Found"})");
    world_.will_stream(200, kInfo);
    world_.will_stream(200, kGraph);
    EXPECT_EQ(world_.fault(world_.fetch(*feed_)), "");
}

TEST_F(LndFeedTest, RefusesANodeThatDoesNotKnowTheWholeNetwork) {
    for (const char* info :
         {R"({"identity_pubkey":"02ab","synced_to_graph":false})", R"({"identity_pubkey":"02ab"})"}) {
        EXPECT_THAT(fault_when(200, info), HasSubstr("does not know the whole network yet"));
    }
    EXPECT_EQ(world_.http.awaited(), 0U);
}

TEST_F(LndFeedTest, RefusesWhatIsNoLnd) {
    for (const char* body : {"<html>a router</html>", "{}", "[]", "null", "", "{\"identity_pubkey\":7}"}) {
        EXPECT_THAT(fault_when(200, body), HasSubstr("is no LND")) << body;
        world_.will_stream(200, body);
        EXPECT_THAT(world_.fault(world_.fetch(*feed_)), HasSubstr("is no LND")) << body;
    }
    world_.will_stream(400, "Client sent an HTTP request to an HTTPS server.\n");
    EXPECT_THAT(world_.fault(world_.fetch(*feed_)), HasSubstr("begin with https://"));
    world_.will_stream(302, "");
    EXPECT_THAT(world_.fault(world_.fetch(*feed_)), HasSubstr("sends us elsewhere (HTTP status 302)"));
}

TEST_F(LndFeedTest, RefusesAnErrorPageInPlaceOfTheGraph) {
    for (const auto& [status, body, words] :
         {std::tuple{200, "  <html>sorry</html>", "sends no graph"}, std::tuple{200, "[]", "sends no graph"},
          std::tuple{502, "<html>bad gateway</html>", "HTTP status 502: '<html>bad gateway</html>'"},
          std::tuple{204, "", "sends no graph"},
          std::tuple{500, R"({"code":2,"message":"permission denied"})", "info:read"}}) {
        will_be_ready();
        world_.will_stream(status, body);
        EXPECT_THAT(world_.fault(world_.fetch(*feed_)), AllOf(StartsWith("GET /v1/graph: "), HasSubstr(words)));
    }
}

TEST_F(LndFeedTest, PassesOnWhatTheClientSaysAndHelpsWithAnExpiredCertificate) {
    world_.http.will_fail(ErrorKind::unavailable, {"fetch.refused", {}});
    EXPECT_THAT(world_.fault(world_.fetch(*feed_)), HasSubstr("the connection was refused"));
    world_.http.will_fail(ErrorKind::bad_upstream, {"fetch.certificate_expired", {}});
    EXPECT_THAT(world_.fault(world_.fetch(*feed_)), HasSubstr("restart LND"));
    will_be_ready();
    world_.http.will_fail(ErrorKind::unavailable, {"fetch.cut_off", {}});
    EXPECT_THAT(world_.fault(world_.fetch(*feed_)), HasSubstr("broke before the answer was whole"));
}

TEST_F(LndFeedTest, CutsAndCleansWhatAStrangerSays) {
    const std::string said = fault_when(418, "x\x1b[31m\n\xff" + std::string(100'000, 'y'));
    EXPECT_LT(said.size(), 400U);
    EXPECT_THAT(said, AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\n")), HasSubstr("HTTP status 418")));
}

json::Document recorded(const std::string& name) {
    std::ifstream file(test::recorded_answers() / "lnd-simnet" / name, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return std::move(*json::Document::parse(text));
}

/// What each recorded refusal of a getinfo must be told as.
const std::map<std::string, std::string> kTold = {
    {"no macaroon", "live.lnd_no_macaroon"},
    {"macaroon is not hex", "live.lnd_macaroon_damaged"},
    {"macaroon is hex, but no macaroon", "live.lnd_macaroon_damaged"},
    {"macaroon in base64", "live.lnd_macaroon_damaged"},
    {"macaroon cut short", "live.lnd_macaroon_damaged"},
    {"macaroon with a wrong signature", "live.lnd_macaroon_other"},
    {"macaroon of another node", "live.lnd_macaroon_other"},
    {"macaroon with info:read only", "live.lnd_macaroon_weak"},
    {"macaroon out of date", "live.lnd_macaroon_expired"},
    {"macaroon for another address", "live.lnd_macaroon_address"},
};

TEST_F(LndFeedTest, TellsApartWhatARealLndRefuses) {
    if (test::recorded_answers().empty()) {
        GTEST_SKIP() << "no recorded answers beside the project";
    }
    const json::Document errors = recorded("errors.json");
    std::set<std::string> seen;
    const std::vector<json::Cursor> all = *errors.root().items();
    for (const json::Cursor& error : all) {
        const auto told = kTold.find(std::string(*error.at("what").as_string()));
        if (told == kTold.end()) {
            continue;
        }
        seen.insert(told->first);
        const ports::HttpResponse answer{
            .status = static_cast<int>(*error.at("status").as_i64()), .headers = {}, .body = error.at("answer").text()};
        EXPECT_EQ(lnd_refusal(answer).what.key, told->second) << told->first;
    }
    EXPECT_EQ(seen.size(), kTold.size());
}

TEST_F(LndFeedTest, FollowsARealLndThroughARestart) {
    if (test::recorded_answers().empty()) {
        GTEST_SKIP() << "no recorded answers beside the project";
    }
    const json::Document restart = recorded("restart.json");
    std::vector<std::string> told;
    const std::vector<json::Cursor> moments = *restart.root().items();
    for (const json::Cursor& moment : moments) {
        const std::vector<json::Cursor> state = *moment.at("state").items();
        const std::vector<json::Cursor> info = *moment.at("getinfo").items();
        if (*state[0].as_i64() == 0) { // nobody listened
            continue;
        }
        const Result<std::string_view> refusal = info[1].as_string();
        std::string body = refusal ? std::string(*refusal) : info[1].text();
        if (!refusal) { // the recording left out what does not change
            body = R"({"identity_pubkey":"02ab",)" + body.substr(1);
        }
        const Result<void> good =
            read_lnd_state({.status = 200, .headers = {}, .body = std::string(*state[1].as_string())});
        const Result<FeedFacts> facts =
            read_lnd_info({.status = static_cast<int>(*info[0].as_i64()), .headers = {}, .body = body});
        told.emplace_back(!good ? good.error().what.key : !facts ? facts.error().what.key : "good");
    }
    EXPECT_THAT(told, ElementsAre("good", "good", "live.lnd_locked", "live.lnd_locked", "live.lnd_starting",
                                  "live.lnd_half_synced", "live.lnd_half_synced", "good"));
}

TEST_F(LndFeedTest, FetchesAGraphThatARealLndGave) {
    if (test::recorded_answers().empty()) {
        GTEST_SKIP() << "no recorded answers beside the project";
    }
    std::ifstream file(test::recorded_answers() / "lnd-simnet/graph.json", std::ios::binary);
    const std::string graph{std::istreambuf_iterator<char>(file), {}};
    world_.will_stream(200, kActive);
    world_.will_stream(200, recorded("getinfo.json").root().text());
    world_.will_stream(200, graph);
    ASSERT_EQ(world_.fault(world_.fetch(*feed_)), "");
    EXPECT_EQ(world_.fetched(), graph);
    const Result<LoadedGraph> loaded = load_graph(world_.folder.path("incoming/graph"));
    ASSERT_TRUE(loaded) << world_.fault(loaded);
    EXPECT_EQ(loaded->network.channels.size(), 4U);
}

} // namespace
} // namespace mcp::adapters
