#include "adapters/http/curl_client.hpp"
#include "adapters/system/asio_timer.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/task_runner.hpp"

#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace mcp::adapters {
namespace {

using test::make_certificate;
using test::ScriptedServer;
using test::TestCertificate;

/// Never the names and dates that a check of them would like.
constexpr const char* kOtherNames = "DNS:lnd.invalid,IP:192.0.2.1";

class PinnedCertificateTest : public testing::Test {
protected:
    /// What comes of asking a server that shows `shown`, trusting `trusted`: "asked", or the key of the error.
    std::string outcome(const TestCertificate& shown, const std::string& trusted) {
        const ScriptedServer server(
            test::serving([](test::Connection& to, const test::ServedRequest& /*asked*/) { to.answer(200, "x"); }),
            shown);
        return ask(server.url(), trusted);
    }

    std::string ask(const std::string& url, const std::optional<std::string>& trusted) {
        ports::HttpRequest request;
        request.url = url;
        request.trusted_certificate = trusted;
        const Result<ports::HttpResponse> answer = runner_.run(client_.send(std::move(request)));
        return answer ? "asked" : std::string(answer.error().what.key);
    }

    AsioTimer timer_;
    test::TaskRunner runner_;
    CurlClient client_{CurlClientOptions{}, timer_};
    TestCertificate authority_ = make_certificate({.is_authority = true});
};

TEST_F(PinnedCertificateTest, TheVeryCertificateIsEnoughWhateverStandsInIt) {
    for (const test::TestCertificateOptions& options :
         {test::TestCertificateOptions{.names = kOtherNames},
          test::TestCertificateOptions{.names = kOtherNames, .valid_from = -7200, .valid_until = -3600},
          test::TestCertificateOptions{.names = kOtherNames, .valid_from = 3600, .valid_until = 7200},
          test::TestCertificateOptions{.names = kOtherNames, .is_authority = true},
          test::TestCertificateOptions{.names = kOtherNames, .issuer = &authority_}}) {
        const TestCertificate own = make_certificate(options);
        EXPECT_EQ(outcome(own, own.pem), "asked");
        EXPECT_EQ(outcome(own, make_certificate().pem + own.pem), "asked") << "one of several that are trusted";
    }
}

TEST_F(PinnedCertificateTest, AnotherOfTheSameNamesIsNot) {
    const TestCertificate own = make_certificate();
    EXPECT_EQ(outcome(make_certificate(), own.pem), "fetch.certificate_other");
    EXPECT_EQ(outcome(make_certificate({.issuer = &authority_}), own.pem), "fetch.certificate_other");
    EXPECT_EQ(outcome(make_certificate({.issuer = &own}), own.pem), "fetch.certificate_other")
        << "what is no authority vouches for nobody";
}

TEST_F(PinnedCertificateTest, OneThatAGivenAuthoritySignedIsLookedAtAsEver) {
    const auto signed_by = [&](test::TestCertificateOptions options) {
        options.issuer = &authority_;
        return make_certificate(options);
    };
    EXPECT_EQ(outcome(signed_by({}), authority_.pem), "asked");
    EXPECT_EQ(outcome(signed_by({.names = kOtherNames}), authority_.pem), "fetch.certificate_name");
    EXPECT_EQ(outcome(signed_by({.names = "DNS:127.0.0.1"}), authority_.pem), "fetch.certificate_name");
    EXPECT_EQ(outcome(signed_by({.valid_from = -7200, .valid_until = -3600}), authority_.pem),
              "fetch.certificate_expired");
    EXPECT_EQ(outcome(signed_by({.valid_from = 3600, .valid_until = 7200}), authority_.pem), "fetch.certificate_early");
    EXPECT_EQ(outcome(signed_by({}), make_certificate({.is_authority = true}).pem), "fetch.certificate_other")
        << "another authority of the same name";
}

TEST_F(PinnedCertificateTest, NamesAreComparedWithTheHostThatIsAsked) {
    const TestCertificate own = make_certificate({.names = "DNS:localhost", .issuer = &authority_});
    const ScriptedServer server(
        test::serving([](test::Connection& to, const test::ServedRequest& /*asked*/) { to.answer(200, "x"); }), own);
    const std::string port = std::to_string(server.port());
    EXPECT_EQ(ask("https://localhost:" + port + "/", authority_.pem), "asked");
    EXPECT_EQ(ask("https://LOCALHOST:" + port + "/", authority_.pem), "asked");
    EXPECT_EQ(ask("https://127.0.0.1:" + port + "/", authority_.pem), "fetch.certificate_name");
}

TEST_F(PinnedCertificateTest, TrustIsNotInheritedFromAKeptConnection) {
    const TestCertificate own = make_certificate({.names = kOtherNames});
    const ScriptedServer server(
        test::serving([](test::Connection& to, const test::ServedRequest& /*asked*/) { to.answer(200, "x"); }), own);
    EXPECT_EQ(ask(server.url(), own.pem), "asked");
    EXPECT_EQ(ask(server.url(), own.pem), "asked");
    EXPECT_EQ(server.connections(), 1) << "the same trust, the same connection";
    EXPECT_EQ(ask(server.url(), std::nullopt), "fetch.certificate_unknown");
    EXPECT_EQ(ask(server.url(), authority_.pem), "fetch.certificate_other");
    EXPECT_EQ(ask(server.url(), own.pem), "asked");
}

} // namespace
} // namespace mcp::adapters
