#include "adapters/graphs/live/lnd_feed.hpp"
#include "adapters/http/curl_client.hpp"
#include "adapters/system/asio_timer.hpp"
#include "language/language.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/task_runner.hpp"
#include "tests/support/temporary_folder.hpp"

#include <boost/asio/thread_pool.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

// A feed, the real client and a real server, threads and all.
namespace mcp::adapters {
namespace {

using test::Connection;
using test::ServedRequest;
using testing::HasSubstr;

constexpr const char* kMacaroonHex = "0201036c6e64";

class FeedOverHttpsTest : public testing::Test {
protected:
    FeedOverHttpsTest() : graph_("{\"nodes\":[],\"edges\":[]" + std::string(5 << 20, ' ') + "}") {}
    ~FeedOverHttpsTest() override { files_.join(); }

    void answer(Connection& to, const ServedRequest& asked) {
        if (asked.target == "/v1/state") {
            to.answer(200, R"({"state":"SERVER_ACTIVE"})");
        } else if (asked.headers.count("grpc-metadata-macaroon") == 0 ||
                   asked.headers.at("grpc-metadata-macaroon") != kMacaroonHex) {
            to.answer(500, R"({"code":2,"message":"expected 1 macaroon, got 0","details":[]})");
        } else if (asked.target == "/v1/getinfo") {
            to.answer(200, R"({"identity_pubkey":"02ab","version":"0.18","synced_to_graph":true})");
        } else if (asked.target == "/v1/graph" && stops_in_the_middle_) {
            to.write("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(graph_.size()) + "\r\n\r\n" +
                     graph_.substr(0, graph_.size() / 2));
            to.close();
        } else {
            to.answer(200, graph_);
        }
    }

    std::string fetch(const std::string& certificate, const std::string& macaroon) {
        LndFeed feed({.url = server_.url(""),
                      .macaroon_file = macaroon.empty() ? "" : folder_.with("macaroon", macaroon),
                      .certificate_file = folder_.with("tls.cert", certificate)},
                     {.http = client_, .timer = timer_, .files = files_.get_executor()});
        sink_ = std::move(*GraphSink::begin(folder_.path("incoming")));
        const Result<void> fetched = runner_.run(feed.fetch(sink_, std::chrono::seconds{30}));
        return fetched ? "" : language::render(fetched.error(), language::Language::en);
    }

    std::string graph_;
    std::atomic<bool> stops_in_the_middle_{false};
    test::TemporaryFolder folder_;
    test::TestCertificate certificate_ = test::make_certificate();
    test::ScriptedServer server_{
        test::serving([this](Connection& to, const ServedRequest& asked) { answer(to, asked); }), certificate_};
    AsioTimer timer_;
    boost::asio::thread_pool files_{1};
    test::TaskRunner runner_;
    CurlClient client_{{}, timer_};
    std::shared_ptr<GraphSink> sink_;
};

TEST_F(FeedOverHttpsTest, StreamsTheGraphIntoItsFile) {
    ASSERT_EQ(fetch(certificate_.pem, kMacaroonHex), "");
    ASSERT_TRUE(sink_->commit(folder_.path("incoming/graph"), Time{}));
    EXPECT_EQ(folder_.content("incoming/graph"), graph_);
    EXPECT_EQ(server_.connections(), 1) << "one for all three questions";
}

TEST_F(FeedOverHttpsTest, TellsWhatIsWrongWithTheKeys) {
    EXPECT_THAT(fetch(test::make_certificate().pem, kMacaroonHex), HasSubstr("shows another certificate"));
    EXPECT_THAT(fetch("no PEM", kMacaroonHex), HasSubstr("is not PEM"));
    EXPECT_THAT(fetch(certificate_.pem, ""), HasSubstr("got no macaroon"));
}

TEST_F(FeedOverHttpsTest, TellsANodeThatStopsInTheMiddleAndLeavesNoFile) {
    stops_in_the_middle_ = true;
    EXPECT_THAT(fetch(certificate_.pem, kMacaroonHex), HasSubstr("GET /v1/graph: the connection broke"));
    sink_.reset();
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path("incoming")));
}

} // namespace
} // namespace mcp::adapters
