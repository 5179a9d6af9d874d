#pragma once
#include "adapters/security/token_object.hpp"
#include "base/clock.hpp"
#include "ports/tokens.hpp"

#include <string>

namespace mcp::adapters {

/// What a token must say beside its signature.
struct TokenRules {
    std::string issuer = {};   ///< demanded as `iss`; empty: any
    std::string audience = {}; ///< demanded in `aud`; empty: any
};

inline constexpr std::chrono::seconds kClockLeeway{30}; ///< that clocks of issuer and service may differ

/// Who the claims of an authentic token say is asking.
/// @return unauthenticated with the reason: `exp` missing or past, `nbf` or `iat` to come, another issuer or audience,
/// `sub` or `tenant_id` that is no id
[[nodiscard]] Result<ports::Caller> caller_of(const TokenObject& claims, const TokenRules& rules, Time now);

/// A NumericDate (seconds since 1970, whole or with a fraction) as a time, rounded down; what lies outside the years 1
/// to 9999 becomes their end. @return nothing for what is no number
[[nodiscard]] std::optional<Time> numeric_date(double seconds);

} // namespace mcp::adapters
