#pragma once
#include "base/clock.hpp"
#include "base/error.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// What a token is to say.
struct TokenClaims {
    std::string user_id;
    std::string tenant_id = {}; ///< empty: that of the user's own name
    bool is_admin = false;
    std::string issuer = {};   ///< empty: none
    std::string audience = {}; ///< empty: none
};

/// Makes a token that JwtVerifier accepts from `now` on, signed by HS256.
/// @return invalid_input for ids that no user can have, and for a secret below 32 bytes
/// @pre lifetime is above 0: throws std::invalid_argument
[[nodiscard]] Result<std::string> issue_token(std::string_view secret, const TokenClaims& claims,
                                              std::chrono::seconds lifetime, Time now);

} // namespace mcp::adapters
