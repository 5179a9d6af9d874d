#pragma once
#include "adapters/security/openssl_types.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace mcp::adapters {

inline constexpr std::size_t kHmacSecretBytesMin = 32; ///< RFC 7518, section 3.2: as long as the hash

/// A secret that signs and checks HS256 tokens.
class HmacKey {
public:
    /// @pre the secret has kHmacSecretBytesMin bytes or more, as the configuration demands: throws
    /// std::invalid_argument
    explicit HmacKey(std::string_view secret);

    [[nodiscard]] std::string sign(std::string_view text) const; ///< 32 bytes
    /// Takes equally long wherever the first wrong byte is.
    [[nodiscard]] bool fits(std::string_view text, std::string_view signature) const;

private:
    EvpMacContext begun_; ///< HMAC-SHA256 with the key taken in: copied for each token
};

} // namespace mcp::adapters
