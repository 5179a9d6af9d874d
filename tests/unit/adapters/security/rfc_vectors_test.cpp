// The examples of RFC 7515 (JWS), appendix A, and RFC 8037 (Ed25519), appendix A.
#include "adapters/security/base64url.hpp"
#include "adapters/security/compact_token.hpp"
#include "adapters/security/jwks.hpp"
#include "adapters/security/jwt_verifier.hpp"

#include <gmock/gmock.h>

namespace mcp::adapters {
namespace {

// {"iss":"joe", "exp":1300819380, "http://example.com/is_root":true}
const std::string kClaims =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
constexpr Time kBeforeExpiry{std::chrono::seconds{1300819379}};
const TokenRules kRules{.issuer = "joe"};

/// The examples have no `sub`, so that their claims are refused; that comes after the signature was found to fit.
void expect_signature_fits(const JwtVerifier& verifier, const std::string& token) {
    const Result<ports::Caller> caller = verifier.verify(token, kBeforeExpiry);
    ASSERT_FALSE(caller);
    EXPECT_EQ(caller.error().what.key, "token.bad_id");
    std::string changed = token;
    char& letter = changed[token.find('.') + 25]; // of the claims
    letter = letter == 'x' ? 'y' : 'x';
    EXPECT_EQ(verifier.verify(changed, kBeforeExpiry).error().what.key, "token.signature");
}

std::vector<PublicKey> keys(const std::string& jwk) {
    Result<std::vector<PublicKey>> keys = keys_from_jwks(R"({"keys":[)" + jwk + "]}");
    if (!keys) {
        throw std::runtime_error(std::string(keys.error().what.key));
    }
    return *std::move(keys);
}

TEST(Rfc7515, A1_Hs256) {
    const std::string secret =
        *from_base64url("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
    TokenKeys held;
    held.secret.emplace(secret);
    expect_signature_fits(JwtVerifier(std::move(held), kRules), "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + kClaims +
                                                                    ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

TEST(Rfc7515, A2_Rs256) {
    TokenKeys held;
    held.public_keys = keys(
        R"({"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL)"
        R"(-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTB)"
        R"(EMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9)"
        R"(gb54h4FRWyuXpoQ","e":"AQAB"})");
    expect_signature_fits(
        JwtVerifier(std::move(held), kRules),
        "eyJhbGciOiJSUzI1NiJ9." + kClaims +
            ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
            "O8W2Fp5jujGbds9uJdbF9CUAr7t"
            "1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO-"
            "-xi12jzD"
            "wusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_"
            "IoypGlUPQGe77"
            "Rw");
}

TEST(Rfc7515, A3_Es256) {
    TokenKeys held;
    held.public_keys = keys(R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                            R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})");
    expect_signature_fits(
        JwtVerifier(std::move(held), kRules),
        "eyJhbGciOiJFUzI1NiJ9." + kClaims +
            ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
}

TEST(Rfc7515, A5_UnsecuredIsRefused) {
    TokenKeys held;
    held.secret.emplace(std::string(32, 'k'));
    const JwtVerifier verifier(std::move(held), kRules);
    EXPECT_EQ(verifier.verify("eyJhbGciOiJub25lIn0." + kClaims + ".", kBeforeExpiry).error().what.key,
              "token.malformed");
}

TEST(Rfc8037, A4_Ed25519) {
    const std::vector<PublicKey> held =
        keys(R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
    const Result<CompactToken> token =
        split_token("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
                    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    ASSERT_TRUE(token);
    EXPECT_EQ(held.front().algorithm(), Algorithm::eddsa);
    EXPECT_TRUE(held.front().fits(token->signed_part, token->signature));
    EXPECT_FALSE(held.front().fits(token->signed_part.substr(1), token->signature));
}

} // namespace
} // namespace mcp::adapters
