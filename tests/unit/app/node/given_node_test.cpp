#include "app/node/given_node.hpp"

#include "language/language.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>

namespace mcp::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// Knows URLs, and is never asked anything else.
class UrlReader final : public ports::NodeReader {
public:
    [[nodiscard]] Result<std::string> check_url(std::string_view url) const override {
        if (!url.starts_with("https://")) {
            return fail(ErrorKind::invalid_input, {"usage.node_url_missing", {}});
        }
        return std::string(url.substr(0, url.find_last_not_of('/') + 1));
    }
    [[nodiscard]] Task<Result<domain::OwnNode>> read(ports::NodeAccess, Day, std::vector<domain::NodeDayFlow>,
                                                     Timer::Span) override {
        throw std::logic_error("nobody asks a node here");
    }
    [[nodiscard]] Task<Result<ports::NodeTrial>> try_out(ports::NodeAccess, Timer::Span) override {
        throw std::logic_error("nobody asks a node here");
    }
    [[nodiscard]] Task<Result<void>> knock(ports::NodeAccess, Timer::Span) override {
        throw std::logic_error("nobody asks a node here");
    }
};

/// Refuses what holds "strong", and tells what it was given.
class Examiner final : public ports::Credentials {
public:
    [[nodiscard]] Result<ports::CredentialFacts> examine(domain::NodeKind kind, std::string_view given,
                                                         Time now) const override {
        asked.push_back((kind == domain::NodeKind::lnd ? "lnd " : "cln ") + std::string(given));
        if (given.find("strong") != given.npos || given.find("7374726f6e67") != given.npos) {
            return fail(ErrorKind::forbidden, {"agent.step_node", {}});
        }
        return ports::CredentialFacts{.secret = std::string(given),
                                      .expires_at = now + std::chrono::days{1},
                                      .rights = {},
                                      .advice = {{"agent.step_service", {}}}};
    }

    mutable std::vector<std::string> asked;
};

struct GivenNodeTest : testing::Test {
    std::string file(const std::string& name, const std::string& content) { return folder.with(name, content); }
    Result<GivenNode> given(const NodeOptions& options) { return given_node(options, reader, examiner, Time()); }

    test::TemporaryFolder folder;
    UrlReader reader;
    Examiner examiner;
};

TEST(NodeOptions, NameOneNodeWithOneCredentialOrNone) {
    EXPECT_FALSE(fault_of_call({}));
    EXPECT_FALSE(fault_of_call({.url = "https://a", .macaroon_file = "m", .rune_file = "", .certificate_file = ""}));
    EXPECT_FALSE(fault_of_call({.url = "https://a", .macaroon_file = "", .rune_file = "r", .certificate_file = "c"}));
    EXPECT_EQ(fault_of_call({.url = "https://a", .macaroon_file = "m", .rune_file = "r", .certificate_file = ""})->key,
              "usage.macaroon_or_rune");
    EXPECT_EQ(fault_of_call({.url = "https://a", .macaroon_file = "", .rune_file = "", .certificate_file = "c"})->key,
              "usage.macaroon_or_rune");
    for (const NodeOptions& alone :
         {NodeOptions{.url = "", .macaroon_file = "m", .rune_file = "", .certificate_file = ""},
          NodeOptions{.url = "", .macaroon_file = "", .rune_file = "r", .certificate_file = ""},
          NodeOptions{.url = "", .macaroon_file = "", .rune_file = "", .certificate_file = "c"}}) {
        EXPECT_EQ(fault_of_call(alone)->key, "usage.node_url_missing");
    }
}

TEST_F(GivenNodeTest, IsReadFromItsFiles) {
    const Result<GivenNode> lnd = given({.url = "https://node:8080/",
                                         .macaroon_file = file("m", std::string("\x02\x01\xFF", 3)),
                                         .rune_file = "",
                                         .certificate_file = file("c", "-----BEGIN CERTIFICATE-----\n")});
    ASSERT_TRUE(lnd);
    EXPECT_EQ(lnd->access.url, "https://node:8080");
    EXPECT_EQ(lnd->access.secret, "0201ff");
    EXPECT_THAT(lnd->access.certificate, HasSubstr("BEGIN CERTIFICATE"));
    EXPECT_EQ(lnd->expires_at, Time(std::chrono::days{1}));
    EXPECT_EQ(lnd->advice.size(), 1U);
    const Result<GivenNode> cln = given({.url = "https://node:3010",
                                         .macaroon_file = "",
                                         .rune_file = file("r", " a-rune=\n"),
                                         .certificate_file = ""});
    ASSERT_TRUE(cln);
    EXPECT_EQ(cln->access.kind, domain::NodeKind::cln);
    EXPECT_EQ(cln->access.secret, "a-rune=");
    EXPECT_EQ(cln->access.certificate, "");
    EXPECT_THAT(examiner.asked, ElementsAre("lnd 0201ff", "cln a-rune="));
}

TEST_F(GivenNodeTest, IsRefusedWithTheFileThatIsToBlame) {
    const std::string strong = file("strong.rune", "strong");
    const auto told = [&](const NodeOptions& options) {
        const Result<GivenNode> node = given(options);
        return node ? std::string() : language::render(node.error(), language::Language::en);
    };
    EXPECT_THAT(told({.url = "https://a", .macaroon_file = "", .rune_file = strong, .certificate_file = ""}),
                HasSubstr("strong.rune: "));
    EXPECT_THAT(told({.url = "https://a", .macaroon_file = "/nowhere/m", .rune_file = "", .certificate_file = ""}),
                HasSubstr("/nowhere/m: "));
    EXPECT_THAT(told({.url = "https://a", .macaroon_file = file("e", " \n"), .rune_file = "", .certificate_file = ""}),
                HasSubstr("/e: "));
    EXPECT_THAT(
        told({.url = "https://a", .macaroon_file = file("m", "00"), .rune_file = "", .certificate_file = "/nowhere/c"}),
        HasSubstr("/nowhere/c: "));
    EXPECT_THAT(told({.url = "ftp://a", .macaroon_file = file("m", "00"), .rune_file = "", .certificate_file = ""}),
                HasSubstr("--node-url: "));
}

} // namespace
} // namespace mcp::app
