#pragma once
#include "base/clock.hpp"
#include "base/error.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mcp::ports {

/// Who asks, as their token proves it.
struct Caller {
    std::string user_id;
    std::string tenant_id;
    bool is_admin = false; ///< an operator of the whole service
    /// The first moment at which the token proves nothing any more; nothing: it must be checked each time.
    std::optional<Time> valid_until = {};

    bool operator==(const Caller&) const = default;
};

/// Checks bearer tokens (JWT). Pure but for the keys it holds.
class TokenVerifier {
public:
    virtual ~TokenVerifier() = default;
    /// @return unauthenticated with the reason, which tells nothing of the keys
    [[nodiscard]] virtual Result<Caller> verify(std::string_view token, Time now) const = 0;
};

} // namespace mcp::ports
