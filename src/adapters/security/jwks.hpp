#pragma once
#include "adapters/security/public_key.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace mcp::adapters {

inline constexpr std::size_t kJwksKeysMax = 64;

/// The public keys of a JWK set (RFC 7517; OKP: RFC 8037) that check signatures; those for other uses ("use": "enc")
/// are left out.
/// @return an error that names the key for secrets (`oct`), private keys, unknown types, keys too short or on another
/// curve, and a `kid` that comes twice
[[nodiscard]] Result<std::vector<PublicKey>> keys_from_jwks(std::string_view text);

} // namespace mcp::adapters
