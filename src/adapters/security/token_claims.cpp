#include "adapters/security/token_claims.hpp"

#include "domain/user.hpp"

#include <algorithm>
#include <cmath>

namespace mcp::adapters {
namespace {

tl::unexpected<Error> refuse(Message why) {
    return fail(ErrorKind::unauthenticated, std::move(why));
}

Message claim_message(std::string_view key, std::string_view claim) {
    return {key, {{"claim", std::string(claim)}}};
}

/// A date claim. @return nothing when it is absent
Result<std::optional<Time>> date_claim(const TokenObject& claims, std::string_view name) {
    if (!claims.has(name)) {
        return std::nullopt;
    }
    const std::optional<double> seconds = claims.number(name);
    const std::optional<Time> date = seconds ? numeric_date(*seconds) : std::nullopt;
    return date ? Result<std::optional<Time>>(date) : refuse(claim_message("token.bad_date", name));
}

/// @return when the token expires
Result<Time> check_times(const TokenObject& claims, Time now) {
    const Result<std::optional<Time>> expires = date_claim(claims, "exp");
    if (!expires) {
        return fail(expires.error());
    }
    if (!*expires) {
        return refuse({"token.no_exp", {}});
    }
    if (now >= **expires + kClockLeeway) {
        return refuse({"token.expired", {{"time", **expires}}});
    }
    for (const char* name : {"nbf", "iat"}) {
        const Result<std::optional<Time>> begins = date_claim(claims, name);
        if (!begins) {
            return fail(begins.error());
        }
        if (*begins && now + kClockLeeway < **begins) {
            return refuse({"token.not_yet_valid", {{"claim", std::string(name)}, {"time", **begins}}});
        }
    }
    return **expires;
}

Result<void> check_parties(const TokenObject& claims, const TokenRules& rules) {
    if (!rules.issuer.empty() && claims.text("iss") != rules.issuer) {
        return refuse({"token.wrong_issuer", {}});
    }
    const bool for_us =
        rules.audience.empty() || claims.text("aud") == rules.audience || claims.lists("aud", rules.audience);
    return for_us ? Result<void>{} : refuse({"token.wrong_audience", {}});
}

Result<std::string> id_claim(const TokenObject& claims, std::string_view name) {
    const std::optional<std::string_view> id = claims.text(name);
    if (!id || !domain::is_valid_id(*id)) {
        return refuse({"token.bad_id",
                       {{"claim", std::string(name)}, {"limit", static_cast<std::int64_t>(domain::kIdBytesMax)}}});
    }
    return std::string(*id);
}

bool has_word(std::string_view text, std::string_view word) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (text.substr(0, end) == word) {
            return true;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return false;
}

bool says_admin(const TokenObject& claims) {
    constexpr std::string_view kAdmin = "admin";
    return claims.text("role") == kAdmin || claims.lists("roles", kAdmin) ||
           has_word(claims.text("scope").value_or(""), kAdmin);
}

} // namespace

std::optional<Time> numeric_date(double seconds) {
    constexpr double kYear1 = -62'135'596'800;
    constexpr double kEndOfYear9999 = 253'402'300'799;
    if (std::isnan(seconds)) {
        return std::nullopt;
    }
    const double bounded = std::clamp(std::floor(seconds), kYear1, kEndOfYear9999);
    return Time{std::chrono::seconds{static_cast<std::int64_t>(bounded)}};
}

Result<ports::Caller> caller_of(const TokenObject& claims, const TokenRules& rules, Time now) {
    const Result<Time> expires = check_times(claims, now);
    if (!expires) {
        return fail(expires.error());
    }
    if (const Result<void> ours = check_parties(claims, rules); !ours) {
        return fail(ours.error());
    }
    const Result<std::string> user = id_claim(claims, "sub");
    if (!user) {
        return fail(user.error());
    }
    const Result<std::string> tenant = claims.has("tenant_id") ? id_claim(claims, "tenant_id") : user;
    if (!tenant) {
        return fail(tenant.error());
    }
    return ports::Caller{
        .user_id = *user, .tenant_id = *tenant, .is_admin = says_admin(claims), .valid_until = *expires + kClockLeeway};
}

} // namespace mcp::adapters
