#include "adapters/security/jwt_verifier.hpp"

#include "adapters/security/base64url.hpp"
#include "adapters/security/jwt_issuer.hpp"
#include "adapters/security/key_file.hpp"
#include "language/language.hpp"
#include "tests/support/signing.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace mcp::adapters {
namespace {

using ports::Caller;
using test::signed_token;
using test::SigningKey;
using testing::HasSubstr;

constexpr Time kNow{std::chrono::seconds{1'761'364'800}}; // 2025-10-25T04:00:00Z
const std::string kSecret = "0123456789abcdef0123456789abcdef";
const std::string kHs256 = R"({"alg":"HS256"})";

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

JwtVerifier with_secret(TokenRules rules = {}) {
    TokenKeys keys;
    keys.secret.emplace(kSecret);
    return {std::move(keys), std::move(rules)};
}

JwtVerifier with_keys(const std::string& pem_or_jwks, bool and_secret = false) {
    TokenKeys keys;
    keys.public_keys = parse_public_keys(pem_or_jwks).value();
    if (and_secret) {
        keys.secret.emplace(kSecret);
    }
    return {std::move(keys), {}};
}

std::string claims(const std::string& more = "", const std::string& exp = "1761364860") {
    return R"({"sub":"alice","exp":)" + exp + more + "}";
}

constexpr Time kEnd{std::chrono::seconds{1'761'364'860 + 30}}; ///< of those claims, with the leeway

std::string by_secret(const std::string& claims, const std::string& header = kHs256) {
    return signed_token(HmacKey(kSecret), header, claims);
}

/// Why the token is refused, in English; "accepted" when it is not.
std::string answer(const JwtVerifier& verifier, const std::string& token, Time now = kNow) {
    const Result<Caller> caller = verifier.verify(token, now);
    if (!caller) {
        EXPECT_EQ(caller.error().kind, ErrorKind::unauthenticated);
        return language::render(caller.error(), language::Language::en);
    }
    return "accepted";
}

TEST(JwtVerifier, TellsWhoAsks) {
    const JwtVerifier verifier = with_secret();
    EXPECT_EQ(verifier.verify(by_secret(claims()), kNow), (Caller{"alice", "alice", false, kEnd}));
    EXPECT_EQ(verifier.verify(by_secret(claims(R"(,"tenant_id":"acme")")), kNow),
              (Caller{"alice", "acme", false, kEnd}));
    EXPECT_EQ(verifier.verify(by_secret(claims(R"(,"tenant_id":null)")), kNow),
              (Caller{"alice", "alice", false, kEnd}));
}

TEST(JwtVerifier, KnowsAnAdminByRoleRolesOrScope) {
    const JwtVerifier verifier = with_secret();
    const auto is_admin = [&](const char* more) { return verifier.verify(by_secret(claims(more)), kNow)->is_admin; };
    for (const char* more : {R"(,"role":"admin")", R"(,"roles":["admin"])", R"(,"roles":["user",7,{"a":"b"},"admin"])",
                             R"(,"scope":"admin")", R"(,"scope":"openid  admin profile")"}) {
        EXPECT_TRUE(is_admin(more)) << more;
    }
    for (const char* more : {R"(,"role":"Admin")", R"(,"role":["admin"])", R"(,"role":true)", R"(,"roles":"admin")",
                             R"(,"roles":["administrator","admin "])", R"(,"roles":[["admin"]])",
                             R"(,"roles":[{"role":"admin"}])", R"(,"scope":"administrator")", R"(,"scope":["admin"])",
                             R"(,"scope":"read:admin")", R"(,"admin":true)", R"(,"x":{"role":"admin"})"}) {
        EXPECT_FALSE(is_admin(more)) << more;
    }
}

TEST(JwtVerifier, AcceptsEachAlgorithmWithItsOwnKey) {
    for (const SigningKey* key : {&rsa(), &ec(), &ed()}) {
        const std::string token = signed_token(*key, fmt::format(R"({{"alg":"{}"}})", key->algorithm()), claims());
        EXPECT_EQ(answer(with_keys(key->public_pem()), token), "accepted") << key->algorithm();
        EXPECT_EQ(answer(with_keys(R"({"keys":[{)" + key->jwk() + "}]}"), token), "accepted") << key->algorithm();
    }
}

TEST(JwtVerifier, TakesTheKeyThatTheTokenNames) {
    const SigningKey other = SigningKey::ed25519();
    const JwtVerifier verifier = with_keys(R"({"keys":[{"kid":"old",)" + ed().jwk() + R"(},{"kid":"new",)" +
                                           other.jwk() + R"(},{"kid":"rsa",)" + rsa().jwk() + "}]}");
    const auto token = [&](const SigningKey& key, const std::string& header) {
        return signed_token(key, header, claims());
    };
    EXPECT_EQ(answer(verifier, token(ed(), R"({"alg":"EdDSA","kid":"old"})")), "accepted");
    EXPECT_EQ(answer(verifier, token(other, R"({"alg":"EdDSA","kid":"new"})")), "accepted");
    EXPECT_THAT(answer(verifier, token(other, R"({"alg":"EdDSA","kid":"old"})")), HasSubstr("does not fit"));
    EXPECT_THAT(answer(verifier, token(ed(), R"({"alg":"EdDSA","kid":"none"})")), HasSubstr("does not fit"));
    EXPECT_THAT(answer(verifier, token(ed(), R"({"alg":"EdDSA"})")), HasSubstr("does not fit")) << "which of the two?";
    EXPECT_EQ(answer(verifier, token(rsa(), R"({"alg":"RS256"})")), "accepted") << "the only one of its kind";
    EXPECT_THAT(answer(verifier, token(rsa(), R"({"alg":"RS256","kid":"old"})")), HasSubstr("does not fit"));
}

TEST(JwtVerifier, TriesEachNamelessKeyOfAPemFile) {
    const SigningKey other = SigningKey::ed25519();
    const JwtVerifier verifier =
        with_keys(other.public_pem() + "\nthe newer one:\n" + ed().public_pem() + rsa().public_pem());
    EXPECT_EQ(answer(verifier, signed_token(ed(), R"({"alg":"EdDSA"})", claims())), "accepted");
    EXPECT_EQ(answer(verifier, signed_token(other, R"({"alg":"EdDSA","kid":"what the issuer calls it"})", claims())),
              "accepted");
    EXPECT_THAT(answer(verifier, signed_token(SigningKey::ed25519(), R"({"alg":"EdDSA"})", claims())),
                HasSubstr("does not fit"));
}

TEST(JwtVerifier, DemandsAnExpiryWithThirtySecondsOfLeeway) {
    const JwtVerifier verifier = with_secret();
    const auto expiring = [](const std::string& exp) { return by_secret(claims("", exp)); };
    EXPECT_EQ(answer(verifier, expiring("1761364771")), "accepted") << "29 s ago";
    EXPECT_EQ(answer(verifier, expiring("1761364770")),
              "the token expired on 25 October 2025, 03:59 UTC; get a new one");
    EXPECT_EQ(answer(verifier, expiring("1761364771.999")), "accepted");
    EXPECT_THAT(answer(verifier, expiring("1761364770.999")), HasSubstr("expired"));
    EXPECT_EQ(answer(verifier, expiring("1.7613648e9")), "accepted");
    EXPECT_EQ(answer(verifier, by_secret(R"({"sub":"alice"})")), "the token has no expiry (exp), which is demanded");
    EXPECT_THAT(answer(verifier, expiring("null")), HasSubstr("no expiry"));
}

TEST(JwtVerifier, TakesDatesOfAnySizeAndRefusesWhatIsNone) {
    const JwtVerifier verifier = with_secret();
    const auto expiring = [](const std::string& exp) { return by_secret(claims("", exp)); };
    for (const char* far :
         {"9223372036854775807", "18446744073709551615", "1e300", "1e999", "99999999999999999999999999"}) {
        EXPECT_EQ(answer(verifier, expiring(far)), "accepted") << far;
    }
    for (const char* past : {"0", "-1", "-9223372036854775808", "-1e300", "1e-300", "-0.5"}) {
        EXPECT_THAT(answer(verifier, expiring(past)), HasSubstr("expired")) << past;
    }
    for (const char* none : {R"("1761364860")", "true", "[]", "{}"}) {
        EXPECT_THAT(answer(verifier, expiring(none)), HasSubstr("exp is no number of seconds")) << none;
    }
    for (const char* no_json : {"NaN", "Infinity", "0x7", "1761364860,", "01761364860", "+1761364860"}) {
        EXPECT_THAT(answer(verifier, expiring(no_json)), HasSubstr("malformed")) << no_json;
    }
}

TEST(JwtVerifier, RefusesWhatBeginsLater) {
    const JwtVerifier verifier = with_secret();
    for (const std::string claim : {"nbf", "iat"}) {
        EXPECT_EQ(answer(verifier, by_secret(claims(fmt::format(R"(,"{}":1761364830)", claim)))), "accepted");
        EXPECT_THAT(answer(verifier, by_secret(claims(fmt::format(R"(,"{}":1761364831)", claim)))),
                    HasSubstr("not valid before 25 October 2025, 04:00 UTC (" + claim + ")"));
        EXPECT_THAT(answer(verifier, by_secret(claims(fmt::format(R"(,"{}":"soon")", claim)))),
                    HasSubstr(claim + " is no number"));
    }
}

TEST(JwtVerifier, DemandsIssuerAndAudienceWhenConfigured) {
    const JwtVerifier verifier = with_secret({.issuer = "https://id.example", .audience = "mcp"});
    const auto said = [&](const char* more) { return answer(verifier, by_secret(claims(more))); };
    EXPECT_EQ(said(R"(,"iss":"https://id.example","aud":"mcp")"), "accepted");
    EXPECT_EQ(said(R"(,"iss":"https://id.example","aud":["other","mcp"])"), "accepted");
    for (const char* more : {"", R"(,"iss":"https://id.example/","aud":"mcp")",
                             R"(,"iss":["https://id.example"],"aud":"mcp")", R"(,"iss":null,"aud":"mcp")"}) {
        EXPECT_THAT(said(more), HasSubstr("another issuer")) << more;
    }
    for (const char* aud : {"", R"(,"aud":"MCP")", R"(,"aud":[])", R"(,"aud":["mcpx"])", R"(,"aud":{"mcp":"mcp"})",
                            R"(,"aud":[["mcp"]])"}) {
        EXPECT_THAT(said((R"(,"iss":"https://id.example")" + std::string(aud)).c_str()), HasSubstr("another audience"))
            << aud;
    }
}

TEST(JwtVerifier, DemandsIdsThatAUserCanHave) {
    const JwtVerifier verifier = with_secret();
    const auto with_sub = [](const std::string& sub) { return by_secret(R"({"exp":1761364860,"sub":)" + sub + "}"); };
    EXPECT_EQ(answer(verifier, with_sub(R"("../../etc/passwd")")), "accepted") << "an id is a name, not a path";
    EXPECT_EQ(answer(verifier, with_sub('"' + std::string(512, 'a') + '"')), "accepted");
    for (const std::string& sub : {std::string("null"), std::string("7"), std::string(R"("")"),
                                   '"' + std::string(513, 'a') + '"', std::string(R"("a\u0000b")"),
                                   std::string(R"("a\nb")"), std::string(R"(["alice"])"), std::string(R"("\u202e")")}) {
        EXPECT_THAT(answer(verifier, with_sub(sub)), HasSubstr("sub must be a text of 1 to 512 bytes")) << sub;
    }
    for (const char* tenant : {R"("")", "7", R"("a\tb")", "{}"}) {
        EXPECT_THAT(answer(verifier, by_secret(claims(std::string(R"(,"tenant_id":)") + tenant))),
                    HasSubstr("tenant_id must be"))
            << tenant;
    }
}

TEST(JwtVerifier, RefusesHeadersThatAskForMoreThanASignature) {
    const JwtVerifier verifier = with_secret();
    const auto with_header = [&](const char* header) { return answer(verifier, by_secret(claims(), header)); };
    EXPECT_EQ(with_header(R"({"typ":"JWT","alg":"HS256","kid":"any","jku":"http://evil","x5u":"http://evil"})"),
              "accepted")
        << "keys come from the configuration, whatever a header names";
    EXPECT_THAT(with_header(R"({"alg":"HS256","crit":["b64"],"b64":false})"), HasSubstr("demands extensions"));
    EXPECT_THAT(with_header(R"({"alg":"HS256","crit":[]})"), HasSubstr("demands extensions"));
    EXPECT_THAT(with_header(R"({"alg":"HS256","kid":7})"), HasSubstr("kid is no text"));
    for (const char* header : {R"({"alg":"none"})", R"({"alg":"None"})", R"({"alg":"hs256"})", R"({"alg":"HS512"})",
                               R"({"alg":"HS256 "})", R"({"alg":["HS256"]})", R"({"alg":null})", R"({"alg":""})", "{}",
                               R"({"ALG":"HS256"})", R"({"alg":"HS256\u0000"})"}) {
        EXPECT_THAT(with_header(header), HasSubstr("algorithm is none of HS256")) << header;
    }
    for (const char* header : {"[]", "7", "", "null", R"("HS256")", R"({"alg":"none","alg":"HS256"})",
                               R"({"alg":"HS256")", R"({"alg":"HS256"}{})"}) {
        EXPECT_THAT(with_header(header), HasSubstr("no JSON object")) << header;
    }
}

TEST(JwtVerifier, RefusesAPublicKeyUsedAsSecret) {
    for (const SigningKey* key : {&rsa(), &ec(), &ed()}) {
        const JwtVerifier verifier = with_keys(key->public_pem());
        EXPECT_THAT(answer(verifier, signed_token(HmacKey(key->public_pem()), kHs256, claims())),
                    HasSubstr("does not fit"));
    }
}

TEST(JwtVerifier, RefusesOneAlgorithmsTokenUnderAnothersName) {
    const JwtVerifier verifier = with_keys(rsa().public_pem() + ec().public_pem() + ed().public_pem(), true);
    for (const SigningKey* key : {&rsa(), &ec(), &ed()}) {
        for (const char* name : {"HS256", "RS256", "ES256", "EdDSA"}) {
            const std::string said =
                answer(verifier, signed_token(*key, fmt::format(R"({{"alg":"{}"}})", name), claims()));
            EXPECT_EQ(said == "accepted", key->algorithm() == name)
                << key->algorithm() << " as " << name << ": " << said;
        }
    }
    EXPECT_THAT(answer(verifier, by_secret(claims(), R"({"alg":"RS256"})")), HasSubstr("does not fit"));
    EXPECT_EQ(answer(verifier, by_secret(claims())), "accepted");
    EXPECT_THAT(answer(with_secret(), signed_token(rsa(), R"({"alg":"RS256"})", claims())), HasSubstr("does not fit"));
}

TEST(JwtVerifier, NeverUsesAKidForAnythingButComparing) {
    const JwtVerifier verifier = with_keys(R"({"keys":[{"kid":"blue",)" + ed().jwk() + "}]}");
    for (const char* kid :
         {"../../../dev/null", "/etc/passwd", "' OR 1=1 --", "blue\\u0000", "Blue", "", "http://evil/key"}) {
        const std::string header = fmt::format(R"({{"alg":"EdDSA","kid":"{}"}})", kid);
        EXPECT_THAT(answer(verifier, signed_token(ed(), header, claims())), HasSubstr("does not fit")) << kid;
    }
}

TEST(JwtVerifier, RefusesForgedEcdsaSignatures) {
    const JwtVerifier verifier = with_keys(ec().public_pem());
    const std::string text = base64url(R"({"alg":"ES256"})") + "." + base64url(claims());
    const std::string good = ec().sign(text);
    const auto with = [&](const std::string& signature) { return answer(verifier, text + "." + base64url(signature)); };
    ASSERT_EQ(with(good), "accepted");
    const std::string zero(32, '\0');
    const std::string order = *from_base64url("_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE"); // of P-256
    for (const std::string& forged :
         {zero + zero, zero + good.substr(32), good.substr(0, 32) + zero, order + good.substr(32),
          good.substr(0, 32) + order, ec().sign_plainly(text), good.substr(0, 63), good + "x",
          good.substr(32) + good.substr(0, 32), std::string(64, '\xFF')}) {
        EXPECT_THAT(with(forged), HasSubstr("does not fit"));
    }
}

TEST(JwtVerifier, RefusesWhatIsCutBentOrPadded) {
    const JwtVerifier verifier = with_secret();
    const std::string good = by_secret(claims());
    ASSERT_EQ(answer(verifier, good), "accepted");
    for (std::size_t size = 0; size < good.size(); ++size) {
        EXPECT_NE(answer(verifier, good.substr(0, size)), "accepted") << size;
    }
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string bent = good;
        bent[at] = bent[at] == 'A' ? 'B' : 'A';
        EXPECT_NE(answer(verifier, bent), "accepted") << at;
    }
    for (const std::string& bad :
         {good + "=", good + "\n", " " + good, good + ".", "." + good, good + std::string(1, '\0'), "Bearer " + good,
          good.substr(0, good.rfind('.') + 1), std::string(".."), std::string()}) {
        EXPECT_THAT(answer(verifier, bad), HasSubstr("malformed")) << bad;
    }
}

TEST(JwtVerifier, RefusesSignaturesThatAreNotCanonical) {
    const JwtVerifier verifier = with_secret();
    std::string token = by_secret(claims());
    // 32 bytes leave 4 bits in the last letter, of which 2 must be zero
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const std::size_t letter = alphabet.find(token.back());
    for (std::size_t bits = 1; bits < 4; ++bits) {
        token.back() = alphabet[letter + bits];
        EXPECT_THAT(answer(verifier, token), HasSubstr("not base64url"));
    }
}

TEST(JwtVerifier, BoundsWhatItReads) {
    const JwtVerifier verifier = with_secret();
    EXPECT_THAT(answer(verifier, std::string(1 << 20, 'a')), HasSubstr("longer than 8,192 bytes"));
    EXPECT_THAT(answer(verifier, by_secret(claims(R"(,"x":")" + std::string(8192, 'x') + '"'))),
                HasSubstr("longer than"));
    EXPECT_EQ(answer(verifier, by_secret(claims(R"(,"x":")" + std::string(5000, 'x') + '"'))), "accepted");
    EXPECT_THAT(answer(verifier, by_secret(claims(R"(,"x":)" + std::string(2000, '[') + std::string(2000, ']')))),
                HasSubstr("malformed"));
    std::string many;
    for (int i = 0; i < 100; ++i) {
        many += fmt::format(R"(,"m{}":1)", i);
    }
    EXPECT_THAT(answer(verifier, by_secret(claims(many))), HasSubstr("malformed"));
}

TEST(JwtVerifier, RefusesClaimsThatTwoReadersCouldReadDifferently) {
    const JwtVerifier verifier = with_secret();
    EXPECT_THAT(answer(verifier, by_secret(claims(R"(,"sub":"bob")"))), HasSubstr("named once"));
    EXPECT_THAT(answer(verifier, by_secret(claims(R"(,"s\u0075b":"bob")"))), HasSubstr("named once"))
        << "the same name, escaped";
    EXPECT_THAT(answer(verifier, by_secret(claims("", R"(1,"exp":1761364860)"))), HasSubstr("named once"));
    EXPECT_EQ(answer(verifier, by_secret(claims(R"(,"a":{"sub":"bob"},"b":[{"sub":"eve","x":1}])"))), "accepted");
    EXPECT_THAT(answer(verifier, by_secret("\xFF")), HasSubstr("malformed"));
    EXPECT_THAT(answer(verifier, by_secret(claims() + "x")), HasSubstr("malformed"));
    EXPECT_THAT(answer(verifier, by_secret(std::string("{\0}", 3))), HasSubstr("malformed"));
}

TEST(JwtVerifier, SaysTheSameOfAnUnknownKeyAndAWrongSignature) {
    const JwtVerifier verifier = with_keys(R"({"keys":[{"kid":"blue",)" + ed().jwk() + "}]}");
    const std::string unknown = answer(verifier, signed_token(ed(), R"({"alg":"EdDSA","kid":"red"})", claims()));
    EXPECT_EQ(unknown, "the token's signature does not fit; get a new one from whoever issued it");
    EXPECT_EQ(answer(verifier, signed_token(SigningKey::ed25519(), R"({"alg":"EdDSA","kid":"blue"})", claims())),
              unknown);
    EXPECT_EQ(answer(verifier, by_secret(claims())), unknown);
    EXPECT_EQ(answer(verifier, signed_token(rsa(), R"({"alg":"RS256"})", claims())), unknown);
}

std::string any_id() {
    std::string id;
    for (const char32_t letter : *rc::gen::nonEmpty(rc::gen::container<std::u32string>(
             rc::gen::oneOf(rc::gen::inRange<char32_t>(0x20, 0x7F), rc::gen::inRange<char32_t>(0xA0, 0x2000))))) {
        fmt::format_to(std::back_inserter(id), "{}", letter < 0x80 ? std::string(1, static_cast<char>(letter)) : "");
        if (letter >= 0x80 && letter < 0x800) {
            id += {static_cast<char>(0xC0 | letter >> 6), static_cast<char>(0x80 | (letter & 0x3F))};
        } else if (letter >= 0x800) {
            id += {static_cast<char>(0xE0 | letter >> 12), static_cast<char>(0x80 | (letter >> 6 & 0x3F)),
                   static_cast<char>(0x80 | (letter & 0x3F))};
        }
    }
    return id;
}

RC_GTEST_PROP(IssuedToken, IsAcceptedAsWhatItWasIssuedFor, (bool is_admin)) {
    const TokenClaims claims{
        .user_id = any_id(), .tenant_id = any_id(), .is_admin = is_admin, .issuer = "issuer", .audience = "audience"};
    const std::chrono::seconds lifetime{*rc::gen::inRange(1, 100'000'000)};
    const Result<std::string> token = issue_token(kSecret, claims, lifetime, kNow);
    RC_ASSERT(token.has_value());
    const JwtVerifier verifier = with_secret({.issuer = "issuer", .audience = "audience"});
    const Caller caller{claims.user_id, claims.tenant_id, is_admin, kNow + lifetime + kClockLeeway};
    RC_ASSERT(verifier.verify(*token, kNow) == caller);
    RC_ASSERT(verifier.verify(*token, kNow + lifetime) == caller); // within the leeway
    RC_ASSERT(!verifier.verify(*token, kNow + lifetime + kClockLeeway));
    RC_ASSERT(!verifier.verify(*token, kNow - kClockLeeway - std::chrono::seconds{1}));
}

RC_GTEST_PROP(SignedToken, RoundTripsInEveryAlgorithmAndBreaksWithAnyBit, ()) {
    const SigningKey& key = **rc::gen::element(&rsa(), &ec(), &ed());
    const std::string id = any_id();
    std::string json = R"({"exp":1761364860,"sub":")";
    for (const char c : id) {
        json += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
    }
    const std::string token = signed_token(key, fmt::format(R"({{"alg":"{}"}})", key.algorithm()), json + "\"}");
    const JwtVerifier verifier = with_keys(key.public_pem());
    RC_ASSERT(verifier.verify(token, kNow) == (Caller{id, id, false, kEnd}));
    std::string signature = *from_base64url(token.substr(token.rfind('.') + 1));
    const auto at = *rc::gen::inRange<std::size_t>(0, signature.size() * 8);
    signature[at / 8] = static_cast<char>(signature[at / 8] ^ 1 << at % 8);
    RC_ASSERT(!verifier.verify(token.substr(0, token.rfind('.') + 1) + base64url(signature), kNow));
}

TEST(IssuedToken, IsRefusedForWhomThereCanBeNone) {
    using std::chrono::seconds;
    EXPECT_EQ(issue_token(kSecret, {.user_id = ""}, seconds{60}, kNow).error().kind, ErrorKind::invalid_input);
    EXPECT_EQ(issue_token(kSecret, {.user_id = "a\nb"}, seconds{60}, kNow).error().what.key, "token.bad_id");
    EXPECT_EQ(issue_token(kSecret, {.user_id = "a", .tenant_id = "\x7F"}, seconds{60}, kNow).error().what.key,
              "token.bad_id");
    EXPECT_EQ(issue_token("short", {.user_id = "a"}, seconds{60}, kNow).error().what.key, "token.short_secret");
    EXPECT_THROW((void)issue_token(kSecret, {.user_id = "a"}, seconds{0}, kNow), std::invalid_argument);
}

} // namespace
} // namespace mcp::adapters
