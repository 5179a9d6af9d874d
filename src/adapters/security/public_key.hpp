#pragma once
#include "adapters/security/algorithm.hpp"
#include "adapters/security/openssl_types.hpp"
#include "base/error.hpp"

#include <string>
#include <string_view>

namespace mcp::adapters {

/// A key that checks tokens and cannot sign any. Its type and curve fix the one algorithm that it is good for.
class PublicKey {
public:
    /// @param id what tokens call it by (`kid`), empty when it has no name
    /// @return an error for a key that is none of: RSA of 2048 to 8192 bits, EC on P-256, Ed25519
    [[nodiscard]] static Result<PublicKey> from(EvpKey key, std::string id);

    [[nodiscard]] Algorithm algorithm() const { return algorithm_; }
    [[nodiscard]] const std::string& id() const { return id_; }
    /// @param signature as it stands in a token: for ES256 r and s of 32 bytes each, not DER
    [[nodiscard]] bool fits(std::string_view text, std::string_view signature) const;

private:
    PublicKey(EvpKey key, Algorithm algorithm, std::string id)
        : key_(std::move(key)), algorithm_(algorithm), id_(std::move(id)) {}

    EvpKey key_;
    Algorithm algorithm_;
    std::string id_;
};

} // namespace mcp::adapters
