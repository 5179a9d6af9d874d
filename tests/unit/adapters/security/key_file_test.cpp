#include "adapters/security/key_file.hpp"

#include "adapters/security/base64url.hpp"
#include "adapters/security/jwks.hpp"
#include "adapters/security/pem_keys.hpp"
#include "language/language.hpp"
#include "tests/support/signing.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>

namespace mcp::adapters {
namespace {

using test::SigningKey;
using testing::ElementsAre;
using testing::HasSubstr;

const SigningKey& rsa() {
    static const SigningKey key = SigningKey::rsa(2048);
    return key;
}
const SigningKey& ec() {
    static const SigningKey key = SigningKey::ec("P-256");
    return key;
}
const SigningKey& ed() {
    static const SigningKey key = SigningKey::ed25519();
    return key;
}

std::vector<Algorithm> algorithms(const std::string& text) {
    const Result<std::vector<PublicKey>> keys = parse_public_keys(text);
    std::vector<Algorithm> found;
    if (keys) {
        for (const PublicKey& key : *keys) {
            found.push_back(key.algorithm());
        }
    }
    return found;
}

std::string fault(const std::string& text) {
    const Result<std::vector<PublicKey>> keys = parse_public_keys(text);
    return keys ? "none" : language::render(keys.error(), language::Language::en);
}

std::string set(const std::string& keys) {
    return R"({"keys":[)" + keys + "]}";
}

std::string block(const std::string& name, const std::string& base64 = "AAAA") {
    return "-----BEGIN " + name + "-----\n" + base64 + "\n-----END " + name + "-----\n";
}

TEST(KeyFile, HoldsOneOrSeveralKeysInPemWithTextBetween) {
    EXPECT_THAT(algorithms(rsa().public_pem()), ElementsAre(Algorithm::rs256));
    EXPECT_THAT(algorithms("# ours\n" + ec().public_pem() + "\r\n\r\n" + ed().public_pem() + "bye"),
                ElementsAre(Algorithm::es256, Algorithm::eddsa));
}

TEST(KeyFile, TakesTheOlderFormOfRsaKeys) {
    // openssl rsa -pubin -RSAPublicKey_out: the inner part of the usual form, which begins 24 bytes later at 2048 bits
    std::string base64;
    for (const char c : rsa().public_pem().substr(rsa().public_pem().find('\n'))) {
        if (c == '-') {
            break;
        }
        base64 += c == '\n' ? "" : std::string(1, c);
    }
    ASSERT_EQ(base64.substr(0, 32), "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A");
    std::string lines;
    for (std::size_t at = 32; at < base64.size(); at += 64) {
        lines += base64.substr(at, 64) + "\n";
    }
    lines.pop_back();
    EXPECT_THAT(algorithms(block("RSA PUBLIC KEY", lines)), ElementsAre(Algorithm::rs256));
}

TEST(KeyFile, HoldsAJwkSet) {
    EXPECT_THAT(algorithms("\xEF\xBB\xBF \n" + set("{" + rsa().jwk() + "},{" + ec().jwk() + "},{" + ed().jwk() + "}")),
                ElementsAre(Algorithm::rs256, Algorithm::es256, Algorithm::eddsa));
    EXPECT_THAT(
        algorithms(set(R"({"alg":"ES256","use":"sig","key_ops":["verify"],"kid":"a","x5c":[],)" + ec().jwk() + "}")),
        ElementsAre(Algorithm::es256));
}

TEST(KeyFile, LeavesOutKeysOfAJwkSetThatSignNothing) {
    const std::string encrypting = R"({"use":"enc","alg":"RSA-OAEP",)" + rsa().jwk() + "}";
    EXPECT_THAT(algorithms(set(encrypting + ",{" + ed().jwk() + "}")), ElementsAre(Algorithm::eddsa));
    EXPECT_THAT(fault(set(encrypting)), HasSubstr("holds no public key that checks signatures"));
    EXPECT_THAT(fault(set(R"({"key_ops":["deriveKey"],)" + ec().jwk() + "}")), HasSubstr("holds no public key"));
}

TEST(KeyFile, RefusesPrivateKeysAndSecretsWithTheRemedy) {
    for (const SigningKey* key : {&rsa(), &ec(), &ed()}) {
        EXPECT_THAT(fault(key->private_pem()),
                    HasSubstr("private key, which does not belong here; make its public one with "
                              "'openssl pkey"));
        EXPECT_THAT(fault(key->public_pem() + key->private_pem()), HasSubstr("private key"));
        EXPECT_THAT(fault(set("{" + key->jwk() + R"(,"d":"AAAA"})")), HasSubstr("keys[0]: is a private key"));
    }
    EXPECT_THAT(fault(block("ENCRYPTED PRIVATE KEY")), HasSubstr("private key"));
    EXPECT_THAT(fault(block("EC PRIVATE KEY")), HasSubstr("private key"));
    EXPECT_THAT(fault(set("{" + ed().jwk() + R"(},{"kty":"oct","kid":"mine","k":"c2VjcmV0"})")),
                HasSubstr("keys[1] ('mine'): is a shared secret (kty oct)"));
    EXPECT_THAT(fault(set(R"({"kty":"oct","use":"enc","k":"c2VjcmV0"})")), HasSubstr("shared secret"));
}

TEST(KeyFile, RefusesOtherPem) {
    EXPECT_THAT(fault(block("CERTIFICATE")), HasSubstr("openssl x509"));
    EXPECT_THAT(fault(block("EC PARAMETERS")), HasSubstr("holds 'EC PARAMETERS'"));
    EXPECT_THAT(fault(block("PUBLIC KEY")), HasSubstr("PEM block 1 is damaged"));
    EXPECT_THAT(fault(ed().public_pem() + block("PUBLIC KEY", "A*A")), HasSubstr("PEM block 2 is damaged"));
    EXPECT_THAT(fault(ec().public_pem().substr(0, 100)), HasSubstr("damaged"));
    EXPECT_THAT(fault(""), HasSubstr("holds no public key"));
    EXPECT_THAT(fault("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA alice"), HasSubstr("must hold PEM"));
    std::string many;
    for (std::size_t i = 0; i <= kPemKeysMax; ++i) {
        many += ed().public_pem();
    }
    EXPECT_THAT(fault(many), HasSubstr("more than 16 keys"));
}

TEST(KeyFile, RefusesWeakKeysAndOtherKinds) {
    EXPECT_THAT(fault(SigningKey::rsa(1024).public_pem()),
                HasSubstr("an RSA key of 1,024 bits; use one of 2,048 to 8,192"));
    EXPECT_THAT(fault(SigningKey::ec("P-384").public_pem()), HasSubstr("on the curve secp384r1; use P-256"));
    EXPECT_THAT(fault(SigningKey::ec("secp256k1").public_pem()), HasSubstr("on the curve secp256k1"));
    EXPECT_THAT(fault(SigningKey::of_type("ED448").public_pem()), HasSubstr("a key of type ED448"));
    EXPECT_THAT(fault(SigningKey::of_type("X25519").public_pem()), HasSubstr("a key of type X25519"));
    EXPECT_THAT(fault(set(R"({"kty":"EC","crv":"P-384","x":"AA","y":"AA"})")), HasSubstr("on the curve P-384"));
    EXPECT_THAT(fault(set(R"({"kty":"OKP","crv":"X25519","x":"AA"})")), HasSubstr("on the curve X25519"));
    EXPECT_THAT(fault(set(R"({"kty":"RSA","n":")" + base64url(std::string(128, '\xF1')) + R"(","e":"AQAB"})")),
                HasSubstr("1,024 bits"));
    EXPECT_THAT(fault(set(R"({"kty":"DSA"})")), HasSubstr("a key of type DSA"));
}

TEST(KeyFile, RefusesRsaKeysWhoseExponentProtectsNothing) {
    for (const char* exponent : {"AQ", "Ag", "AQAAAAAAAAAB"}) { // 1, 2, 2^64 + 1
        std::string jwk = rsa().jwk();
        jwk.replace(jwk.find("AQAB\""), 5, std::string(exponent) + '"');
        EXPECT_THAT(fault(set("{" + jwk + "}")), HasSubstr("exponent protects nothing")) << exponent;
    }
}

TEST(KeyFile, RefusesBrokenMembersOfAJwkSetByName) {
    EXPECT_THAT(fault("[]"), HasSubstr("keys is missing"));
    EXPECT_THAT(fault("{}"), HasSubstr("keys is missing"));
    EXPECT_THAT(fault(R"({"keys":{}})"), HasSubstr("keys: expected a list"));
    EXPECT_THAT(fault(R"({"keys":[)"), HasSubstr("ends too early"));
    EXPECT_THAT(fault(set("7")), HasSubstr("keys[0].kty is missing"));
    EXPECT_THAT(fault(set(R"({"kty":"RSA","e":"AQAB"})")), HasSubstr("keys[0].n is missing"));
    EXPECT_THAT(fault(set(R"({"kty":"RSA","n":"","e":"AQAB"})")),
                HasSubstr("member n is no base64url of the right length"));
    EXPECT_THAT(fault(set(R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})")), HasSubstr("member x is no base64url"));
    EXPECT_THAT(fault(set(R"({"kty":"OKP","crv":"Ed25519","x":"AA=="})")), HasSubstr("member x is no base64url"));
    EXPECT_THAT(fault(set(R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                          R"("y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"})")),
                HasSubstr("its numbers make no key"))
        << "a point off the curve";
    EXPECT_THAT(fault(set(R"({"alg":"RS512",)" + rsa().jwk() + "}")),
                HasSubstr("meant for RS512; a key of its type serves RS256"));
    EXPECT_THAT(fault(set(R"({"kid":7,)" + ed().jwk() + "}")), HasSubstr("keys[0].kid: expected a text"));
    const std::string twice = R"({"kid":"a",)" + ed().jwk() + R"(},{"kid":"a",)" + ec().jwk() + "}";
    EXPECT_THAT(fault(set(twice)), HasSubstr("keys[1] ('a'): another key has this kid"));
}

TEST(KeyFile, IsNamedInItsErrors) {
    const test::TemporaryFolder folder;
    const std::string path = folder.with("keys.pem", ed().public_pem());
    ASSERT_TRUE(read_public_keys(path));
    const auto said = [](const std::string& file) {
        return language::render(read_public_keys(file).error(), language::Language::en);
    };
    EXPECT_THAT(said(folder.path("none.pem")), HasSubstr("none.pem: cannot be opened: no such file"));
    EXPECT_THAT(said(folder.with("empty.pem", "")), HasSubstr("empty.pem: holds no public key"));
    EXPECT_THAT(said(folder.with("large.pem", std::string(300'000, ' '))), HasSubstr("is larger than 262,144 bytes"));
}

} // namespace
} // namespace mcp::adapters
