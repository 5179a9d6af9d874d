#include "app/config/token_keys.hpp"

#include "adapters/security/jwt_verifier.hpp"
#include "adapters/security/key_file.hpp"

namespace mcp::app {

Result<std::unique_ptr<ports::TokenVerifier>> make_token_verifier(const Settings& settings) {
    adapters::TokenKeys keys;
    if (!settings.jwt_secret.empty()) {
        keys.secret.emplace(settings.jwt_secret);
    }
    if (!settings.jwt_keys_file.empty()) {
        Result<std::vector<adapters::PublicKey>> file = adapters::read_public_keys(settings.jwt_keys_file);
        if (!file) {
            return fail(std::move(file.error()).in({"config.key", {{"key", std::string("MCP_JWT_PUBLIC_KEYS")}}}));
        }
        keys.public_keys = *std::move(file);
    }
    if (!keys.secret && keys.public_keys.empty()) {
        return fail(ErrorKind::invalid_input, {"config.no_token_key", {}});
    }
    adapters::TokenRules rules{.issuer = settings.jwt_issuer, .audience = settings.jwt_audience};
    return std::make_unique<adapters::JwtVerifier>(std::move(keys), std::move(rules));
}

} // namespace mcp::app
