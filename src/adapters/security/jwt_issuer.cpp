#include "adapters/security/jwt_issuer.hpp"

#include "adapters/security/base64url.hpp"
#include "adapters/security/hmac_key.hpp"
#include "domain/user.hpp"

#include <boost/json.hpp>
#include <cstdint>
#include <stdexcept>

namespace mcp::adapters {
namespace {

constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"JWT"})";

tl::unexpected<Error> bad_id(std::string_view claim) {
    return fail(
        ErrorKind::invalid_input,
        {"token.bad_id", {{"claim", std::string(claim)}, {"limit", static_cast<std::int64_t>(domain::kIdBytesMax)}}});
}

std::string claims_json(const TokenClaims& claims, Time issued, Time expires) {
    boost::json::object object;
    object["sub"] = claims.user_id;
    if (!claims.tenant_id.empty()) {
        object["tenant_id"] = claims.tenant_id;
    }
    if (claims.is_admin) {
        object["role"] = "admin";
    }
    if (!claims.issuer.empty()) {
        object["iss"] = claims.issuer;
    }
    if (!claims.audience.empty()) {
        object["aud"] = claims.audience;
    }
    object["iat"] = issued.time_since_epoch().count();
    object["exp"] = expires.time_since_epoch().count();
    return boost::json::serialize(object);
}

} // namespace

Result<std::string> issue_token(std::string_view secret, const TokenClaims& claims, std::chrono::seconds lifetime,
                                Time now) {
    if (lifetime <= std::chrono::seconds{0}) {
        throw std::invalid_argument("a token must live for a while");
    }
    if (!domain::is_valid_id(claims.user_id)) {
        return bad_id("sub");
    }
    if (!claims.tenant_id.empty() && !domain::is_valid_id(claims.tenant_id)) {
        return bad_id("tenant_id");
    }
    if (secret.size() < kHmacSecretBytesMin) {
        return fail(ErrorKind::invalid_input,
                    {"token.short_secret", {{"limit", static_cast<std::int64_t>(kHmacSecretBytesMin)}}});
    }
    const std::string text = base64url(kHeader) + "." + base64url(claims_json(claims, now, now + lifetime));
    return text + "." + base64url(HmacKey(secret).sign(text));
}

} // namespace mcp::adapters
