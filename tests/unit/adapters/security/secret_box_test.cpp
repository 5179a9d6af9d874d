#include "adapters/security/secret_box.hpp"

#include "adapters/security/base64url.hpp"
#include "language/language.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace mcp::adapters {
namespace {

using ports::NodeSecret;
using testing::HasSubstr;
using testing::Not;

const std::string kKey = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const std::string kSameInBase64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const std::string kOtherKey = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";
const NodeSecret kSecret{"0201036c6e64", "-----BEGIN CERTIFICATE-----\n"};

SecretBox box_with(std::vector<std::string> keys) {
    return SecretBox(keys);
}

ErrorKind kind_of(const Result<NodeSecret>& opened) {
    return opened ? ErrorKind::cancelled : opened.error().kind; // cancelled: it was opened
}

TEST(SecretBox, OpensWhatItSealed) {
    const SecretBox box = box_with({kKey});
    const Result<std::string> sealed = box.seal("alice", kSecret);
    ASSERT_TRUE(sealed);
    EXPECT_EQ(box.open("alice", *sealed), kSecret);
    EXPECT_FALSE(box.is_outdated(*sealed));
}

RC_GTEST_PROP(SecretBox, AnySecretOfAnyUserComesBack, (std::string user, std::string secret, std::string certificate)) {
    static const SecretBox box = box_with({kKey});
    const NodeSecret given{secret, certificate};
    const Result<std::string> sealed = box.seal(user, given);
    RC_ASSERT(sealed.has_value());
    RC_ASSERT(box.open(user, *sealed) == given);
    RC_ASSERT(kind_of(box.open(user + "x", *sealed)) == ErrorKind::internal);
}

TEST(SecretBox, AKeyMayBeInDigitsOrBase64) {
    const Result<std::string> sealed = box_with({kKey}).seal("alice", kSecret);
    EXPECT_EQ(box_with({kSameInBase64}).open("alice", *sealed), kSecret);
    EXPECT_EQ(box_with({kSameInBase64.substr(0, 43)}).open("alice", *sealed), kSecret);
}

TEST(SecretBox, WhatIsNo32BytesIsNoKey) {
    for (const std::string& text :
         {std::string(), std::string("secret"), kKey.substr(2), kKey + "00", kKey.substr(1) + "g",
          kSameInBase64.substr(0, 40), kSameInBase64 + "AAAA", std::string(32, 'k')}) {
        const Result<SealKey> key = parse_seal_key(text);
        ASSERT_FALSE(key) << text;
        EXPECT_EQ(key.error().kind, ErrorKind::invalid_input);
        EXPECT_THAT(language::render(key.error(), language::Language::en), HasSubstr("openssl rand -base64 32"));
    }
    EXPECT_THROW(box_with({"secret"}), std::invalid_argument);
}

TEST(SecretBox, TheSameSecretIsNeverSealedToTheSameText) {
    const SecretBox box = box_with({kKey});
    EXPECT_NE(*box.seal("alice", kSecret), *box.seal("alice", kSecret));
}

TEST(SecretBox, NothingOfTheSecretIsInTheSealedText) {
    const Result<std::string> sealed = box_with({kKey}).seal("alice", kSecret);
    const std::string bytes = from_base64url(*sealed).value();
    for (const std::string& part : {std::string("alice"), kSecret.secret, std::string("BEGIN")}) {
        EXPECT_THAT(*sealed, Not(HasSubstr(part)));
        EXPECT_THAT(bytes, Not(HasSubstr(part)));
    }
}

TEST(SecretBox, ASecretMovedToAnotherUserDoesNotOpen) {
    const SecretBox box = box_with({kKey});
    const Result<std::string> sealed = box.seal("alice", kSecret);
    for (const char* user : {"", "alic", "alicee", "Alice", "bob"}) {
        EXPECT_EQ(kind_of(box.open(user, *sealed)), ErrorKind::internal) << user;
    }
}

TEST(SecretBox, NoChangedBitOpens) {
    const SecretBox box = box_with({kKey});
    const std::string bytes = from_base64url(*box.seal("alice", kSecret)).value();
    for (std::size_t i = 0; i < 8 * bytes.size(); ++i) {
        std::string changed = bytes;
        changed[i / 8] = static_cast<char>(changed[i / 8] ^ 1 << i % 8);
        const bool is_key_id = i / 8 >= 1 && i / 8 <= 4;
        EXPECT_EQ(kind_of(box.open("alice", base64url(changed))),
                  is_key_id ? ErrorKind::unavailable : ErrorKind::internal)
            << i;
    }
}

TEST(SecretBox, NeitherAPieceNorAnAdditionOpens) {
    const SecretBox box = box_with({kKey});
    const std::string bytes = from_base64url(*box.seal("alice", kSecret)).value();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_EQ(kind_of(box.open("alice", base64url(bytes.substr(0, size)))), ErrorKind::internal) << size;
    }
    EXPECT_EQ(kind_of(box.open("alice", base64url(bytes + "x"))), ErrorKind::internal);
    EXPECT_EQ(kind_of(box.open("alice", "no base64url!")), ErrorKind::internal);
    EXPECT_EQ(kind_of(box.open("alice", "")), ErrorKind::internal);
}

TEST(SecretBox, AnOldKeyStillOpensAndIsOutdated) {
    const Result<std::string> old = box_with({kOtherKey}).seal("alice", kSecret);
    const SecretBox box = box_with({kKey, kOtherKey});
    EXPECT_TRUE(box.is_outdated(*old));
    EXPECT_EQ(box.open("alice", *old), kSecret);
    const Result<std::string> anew = box.seal("alice", *box.open("alice", *old));
    EXPECT_FALSE(box.is_outdated(*anew));
    EXPECT_EQ(box_with({kKey}).open("alice", *anew), kSecret);
}

TEST(SecretBox, AKeyThatIsNotConfiguredIsNamedAsTheReason) {
    const Result<std::string> sealed = box_with({kOtherKey}).seal("alice", kSecret);
    const Result<NodeSecret> opened = box_with({kKey}).open("alice", *sealed);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::unavailable);
    EXPECT_EQ(opened.error().what.key, "secrets.other_key");
    EXPECT_TRUE(box_with({kKey}).is_outdated(*sealed));
}

TEST(SecretBox, WithoutAKeyNothingIsSealedAndTheReasonIsSaid) {
    const SecretBox box = box_with({"", ""});
    const Result<std::string> sealed = box.seal("alice", kSecret);
    ASSERT_FALSE(sealed);
    EXPECT_EQ(sealed.error().kind, ErrorKind::unavailable);
    EXPECT_EQ(sealed.error().what.key, "secrets.no_key");
    const Result<NodeSecret> opened = box.open("alice", *box_with({kKey}).seal("alice", kSecret));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::unavailable);
    EXPECT_EQ(opened.error().what.key, "secrets.no_key");
    EXPECT_FALSE(box.is_outdated("anything"));
}

TEST(SecretBox, WhatIsNotSealedByItIsOutdatedButNothingIsNot) {
    EXPECT_TRUE(box_with({kKey}).is_outdated("not sealed at all"));
    EXPECT_FALSE(box_with({kKey}).is_outdated(""));
}

TEST(SecretBytes, AreZeroAtFirstAndMoveWithoutACopy) {
    SecretBytes bytes(32);
    EXPECT_EQ(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()), std::string(32, '\0'));
    const unsigned char* where = bytes.data();
    const SecretBytes moved(std::move(bytes));
    EXPECT_EQ(moved.data(), where);
    EXPECT_EQ(moved.size(), 32U);
}

} // namespace
} // namespace mcp::adapters
