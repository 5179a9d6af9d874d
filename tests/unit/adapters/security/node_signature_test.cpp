#include "adapters/security/node_signature.hpp"

#include "adapters/security/agent_key.hpp"
#include "tests/support/node_key.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

using test::NodeKey;

std::string signer_of(std::string_view text, std::string_view zbase) {
    const Result<domain::PubKey> key = NodeSignatures().signer(text, zbase);
    EXPECT_TRUE(key || key.error().kind == ErrorKind::invalid_input);
    return key ? key->hex() : "none";
}

struct Signed {
    const char* text;
    const char* zbase;
    const char* key;
};

// By LND nodes of strangers: bitconner, duck1123 and jochemin gave them to Core Lightning's own tests.
constexpr Signed kByRealNodes[] = {
    {"is this compatible?",
     "rbgfioj114mh48d8egqx8o9qxqw4fmhe8jbeeabdioxnjk8z3t1ma1hu1fiswpakgucwwzwo6ofycffbsqusqdimugbh41n1g698hr9t",
     "02b80cabdf82638aac86948e4c06e82064f547768dcef977677b9ea931ea75bab5"},
    {"hi", "rnrphcjswusbacjnmmmrynh9pqip7sy5cx695h6mfu64iac6qmcmsd8xnsyczwmpqp9shqkth3h4jmkgyqu5z47jfn1q7gpxtaqpx4xg",
     "02de60d194e1ca5947b59fe8e2efd6aadeabfb67f2e89e13ae1a799c1e08e4a43b"},
    {"hi", "ry8bbsopmduhxy3dr5d9ekfeabdpimfx95kagdem7914wtca79jwamtbw4rxh69hg7n6x9ty8cqk33knbxaqftgxsfsaeprxkn1k48p3",
     "022b8ece90ee891cbcdac0c1cc6af46b73c47212d8defbce80265ac81a6b794931"},
};

TEST(NodeSignature, ThoseOfRealNodesTellWhoSigned) {
    for (const Signed& known : kByRealNodes) {
        EXPECT_EQ(signer_of(known.text, known.zbase), known.key);
        EXPECT_NE(signer_of(std::string(known.text) + " ", known.zbase), known.key);
    }
}

TEST(NodeSignature, BlanksAroundItAreNoMatter) {
    EXPECT_EQ(signer_of("hi", " " + std::string(kByRealNodes[1].zbase) + "\r\n"), kByRealNodes[1].key);
}

TEST(NodeSignature, ManyKeysAndTextsTellWhoSigned) {
    const NodeSignatures signatures;
    for (int i = 0; i < 200; ++i) {
        const NodeKey key("node " + std::to_string(i));
        const std::string text(static_cast<std::size_t>(i), 'a');
        const Result<domain::PubKey> signer = signatures.signer(text, key.sign(text));
        ASSERT_TRUE(signer) << i;
        EXPECT_EQ(*signer, key.public_key()) << i;
        EXPECT_NE(signatures.signer(text + "b", key.sign(text)).value_or(domain::PubKey{}), key.public_key()) << i;
    }
}

TEST(NodeSignature, AForgedOneNeverTellsTheKeyThatItWantsToBe) {
    const NodeKey key("alice");
    const std::string raw = key.sign_raw("challenge");
    for (std::size_t i = 0; i < 8 * raw.size(); ++i) {
        std::string changed = raw;
        changed[i / 8] = static_cast<char>(changed[i / 8] ^ 1 << i % 8);
        const std::string hex = key.public_key().hex();
        // The first byte tells a compressed key from another, which has no say in whose it is.
        const bool is_same =
            i / 8 == 0 &&
            (static_cast<unsigned char>(changed[0]) - 27) % 4 == (static_cast<unsigned char>(raw[0]) - 27) % 4 &&
            changed[0] >= 27 && changed[0] <= 34;
        EXPECT_EQ(signer_of("challenge", zbase32(changed)) == hex, is_same) << i;
    }
}

