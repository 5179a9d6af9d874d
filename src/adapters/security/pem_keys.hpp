#pragma once
#include "adapters/security/public_key.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace mcp::adapters {

inline constexpr std::size_t kPemKeysMax = 16; ///< each may have to be tried on a token

/// Public keys in PEM ("PUBLIC KEY", "RSA PUBLIC KEY"), one or several; text around them is ignored. They have no name:
/// a token is tried on each that fits its algorithm.
/// @return an error for anything else in PEM, with the remedy for private keys and certificates
[[nodiscard]] Result<std::vector<PublicKey>> keys_from_pem(std::string_view text);

} // namespace mcp::adapters
