#pragma once
#include "api/response.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "domain/language.hpp"

#include <chrono>
#include <string_view>

namespace mcp::api {

/// What every error says beside its detail.
struct Occasion {
    domain::Language language = domain::Language::en;
    std::string_view request_id;
    Time now;
};

inline constexpr std::chrono::seconds kRetryAfter{10}; ///< when nobody knows better

/// The one place that says which status an error has. Never 422: bad input is 400.
[[nodiscard]] int status_of(ErrorKind kind);

/// {"detail", "status_code", "timestamp", "request_id"}, the shape of every error.
[[nodiscard]] Response problem(int status, const Message& detail, const Occasion& occasion);

/// An error as clients get it. What went wrong inside (kinds that become 500 and 503) is not told: the log has it,
/// under the request's id.
[[nodiscard]] Response problem(const Error& error, const Occasion& occasion);

/// Refusals that no flow knows of, because they are HTTP's own.
[[nodiscard]] Response too_many_requests(std::chrono::seconds wait, const Occasion& occasion);
[[nodiscard]] Response unauthorized(const Message& reason, bool had_token, const Occasion& occasion);
[[nodiscard]] Response method_not_allowed(std::string_view allowed, const Occasion& occasion);

} // namespace mcp::api
