#include "adapters/security/macaroon.hpp"

#include "adapters/security/macaroon_bytes.hpp"
#include "adapters/security/macaroon_rights.hpp"
#include "tests/support/baked_macaroon.hpp"

#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

using test::baked_macaroon;
using test::packet;
using test::proto_field;

const std::string kEnd(1, '\0');
const std::string kSignature = packet(6, std::string(32, 's'));
const std::string kHead = "\x02" + packet(2, "id") + kEnd;

std::string_view refusal(const std::string& bytes) {
    const Result<Macaroon> macaroon = parse_macaroon(bytes);
    return macaroon ? "" : macaroon.error().what.key;
}

std::string_view refusal_of_rights(const std::string& identifier) {
    const Result<std::vector<MacaroonRight>> rights = rights_of(identifier);
    return rights ? "" : rights.error().what.key;
}

std::string op(const std::string& bytes) {
    return "\x03" + proto_field(3, bytes);
}

TEST(Macaroon, TellsIdentifierAndCaveatsInTheirOrder) {
    const Result<Macaroon> macaroon = parse_macaroon(test::macaroon_of("the identifier", {"one", "two", ""}));
    ASSERT_TRUE(macaroon);
    EXPECT_EQ(macaroon->identifier, "the identifier");
    EXPECT_EQ(macaroon->caveats, (std::vector<std::string>{"one", "two", ""}));
}

TEST(Macaroon, NeedsNoLocation) {
    EXPECT_EQ(refusal(kHead + kEnd + kSignature), "");
}

TEST(Macaroon, EveryBeginningOfOneIsRefused) {
    const std::string whole = baked_macaroon({{"info", {"read"}}}, {"time-before 2027-01-01T00:00:00Z"});
    ASSERT_EQ(refusal(whole), "");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_NE(refusal(whole.substr(0, size)), "") << size;
    }
    EXPECT_EQ(refusal(whole + '\0'), "credential.macaroon_damaged");
}

TEST(Macaroon, PacketsStandInTheirOrder) {
    EXPECT_EQ(refusal("\x02" + packet(2, "id") + packet(1, "lnd") + kEnd + kEnd + kSignature),
              "credential.macaroon_damaged");
    EXPECT_EQ(refusal("\x02" + packet(2, "id") + packet(2, "id") + kEnd + kEnd + kSignature),
              "credential.macaroon_damaged");
    EXPECT_EQ(refusal("\x02" + packet(1, "lnd") + kEnd + kEnd + kSignature), "credential.macaroon_damaged");
    EXPECT_EQ(refusal("\x02" + packet(2, "id") + packet(3, "?") + kEnd + kEnd + kSignature),
              "credential.macaroon_damaged");
}

TEST(Macaroon, TheSignatureHas32BytesAndIsThere) {
    EXPECT_EQ(refusal(kHead + kEnd), "credential.macaroon_damaged");
    EXPECT_EQ(refusal(kHead + kEnd + packet(6, std::string(31, 's'))), "credential.macaroon_damaged");
    EXPECT_EQ(refusal(kHead + kEnd + packet(5, std::string(32, 's'))), "credential.macaroon_damaged");
}

TEST(Macaroon, ACaveatOfAThirdPartyIsNamed) {
    const std::string caveat = packet(1, "https://elsewhere") + packet(2, "caveat") + packet(4, "key") + kEnd;
    EXPECT_EQ(refusal(kHead + caveat + kEnd + kSignature), "credential.third_party");
    EXPECT_EQ(refusal(kHead + packet(1, "lnd") + packet(2, "caveat") + kEnd + kEnd + kSignature),
              "credential.macaroon_damaged");
}

TEST(Macaroon, OtherFormsAreNamed) {
    EXPECT_EQ(refusal("0017location lnd\n0012identifier x\n"), "credential.macaroon_version");
    EXPECT_EQ(refusal("0012identifier x\n"), "credential.macaroon_version");
    EXPECT_EQ(refusal(R"({"v":2,"i":"id","s64":"x"})"), "credential.macaroon_version");
    EXPECT_EQ(refusal("\x01\x02"), "credential.no_macaroon");
    EXPECT_EQ(refusal(""), "credential.no_macaroon");
}

TEST(Macaroon, ALengthBeyondTheEndReadsNothing) {
    EXPECT_EQ(refusal("\x02\x02\xFF\xFF\xFF\xFF\x07" + std::string(40, 'x')), "credential.macaroon_damaged");
    EXPECT_EQ(refusal("\x02\x02\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"), "credential.macaroon_damaged");
}

