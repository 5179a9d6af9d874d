#include "adapters/security/rune_examination.hpp"

#include "adapters/security/credentials.hpp"
#include "adapters/security/credentials_bytes.hpp"
#include "domain/credential_commands.hpp"
#include "domain/own_node.hpp"
#include "language/language.hpp"
#include "tests/support/baked_macaroon.hpp"
#include "tests/support/made_rune.hpp"

#include <gmock/gmock.h>

namespace mcp::adapters {
namespace {

using language::Language;
using ports::CredentialFacts;
using test::made_rune;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr Time kNow{std::chrono::seconds{1'790'000'000}};
constexpr const char* kStock = "method^list|method^get|method=summary&method/listdatastore";

Result<CredentialFacts> examine(const std::string& given) {
    return NodeCredentials().examine(domain::NodeKind::cln, given, kNow);
}

std::string advice_of(const std::string& restrictions) {
    const Result<CredentialFacts> facts = examine(made_rune(restrictions));
    std::string text = facts ? "" : "refused: " + language::render(facts.error(), Language::en);
    for (const Message& advice : facts ? facts->advice : std::vector<Message>{}) {
        text += language::render(advice, Language::en) + "\n";
        EXPECT_FALSE(language::render(advice, Language::fr).empty());
    }
    return text;
}

TEST(ExamineRune, WhatTheAdvisedCommandMakesIsTakenAndNothingIsMissing) {
    const std::string restrictions = test::restrictions_of_command(domain::kCreateRune);
    EXPECT_EQ(restrictions, "method^list|method=getinfo|method=summary|method^bkpr-list|method=bkpr-channelsapy&"
                            "method/listdatastore&rate=60");
    EXPECT_EQ(advice_of(restrictions + "&time<1800000000"), "");
    EXPECT_THAT(advice_of(restrictions), HasSubstr(R"(never expires; ["time<1821536000"])")); // in a year
}

TEST(ExamineRune, ItIsSentAsItIsAndItsRestrictionsAreToldReadably) {
    const std::string text = made_rune(std::string(kStock) + "&rate=90");
    const Result<CredentialFacts> facts = examine(" " + text.substr(0, 40) + "\r\n" + text.substr(40) + "\n");
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->secret, text);
    EXPECT_EQ(facts->expires_at, std::nullopt);
    EXPECT_THAT(facts->rights, ElementsAre("method^list|method^get|method=summary", "method/listdatastore", "rate=90"));
}

TEST(ExamineRune, TheStockReadonlyIsTakenWithAdvice) {
    const std::string advice = advice_of(kStock);
    EXPECT_THAT(advice, HasSubstr("does not allow bkpr-listincome; the report will lack: on-chain costs"));
    EXPECT_THAT(advice, HasSubstr("allows getsharedsecret"));
    EXPECT_THAT(advice, HasSubstr(std::string(domain::kCreateRune)));
}

TEST(ExamineRune, AnUnrestrictedOneIsRefusedWithTheExactCommandInBothLanguages) {
    for (const std::string& text : {made_rune(""), made_rune("for the monitor#"), made_rune("", "")}) {
        const Result<CredentialFacts> facts = examine(text);
        ASSERT_FALSE(facts);
        EXPECT_EQ(facts.error().kind, ErrorKind::forbidden);
        EXPECT_EQ(facts.error().what.key, "credential.rune_unrestricted");
        for (const Language language : {Language::en, Language::fr}) {
            EXPECT_THAT(language::render(facts.error(), language), HasSubstr(std::string(domain::kCreateRune)));
        }
    }
}

TEST(ExamineRune, OneThatCouldDoMoreThanReadIsRefusedWithItsRestrictions) {
    const Result<CredentialFacts> facts = examine(made_rune("method^list|method=pay&rate=60"));
    ASSERT_FALSE(facts);
    EXPECT_EQ(facts.error().kind, ErrorKind::forbidden);
    const std::string text = language::render(facts.error(), Language::en);
    EXPECT_THAT(text, HasSubstr("not restricted to reading: method^list|method=pay&rate=60. "));
    EXPECT_THAT(text, HasSubstr(std::string(domain::kCreateRune)));
}

TEST(ExamineRune, TheEarliestEndOfAllRestrictionsCounts) {
    const auto end = [](const std::string& more) {
        const Result<CredentialFacts> facts = examine(made_rune("method^list&" + more));
        return facts ? facts->expires_at : Time{};
    };
    EXPECT_EQ(end("time<1800000000"), Time{std::chrono::seconds{1'800'000'000}});
    EXPECT_EQ(end("time<1800000000&time<1795000000"), Time{std::chrono::seconds{1'795'000'000}});
    EXPECT_EQ(end("time<1700000000|time<1795000000"), Time{std::chrono::seconds{1'795'000'000}}); // the last of them
    EXPECT_EQ(end("time<1795000000|time<1700000000"), Time{std::chrono::seconds{1'795'000'000}});
    EXPECT_EQ(end("time<1800000000|pnum=0"), std::nullopt);
    EXPECT_EQ(end("time>1700000000"), std::nullopt);
    EXPECT_EQ(end("time<soon"), std::nullopt);
    EXPECT_EQ(end("time<99999999999999999999"), std::nullopt);
    EXPECT_EQ(end("time<7258118399"), domain::kNeverExpires - std::chrono::seconds{1});
    EXPECT_EQ(end("time<7258118400"), std::nullopt) << "of the year 2200";
    EXPECT_EQ(end("time<9999999999"), std::nullopt);
    EXPECT_EQ(end("time<9999999999&time<1800000000"), Time{std::chrono::seconds{1'800'000'000}});
    EXPECT_THAT(advice_of("method^list&time<9999999999"), HasSubstr("never expires"));
}

TEST(ExamineRune, OneThatHasExpiredIsRefusedFromThatSecondOn) {
    EXPECT_TRUE(examine(made_rune("method^list&time<1790000001")));
    for (const std::string end : {"1790000000", "1500000000", "-5"}) {
        const Result<CredentialFacts> facts = examine(made_rune("method^list&time<" + end));
        ASSERT_FALSE(facts) << end;
        EXPECT_EQ(facts.error().kind, ErrorKind::forbidden);
        EXPECT_EQ(facts.error().what.key, "credential.rune_expired");
        EXPECT_FALSE(language::render(facts.error(), Language::fr).empty());
    }
}

TEST(ExamineRune, OtherConditionsAreTold) {
    const std::string advice = advice_of("method^list&id^0381&pnum<2|pnameid^03&rate=2&time>1");
    for (const char* condition : {"'id^0381'", "'pnum<2|pnameid^03'", "'rate=2'", "'time>1'"}) {
        EXPECT_THAT(advice, HasSubstr(condition));
    }
    EXPECT_THAT(advice_of("method^list&rate=60"), Not(HasSubstr("'rate")));
    EXPECT_THAT(advice_of("method^list&a comment#"), Not(HasSubstr("comment")));
}

TEST(ExamineRune, WhatIsNoneIsInvalidAndSaysWhy) {
    const auto fault = [](const std::string& given) -> std::string {
        const Result<CredentialFacts> facts = examine(given);
        EXPECT_TRUE(facts || facts.error().kind == ErrorKind::invalid_input);
        return facts ? "" : std::string(facts.error().what.key);
    };
    EXPECT_EQ(fault(""), "credential.empty");
    EXPECT_EQ(fault("\n"), "credential.empty");
    EXPECT_EQ(fault("no rune"), "credential.no_rune");
    EXPECT_EQ(fault(std::string(9000, 'a')), "credential.too_long");
    EXPECT_EQ(fault(to_hex(test::baked_macaroon({{"info", {"read"}}}))), "credential.is_macaroon");
    EXPECT_EQ(fault(test::baked_macaroon({{"offchain", {"write"}}})), "credential.is_macaroon");
}

TEST(ExamineRune, TheSecretIsInNoMessage) {
    const std::string text = made_rune("method=pay");
    const Result<CredentialFacts> facts = examine(text);
    ASSERT_FALSE(facts);
    EXPECT_THAT(language::render(facts.error(), Language::en), Not(HasSubstr(text.substr(0, 16))));
}

} // namespace
} // namespace mcp::adapters
