#pragma once
#include "base/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace mcp::adapters {

inline constexpr std::size_t kTokenBytesMax = 8 * 1024;

/// A token in its three parts, decoded; nothing is checked yet.
struct CompactToken {
    std::string header; ///< JSON, as it came
    std::string claims; ///< JSON, as it came
    std::string signature;
    std::string_view signed_part; ///< of the text that the token was split from
};

/// Splits "header.claims.signature" (JWS compact form, RFC 7515, section 7.1).
/// @return unauthenticated, with what is malformed
[[nodiscard]] Result<CompactToken> split_token(std::string_view token);

} // namespace mcp::adapters
