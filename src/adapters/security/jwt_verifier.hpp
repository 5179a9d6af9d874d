#pragma once
#include "adapters/security/hmac_key.hpp"
#include "adapters/security/public_key.hpp"
#include "adapters/security/token_claims.hpp"
#include "ports/tokens.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace mcp::adapters {

/// What tokens are checked with. The secret is for HS256 alone, a public key for the one algorithm of its type.
struct TokenKeys {
    std::optional<HmacKey> secret = std::nullopt;
    std::vector<PublicKey> public_keys = {};
};

/// Checks JSON Web Tokens (RFC 7519) in the compact form. From a token's header it takes only which of the keys at hand
/// to try: the algorithm must be the one that the key is for. May be called from any thread.
class JwtVerifier final : public ports::TokenVerifier {
public:
    JwtVerifier(TokenKeys keys, TokenRules rules) : keys_(std::move(keys)), rules_(std::move(rules)) {}

    [[nodiscard]] Result<ports::Caller> verify(std::string_view token, Time now) const override;

private:
    TokenKeys keys_;
    TokenRules rules_;
};

} // namespace mcp::adapters