TEST(MacaroonBytes, ANumberIsWrittenInItsShortestForm) {
    EXPECT_EQ(MacaroonBytes({"\x00", 1}).number(), 0U);
    EXPECT_EQ(MacaroonBytes("\x7F").number(), 127U);
    EXPECT_EQ(MacaroonBytes("\x80\x01").number(), 128U);
    EXPECT_EQ(MacaroonBytes({"\x80\x00", 2}).number(), std::nullopt);
    EXPECT_EQ(MacaroonBytes("\xFF\xFF\xFF\xFF\x07").number(), 0x7FFF'FFFFU);
    EXPECT_EQ(MacaroonBytes("\x80\x80\x80\x80\x08").number(), std::nullopt);
    EXPECT_EQ(MacaroonBytes("\x80").number(), std::nullopt);
    EXPECT_EQ(MacaroonBytes("").number(), std::nullopt);
}

TEST(MacaroonRights, AreToldOneByOne) {
    const auto rights = rights_of(test::macaroon_identifier({{"offchain", {"read", "write"}}, {"uri", {"/a.B/C"}}}));
    ASSERT_TRUE(rights);
    EXPECT_EQ(*rights, (std::vector<MacaroonRight>{{"offchain", "read"}, {"offchain", "write"}, {"uri", "/a.B/C"}}));
    EXPECT_EQ(rights->back().text(), "uri:/a.B/C");
}

TEST(MacaroonRights, AnEntityAfterItsActionsIsTheirs) {
    const auto rights = rights_of(op(proto_field(2, "write") + proto_field(1, "onchain")));
    ASSERT_TRUE(rights);
    EXPECT_EQ(*rights, (std::vector<MacaroonRight>{{"onchain", "write"}}));
}

TEST(MacaroonRights, FieldsOfLaterVersionsArePassedOver) {
    const std::string op_bytes = proto_field(1, "info") + proto_field(2, "read") + proto_field(9, "later") +
                                 std::string("\x50\xFF\x01", 3) + "\x59" + "8 bytes." + "\x65" + "four";
    const auto rights = rights_of("\x03" + proto_field(3, op_bytes) + "\x50\x01");
    ASSERT_TRUE(rights);
    EXPECT_EQ(*rights, (std::vector<MacaroonRight>{{"info", "read"}}));
}

TEST(MacaroonRights, WhatLndDoesNotWriteIsRefused) {
    const std::string read = proto_field(1, "info") + proto_field(2, "read");
    ASSERT_EQ(refusal_of_rights(op(read)), "");
    for (const std::string& identifier :
         {std::string(),
          std::string("\x03"),
          std::string("\x02") + proto_field(3, read), // no right, another bakery
          op(proto_field(1, "info")),
          op(proto_field(2, "read")),
          op(""),                                                                           // half a right
          op(proto_field(1, "info") + proto_field(1, "offchain") + proto_field(2, "read")), // two entities
          op(read + "\x10\x01"),
          op(read + "\x08\x01"),
          std::string("\x03\x18\x01"),
          "\x03\x08\x01" + proto_field(3, read),
          "\x03\x10\x01" + proto_field(3, read), // known fields as numbers
          op(proto_field(1, "") + proto_field(2, "read")),
          op(proto_field(1, "info") + proto_field(2, "")),
          op(proto_field(1, "\xC3\x28") + proto_field(2, "read")),            // no UTF-8
          op(proto_field(1, std::string(201, 'e')) + proto_field(2, "read")), // longer than any
          op(read + "\x53"),
          op(read + "\x54"),
          op(read + "\x56"),
          op(read + "\x57"), // groups, unknown wire types
          op(read + "\x02\x01x"),
          op(read + "\x5A\x05x"),
          op(read + "\x50" + std::string(11, '\xFF'))}) {
        EXPECT_EQ(refusal_of_rights(identifier), "credential.not_of_lnd") << testing::PrintToString(identifier);
    }
}

TEST(MacaroonRights, MoreThanAnybodyHasAreRefused) {
    std::string many = proto_field(1, "info");
    for (int i = 0; i < 500; ++i) {
        many += proto_field(2, "r");
    }
    EXPECT_EQ(refusal_of_rights(op(many)), "");
    EXPECT_EQ(refusal_of_rights(op(many + proto_field(2, "r"))), "credential.not_of_lnd");
}

} // namespace
} // namespace mcp::adapters