TEST(NodeSignature, WhatIsNoneIsRefused) {
    const NodeKey key("alice");
    const std::string good = key.sign("x");
    ASSERT_EQ(good.size(), 104U);
    ASSERT_EQ(signer_of("x", good), key.public_key().hex());
    std::string large = good;
    std::transform(large.begin(), large.end(), large.begin(), [](unsigned char c) { return std::toupper(c); });
    for (const std::string& bad : {std::string(), good.substr(1), good + "y", large, std::string(104, 'y'),
                                   std::string(10'000, 'y'), "v" + good.substr(1), zbase32(std::string(64, 'a'))}) {
        EXPECT_EQ(signer_of("x", bad), "none") << bad;
    }
    for (const int head : {0, 26, 35, 255}) {
        EXPECT_EQ(signer_of("x", zbase32(static_cast<char>(head) + key.sign_raw("x").substr(1))), "none") << head;
    }
}

TEST(NodeSignature, NumbersOutsideOfTheGroupAreRefused) {
    const std::string order(
        "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFE\xBA\xAE\xDC\xE6\xAF\x48\xA0\x3B"
        "\xBF\xD2\x5E\x8C\xD0\x36\x41\x41",
        32);
    const std::string one = std::string(31, '\0') + '\x01';
    const std::string zero(32, '\0');
    for (const char head : {31, 32, 33, 34}) {
        EXPECT_EQ(signer_of("x", zbase32(head + order + one)), "none");
        EXPECT_EQ(signer_of("x", zbase32(head + one + order)), "none");
        EXPECT_EQ(signer_of("x", zbase32(head + zero + one)), "none");
        EXPECT_EQ(signer_of("x", zbase32(head + one + zero)), "none");
    }
}

// RFC 8032, section 7.1, test 2.
TEST(AgentSignature, FollowsTheStandard) {
    const NodeSignatures signatures;
    const std::string key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    const std::string signature = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                  "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
    EXPECT_TRUE(signatures.is_signed(key, "\x72", signature));
    EXPECT_FALSE(signatures.is_signed(key, "\x73", signature));
    EXPECT_FALSE(signatures.is_signed(key, "", signature));
}

TEST(AgentSignature, NoChangedDigitFits) {
    const NodeSignatures signatures;
    const AgentKey key = AgentKey::make();
    const std::string signature = key.sign("statement");
    ASSERT_TRUE(signatures.is_signed(key.public_key(), "statement", signature));
    for (std::size_t i = 0; i < signature.size(); ++i) {
        std::string changed = signature;
        changed[i] = changed[i] == '0' ? '1' : '0';
        EXPECT_FALSE(signatures.is_signed(key.public_key(), "statement", changed)) << i;
    }
    for (std::size_t i = 0; i < key.public_key().size(); ++i) {
        std::string changed = key.public_key();
        changed[i] = changed[i] == '0' ? '1' : '0';
        EXPECT_FALSE(signatures.is_signed(changed, "statement", signature)) << i;
    }
}

TEST(AgentSignature, AKeyThatFitsEverythingIsRefused) {
    // The neutral point as key, and as signature with the number 0: the bare equation would hold for any bytes.
    const std::string neutral = "01" + std::string(62, '0');
    EXPECT_FALSE(NodeSignatures().is_signed(neutral, "anything", neutral + std::string(64, '0')));
}

TEST(AgentSignature, OtherFormsAreRefused) {
    const NodeSignatures signatures;
    const AgentKey key = AgentKey::make();
    const std::string signature = key.sign("x");
    EXPECT_FALSE(signatures.is_signed("", "x", signature));
    EXPECT_FALSE(signatures.is_signed(key.public_key(), "x", ""));
    EXPECT_FALSE(signatures.is_signed(key.public_key().substr(2), "x", signature));
    EXPECT_FALSE(signatures.is_signed(key.public_key(), "x", signature + "00"));
    EXPECT_FALSE(signatures.is_signed(std::string(64, 'g'), "x", signature));
    EXPECT_FALSE(signatures.is_signed(key.public_key(), "x", std::string(128, 'g')));
}

} // namespace
} // namespace mcp::adapters
