#include "adapters/security/rune.hpp"

#include "adapters/security/base64url.hpp"
#include "adapters/security/rune_methods.hpp"
#include "tests/support/cln_methods.hpp"
#include "tests/support/made_rune.hpp"

#include <algorithm>
#include <cstring>
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace mcp::adapters {
namespace {

using test::made_rune;
using testing::ElementsAre;
using testing::IsEmpty;

/// Restrictions, their alternatives parted by " or ".
std::vector<std::string> restrictions_of(const std::string& text) {
    const Result<Rune> rune = parse_rune(text);
    if (!rune) {
        return {"refused"};
    }
    std::vector<std::string> restrictions;
    for (const RuneRestriction& alternatives : rune->restrictions) {
        std::string told;
        for (const RuneCondition& condition : alternatives) {
            told += (told.empty() ? "" : " or ") + condition.text();
        }
        restrictions.push_back(told);
    }
    return restrictions;
}

Rune rune_of(const std::string& restrictions) {
    return parse_rune(made_rune(restrictions)).value();
}

bool only_reads(const std::string& restrictions) {
    return adapters::only_reads(rune_of(restrictions));
}

TEST(Rune, TellsItsRestrictions) {
    EXPECT_THAT(restrictions_of(made_rune("method^list|method^get|method=summary&rate=60")),
                ElementsAre("method^list or method^get or method=summary", "rate=60"));
}

// Recorded from Core Lightning's own tests (createrune).
TEST(Rune, ThoseOfCoreLightningItselfAreRead) {
    EXPECT_THAT(restrictions_of("7cKJyALVY0_LLVV-AB9oetXjipOdyt0EhOuYrSS42fM9MA=="), IsEmpty());
    EXPECT_THAT(
        restrictions_of("0VIVf0M4jMlGNIwNM3sTpBextINe4_VBGZnBMM82kR49MCZtZXRob2RebGlzdHxtZXRob2ReZ2V0fG1ldGhvZD1"
                        "zdW1tYXJ5Jm1ldGhvZC9saXN0ZGF0YXN0b3Jl"),
        ElementsAre("method^list or method^get or method=summary", "method/listdatastore"));
    EXPECT_THAT(
        restrictions_of("a0noy2CAu8-s2xSgJuBW09hqB_YsqLkwIDy5qkftGMk9MiZtZXRob2Q9cGF5JnBuYW1lYW1vdW50bXNhdDwxMDA"
                        "wMA=="),
        ElementsAre("method=pay", "pnameamountmsat<10000"));
    EXPECT_THAT(
        restrictions_of("tU-RLjMiDpY2U0o3W1oFowar36RFGpWloPbW9-RuZdo9MyZpZD0wMjRiOWExZmE4ZTAwNmYxZTM5MzdmNjVmNjZ"
                        "jNDA4ZTZkYThlMWNhNzI4ZWE0MzIyMmE3MzgxZGYxY2M0NDk2MDUmbWV0aG9kPWxpc3RwZWVycyZwbnVtPTEmcG"
                        "5hbWVpZF4wMjRiOWExZmE4ZTAwNmYxZTM5M3xwYXJyMF4wMjRiOWExZmE4ZTAwNmYxZTM5MyZ0aW1lPDE2NTY5M"
                        "jA1MzgmcmF0ZT0y"),
        ElementsAre("id=024b9a1fa8e006f1e3937f65f66c408e6da8e1ca728ea43222a7381df1cc449605", "method=listpeers",
                    "pnum=1", "pnameid^024b9a1fa8e006f1e393 or parr0^024b9a1fa8e006f1e393", "time<1656920538",
                    "rate=2"));
}

TEST(Rune, PaddingMayBeLeftOut) {
    std::string text = made_rune("method=getinfo");
    while (text.ends_with('=')) {
        text.pop_back();
    }
    EXPECT_THAT(restrictions_of(text), ElementsAre("method=getinfo"));
}

TEST(Rune, TheOtherAlphabetOfBase64IsNotTaken) {
    std::string text = "0VIVf0M4jMlGNIwNM3sTpBextINe4_VBGZnBMM82kR49MA==";
    ASSERT_THAT(restrictions_of(text), IsEmpty());
    text[text.find('_')] = '/';
    EXPECT_THAT(restrictions_of(text), ElementsAre("refused"));
}

TEST(Rune, EscapedLettersAreOfTheValue) {
    EXPECT_THAT(restrictions_of(made_rune(R"(pnamelabel=a\|b\&c\\d\e&method=pay)")),
                ElementsAre(R"(pnamelabel=a|b&c\de)", "method=pay"));
    EXPECT_THAT(restrictions_of(made_rune(R"(method=pay\)")), ElementsAre("refused"));
}

TEST(Rune, AFieldMayHaveUnderscoresAndItsTestIsTheFirstSign) {
    EXPECT_THAT(restrictions_of(made_rune("pnameamount_msat<5&id^02=^")), ElementsAre("pnameamount_msat<5", "id^02=^"));
}

TEST(Rune, ItsNumberStandsFirstAndAlone) {
    EXPECT_THAT(restrictions_of(made_rune("method=getinfo", "")), ElementsAre("method=getinfo"));
    EXPECT_THAT(restrictions_of(made_rune("method=getinfo", "=7-v1")), ElementsAre("method=getinfo"));
    EXPECT_THAT(restrictions_of(made_rune("method=getinfo&=8")), ElementsAre("refused"));
    EXPECT_THAT(restrictions_of(made_rune("method=getinfo", "=7|method=pay")), ElementsAre("refused"));
    EXPECT_THAT(restrictions_of(made_rune("method=getinfo|=8", "")), ElementsAre("refused"));
    EXPECT_THAT(restrictions_of(made_rune("method=getinfo", "^7")), ElementsAre("refused"));
}

TEST(Rune, WhatCoreLightningWouldNotReadIsRefused) {
    EXPECT_THAT(restrictions_of(made_rune("method=getinfo&")), ElementsAre("method=getinfo")); // an end after & is one
    for (const char* restrictions : {"method", "method=getinfo&rate", "method=getinfo|", "method@pay",
                                     "method=getinfo||rate=1", "|method=getinfo", "&&"}) {
        EXPECT_THAT(restrictions_of(made_rune(restrictions)), ElementsAre("refused")) << restrictions;
    }
    EXPECT_THAT(restrictions_of(""), ElementsAre("refused"));
    EXPECT_THAT(restrictions_of("not base64!"), ElementsAre("refused"));
    EXPECT_THAT(restrictions_of(base64url(std::string(31, 'c'))), ElementsAre("refused"));
    EXPECT_THAT(restrictions_of(made_rune(std::string("method=getinfo\0", 15))), ElementsAre("refused"));
    EXPECT_THAT(restrictions_of(made_rune("method=\xFF")), ElementsAre("refused"));
}

TEST(RuneMethods, WhatIsNotRestrictedByMethodDoesMoreThanRead) {
    EXPECT_FALSE(only_reads(""));
    EXPECT_FALSE(only_reads("rate=60"));
    EXPECT_FALSE(only_reads("time<1790000000&pnum=0"));
    EXPECT_FALSE(only_reads("method#only list"));
    EXPECT_FALSE(only_reads("Method=listpeers"));
    EXPECT_FALSE(only_reads("pnamemethod=listpeers"));
}

TEST(RuneMethods, EveryAlternativeMustBeOfAReadingMethod) {
    EXPECT_TRUE(only_reads("method^list|method^get|method=summary&method/listdatastore"));
    EXPECT_TRUE(only_reads("method=listpeers|method^bkpr-list|method=bkpr-channelsapy"));
    EXPECT_FALSE(only_reads("method^list|method=pay"));
    EXPECT_FALSE(only_reads("method^list|time<1790000000"));
    EXPECT_FALSE(only_reads("method^list|method#"));
    EXPECT_FALSE(only_reads("method^list|foo!"));
    EXPECT_TRUE(only_reads("rate=60&method^list|method=pay&method=getinfo")); // one such restriction is enough
}

TEST(RuneMethods, ABeginningMustBeOneThatReadingMethodsAloneHave) {
    for (const char* good : {"list", "get", "listpeer", "getinfo", "bkpr-list", "bkpr-listincome"}) {
        EXPECT_TRUE(only_reads(std::string("method^") + good)) << good;
    }
    for (const char* bad :
         {"", "l", "li", "g", "ge", "bkpr", "bkpr-", "s", "summary", "pay", "List", "decode", " list"}) {
        EXPECT_FALSE(only_reads(std::string("method^") + bad)) << bad;
    }
    EXPECT_FALSE(only_reads("method$funds"));
    EXPECT_FALSE(only_reads("method~list"));
    EXPECT_FALSE(only_reads("method{m"));
    EXPECT_FALSE(only_reads("method}list"));
    EXPECT_FALSE(only_reads("method/pay"));
    EXPECT_FALSE(only_reads("method!"));
}

TEST(RuneMethods, AMethodThatAnotherRestrictionForbidsDoesNoHarm) {
    EXPECT_TRUE(only_reads("method^list|method=pay&method/pay"));
    EXPECT_TRUE(only_reads("method^list|method=getsharedsecret&method/getsharedsecret"));
    EXPECT_FALSE(only_reads("method^list|method=pay&method/xpay"));
    EXPECT_FALSE(only_reads("method^list|method=pay&method/pay|pnum=0"));
}

TEST(RuneMethods, WhatOnlyLooksLikeReadingIsNotTaken) {
    for (const char* method :
         {"showrunes", "commando-listrunes", "bkpr-dumpincomecsv", "getsharedsecret", "checkrune"}) {
        EXPECT_FALSE(only_reads(std::string("method=") + method)) << method;
    }
}

TEST(RuneMethods, NoWritingMethodBeginsAsReadingOnesDo) {
    for (const std::string_view method : test::kClnOtherMethods) {
        EXPECT_FALSE(only_reads("method^" + std::string(method))) << method;
        EXPECT_FALSE(only_reads("method=" + std::string(method))) << method;
        EXPECT_FALSE(may_call(rune_of("method^list|method^get|method^bkpr-list"), method)) << method;
    }
}

TEST(RuneMethods, TheStockRestrictionAdmitsTheSharedSecret) {
    EXPECT_TRUE(
        may_call(rune_of("method^list|method^get|method=summary&method/listdatastore"), test::kClnSharedSecret));
    EXPECT_FALSE(may_call(rune_of("method^list|method=getinfo"), test::kClnSharedSecret));
}

// The rules of ccan/rune/rune.c once more, on texts: what a node answers for one method, when all else would pass.
bool passes_by_the_book(const std::string& alternative, const std::string& method) {
    const std::size_t at = alternative.find_first_of("!=/^$~<>{}#");
    const std::string field = alternative.substr(0, at);
    const std::string value = alternative.substr(at + 1);
    if (field != "method" || alternative[at] == '#') {
        return true;
    }
    switch (alternative[at]) {
    case '=':
        return value == method;
    case '/':
        return value != method;
    case '^':
        return method.compare(0, value.size(), value) == 0;
    case '$':
        return method.size() >= value.size() && method.substr(method.size() - value.size()) == value;
    case '~':
        return method.find(value) != std::string::npos;
    case '{':
        return std::strcmp(method.c_str(), value.c_str()) < 0;
    case '}':
        return std::strcmp(method.c_str(), value.c_str()) > 0;
    default:
        return false; // ! < >
    }
}

bool admits_by_the_book(const std::vector<std::vector<std::string>>& restrictions, const std::string& method) {
    return std::all_of(restrictions.begin(), restrictions.end(), [&](const std::vector<std::string>& alternatives) {
        return std::any_of(alternatives.begin(), alternatives.end(),
                           [&](const std::string& alternative) { return passes_by_the_book(alternative, method); });
    });
}

std::string joined(const std::vector<std::vector<std::string>>& restrictions) {
    std::string text;
    for (const std::vector<std::string>& alternatives : restrictions) {
        text += text.empty() ? "" : "&";
        for (std::size_t i = 0; i < alternatives.size(); ++i) {
            text += (i == 0 ? "" : "|") + alternatives[i];
        }
    }
    return text;
}

std::vector<std::string> all_methods() {
    std::vector<std::string> methods(test::kClnReadingMethods.begin(), test::kClnReadingMethods.end());
    methods.insert(methods.end(), test::kClnOtherMethods.begin(), test::kClnOtherMethods.end());
    methods.emplace_back(test::kClnSharedSecret);
    return methods;
}

rc::Gen<std::string> an_alternative() {
    const auto method = rc::gen::elementOf(all_methods());
    const auto part_of_method = rc::gen::map(rc::gen::pair(method, rc::gen::inRange(0, 9)), [](const auto& cut) {
        return cut.first.substr(0, static_cast<std::size_t>(cut.second));
    });
    const auto value = rc::gen::weightedOneOf<std::string>(
        {{4, method}, {2, part_of_method}, {3, rc::gen::element<std::string>("list", "get", "bkpr-list", "summary")}});
    const auto sign = rc::gen::weightedElement<char>(
        {{8, '='}, {8, '^'}, {3, '/'}, {1, '!'}, {1, '$'}, {1, '~'}, {1, '<'}, {1, '>'}, {1, '{'}, {1, '}'}, {1, '#'}});
    const auto field = rc::gen::weightedElement<std::string>({{20, "method"}, {1, "pnum"}, {1, "rate"}, {1, "foo"}});
    return rc::gen::map(rc::gen::tuple(field, sign, value),
                        [](const auto& parts) { return std::get<0>(parts) + std::get<1>(parts) + std::get<2>(parts); });
}

rc::Gen<std::vector<std::vector<std::string>>> some_restrictions() {
    using Alternatives = std::vector<std::string>;
    const auto alternatives = rc::gen::resize(4, rc::gen::nonEmpty(rc::gen::container<Alternatives>(an_alternative())));
    return rc::gen::resize(4, rc::gen::nonEmpty(rc::gen::container<std::vector<Alternatives>>(alternatives)));
}

RC_GTEST_PROP(RuneMethods, WhatARuneAdmitsIsWhatTheBookSays, ()) {
    const auto restrictions = *some_restrictions();
    const Rune rune = rune_of(joined(restrictions));
    for (const std::string& method : all_methods()) {
        RC_ASSERT(may_call(rune, method) == admits_by_the_book(restrictions, method));
    }
}

RC_GTEST_PROP(RuneMethods, OneThatIsTakenAdmitsNoWritingMethod, ()) {
    const auto restrictions = *some_restrictions();
    const bool is_taken = only_reads(joined(restrictions));
    RC_CLASSIFY(is_taken);
    for (const std::string_view method : test::kClnOtherMethods) {
        const bool is_harmless = !is_taken || !admits_by_the_book(restrictions, std::string(method));
        RC_ASSERT(is_harmless);
    }
}

} // namespace
} // namespace mcp::adapters
